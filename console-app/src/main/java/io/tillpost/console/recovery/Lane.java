package io.tillpost.console.recovery;

/**
 * The way of one operation to the middleware.
 *
 * @param channel where requests go
 * @param gate of the channel, shared by all operations
 * @param health of this operation and of its targets
 */
record Lane(RecoveryChannel channel, ChannelGate gate, RunHealth health) {}
