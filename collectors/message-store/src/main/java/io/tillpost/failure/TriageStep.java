package io.tillpost.failure;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One thing that happened to an exception.
 *
 * @param at when
 * @param actor the user name of who did it, or null where it happened by itself
 * @param status afterwards
 * @param what in words, as shown
 */
public record TriageStep(Instant at, @Nullable String actor, ExceptionStatus status, String what) {}
