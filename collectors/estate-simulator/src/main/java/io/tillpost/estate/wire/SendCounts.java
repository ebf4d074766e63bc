package io.tillpost.estate.wire;

/**
 * What has become of the events.
 *
 * @param accepted taken by the receiver
 * @param rejected refused for ever
 * @param repeats how often a batch was sent again
 */
public record SendCounts(long accepted, long rejected, long repeats) {}
