package io.tillpost.console.recovery.run;

import io.tillpost.console.recovery.channel.ChannelGate;
import io.tillpost.console.recovery.channel.RecoveryChannel;

/**
 * The way of one operation to the middleware.
 *
 * @param channel where requests go
 * @param gate of the channel, shared by all operations
 * @param health of this operation and of its targets
 */
record Lane(RecoveryChannel channel, ChannelGate gate, RunHealth health) {}
