/** Lines over time, small and large. */
@NullMarked
package io.tillpost.frontend.chart;

import org.jspecify.annotations.NullMarked;
