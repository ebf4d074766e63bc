/** Drops data that is older than what is kept. */
@NullMarked
package io.tillpost.console.retention;

import org.jspecify.annotations.NullMarked;
