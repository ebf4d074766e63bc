package io.tillpost.recovery;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One change of an operation's state.
 *
 * @param at when
 * @param state reached
 * @param actor the user name of who did it, or null where nobody did: it came about by itself
 * @param why in words, or null where there is nothing to say
 */
public record OperationStep(
    Instant at, OperationState state, @Nullable String actor, @Nullable String why) {}
