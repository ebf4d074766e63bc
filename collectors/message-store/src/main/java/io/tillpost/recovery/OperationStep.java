package io.tillpost.recovery;

import java.time.Instant;

/**
 * One change of an operation's state.
 *
 * @param at when
 * @param state reached
 */
public record OperationStep(Instant at, OperationState state) {}
