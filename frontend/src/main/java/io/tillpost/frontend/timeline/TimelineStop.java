package io.tillpost.frontend.timeline;

import java.time.Instant;

/**
 * One stage that was reported.
 *
 * @param at by the clock of the reporting system; stops need not be in order of time
 * @param system who reported it; may be empty
 */
public record TimelineStop(TimelineStage stage, Instant at, String system) {}
