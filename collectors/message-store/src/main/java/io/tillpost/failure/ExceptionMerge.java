package io.tillpost.failure;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An exception whose messages somebody put into another one.
 *
 * @param from the one that went into the other
 * @param into the other one, as it was then; it may have gone into a third one since
 * @param fromTitle what the one was called
 * @param intoTitle what the other was called
 * @param at when
 * @param by the user name of who did it
 * @param reason in their words, or null
 */
public record ExceptionMerge(
    Fingerprint from,
    Fingerprint into,
    String fromTitle,
    String intoTitle,
    Instant at,
    String by,
    @Nullable String reason) {}
