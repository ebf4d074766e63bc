/** Traces: search, waterfall, API. */
@NullMarked
package io.tillpost.console.traces;

import org.jspecify.annotations.NullMarked;
