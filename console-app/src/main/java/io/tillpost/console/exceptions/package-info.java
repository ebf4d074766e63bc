/** Exceptions: like failures as one thing that somebody owns, by impact. */
@NullMarked
package io.tillpost.console.exceptions;

import org.jspecify.annotations.NullMarked;
