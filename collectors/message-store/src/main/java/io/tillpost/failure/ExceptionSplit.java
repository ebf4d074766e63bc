package io.tillpost.failure;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Messages that somebody took out of an exception, those that fail later too.
 *
 * @param from the exception they were in
 * @param part the exception that they are
 * @param condition what is asked of them
 * @param fromTitle what the exception was called that they were in
 * @param at when
 * @param by the user name of who did it
 * @param reason in their words, or null
 */
public record ExceptionSplit(
    Fingerprint from,
    Fingerprint part,
    SplitCondition condition,
    String fromTitle,
    Instant at,
    String by,
    @Nullable String reason) {}
