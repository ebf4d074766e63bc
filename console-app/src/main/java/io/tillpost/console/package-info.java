/** The composition root: application, layout, error views. */
@NullMarked
package io.tillpost.console;

import org.jspecify.annotations.NullMarked;
