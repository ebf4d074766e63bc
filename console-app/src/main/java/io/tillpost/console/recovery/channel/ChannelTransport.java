package io.tillpost.console.recovery.channel;

import io.tillpost.message.Message;

/** Brings a request to a recovery channel and its answer back. */
public interface ChannelTransport {
  /**
   * Posts once and waits for the answer up to the channel's timeout. Never throws: whatever goes
   * wrong is an answer.
   *
   * @param body JSON
   * @param key the idempotency key
   * @param traceparent as in W3C trace context
   */
  ChannelAnswer post(RecoveryChannel channel, byte[] body, String key, String traceparent);

  /**
   * Asks once for a message by its business key and waits for the answer up to the channel's
   * timeout. Never throws; not known where the channel offers no look-up.
   */
  LookedUp lookUp(RecoveryChannel channel, Message message);
}
