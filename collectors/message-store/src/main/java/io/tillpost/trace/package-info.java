/** Spans of OpenTelemetry traces, as Tillpost keeps them. */
@NullMarked
package io.tillpost.trace;

import org.jspecify.annotations.NullMarked;
