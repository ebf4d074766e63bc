/** The impact page. */
@NullMarked
package io.tillpost.console.impact.ui;

import org.jspecify.annotations.NullMarked;
