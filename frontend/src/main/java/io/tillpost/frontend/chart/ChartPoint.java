package io.tillpost.frontend.chart;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One value.
 *
 * @param value null where nothing is known: a gap in the line
 */
public record ChartPoint(Instant at, @Nullable Double value) {}
