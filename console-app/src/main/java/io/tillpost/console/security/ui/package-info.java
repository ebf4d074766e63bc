/** The login page. */
@NullMarked
package io.tillpost.console.security.ui;

import org.jspecify.annotations.NullMarked;
