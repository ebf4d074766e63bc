/** The spans of a trace as a waterfall. */
@NullMarked
package io.tillpost.frontend.trace;

import org.jspecify.annotations.NullMarked;
