package io.tillpost.recovery;

import java.time.Instant;

/**
 * One thing that happened to an item.
 *
 * @param at when
 * @param state afterwards
 * @param what in words, as shown
 */
public record ItemStep(Instant at, ItemState state, String what) {}
