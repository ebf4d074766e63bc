/** The audit trail on screen. */
@NullMarked
package io.tillpost.console.audit.ui;

import org.jspecify.annotations.NullMarked;
