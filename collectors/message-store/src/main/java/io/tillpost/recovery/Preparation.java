package io.tillpost.recovery;

import java.time.Instant;

/**
 * How far the list of an operation is frozen.
 *
 * @param messages how many are to be frozen
 * @param frozen how many are, at least
 * @param at when that was so; also a sign of life of who freezes it
 */
public record Preparation(int messages, int frozen, Instant at) {}
