/** What may be retried by itself, how often and when, and what has been tried so far. */
@NullMarked
package io.tillpost.console.recovery.automatic;

import org.jspecify.annotations.NullMarked;
