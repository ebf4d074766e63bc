package io.tillpost.recovery;

import java.time.Instant;

/**
 * That somebody had the target asked for a message.
 *
 * @param questionId the {@link TargetQuestion} it belongs to
 * @param by the user name of who asked
 * @param at when the answer was there
 * @param answer what came of it
 */
public record TargetAsked(String questionId, String by, Instant at, TargetAnswer answer) {}
