/** Tillpost's own traces: which are kept, and where they go. */
@NullMarked
package io.tillpost.console.telemetry;

import org.jspecify.annotations.NullMarked;
