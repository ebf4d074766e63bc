package io.tillpost.frontend.trace;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One span.
 *
 * @param id not empty; of several spans with one id the first counts
 * @param parentId null for a root; an id that is not among the spans makes it a root that says so
 * @param service the system that did the work
 * @param start to the nanosecond; may lie before the parent's, clocks differ
 * @param duration not negative
 * @param error whether it failed
 */
public record WaterfallSpan(
    String id,
    @Nullable String parentId,
    String name,
    String service,
    Instant start,
    Duration duration,
    boolean error) {}
