package io.tillpost.estate.channel;

import io.tillpost.estate.message.MessageKey;
import io.tillpost.estate.middleware.Recovery;
import io.tillpost.estate.middleware.Standing;
import io.tillpost.estate.state.EstateState.KeptAnswer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who the channel turns to: the estate. Safe for several threads. */
public interface Desk {
  /**
   * An answer of the channel.
   *
   * @param retryAfter seconds, 0 where it is final
   */
  record Reply(KeptAnswer answer, int retryAfter) {}

  /** A trouble as it stands. */
  record TroubleStanding(
      String name,
      String what,
      boolean active,
      int stores,
      @Nullable String failureCode,
      long openMessages) {}

  /** Deals with a request; the same key gets the same final answer and is dealt with once. */
  Reply recover(String idempotencyKey, Recovery.Request request);

  /** What the target of a message knows of it; changes nothing. */
  Standing lookUp(MessageKey key);

  /** The troubles, in the order of the script. */
  List<TroubleStanding> troubles();

  /** Starts or lifts a trouble from now on; false where there is none of that name. */
  boolean intervene(String name, boolean start);
}
