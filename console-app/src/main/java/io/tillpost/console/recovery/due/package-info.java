/** Retries by itself what is due, in operations like those of people. */
@NullMarked
package io.tillpost.console.recovery.due;

import org.jspecify.annotations.NullMarked;
