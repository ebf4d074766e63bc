package io.tillpost.console.recovery.channel;

import io.tillpost.message.Message;
import io.tillpost.recovery.RecoveryAction;
import io.tillpost.recovery.RecoveryItem;
import java.util.Optional;

/**
 * Asks targets for messages by their business keys, through channels that offer it: before anything
 * is sent again of which nobody knows whether it got through.
 */
public final class LookUps {
  /** Why an item ends that the target was asked for. */
  public static final String HAS_IT =
      "The target has it, as it says when it is asked by business key";

  private final ChannelTransport transport;
  private final RecoveryChannels channels;

  public LookUps(ChannelTransport transport, RecoveryChannels channels) {
    this.transport = transport;
    this.channels = channels;
  }

  /**
   * Whether a look-up tells what became of the item. Of a replay it does not: the target may have
   * had the message before.
   */
  public static boolean tellsOf(RecoveryItem item) {
    return item.actionOrRetry() != RecoveryAction.REPLAY;
  }

  /** Whether there is anybody to ask. */
  public boolean areOfferedBy(String channel) {
    return offering(channel).isPresent();
  }

  private Optional<RecoveryChannel> offering(String channel) {
    return channels.find(channel).filter(known -> known.lookUpUrl() != null);
  }

  /** Asks once, up to the channel's timeout; never throws. */
  public LookedUp ask(String channel, Message message) {
    return offering(channel)
        .map(known -> transport.lookUp(known, message))
        .orElseGet(() -> new LookedUp.NotKnown("the channel offers no look-up"));
  }
}
