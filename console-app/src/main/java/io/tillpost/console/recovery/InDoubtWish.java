package io.tillpost.console.recovery;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants to become of a message of which an earlier attempt was sent and nobody knows
 * whether it reached the target. It is said of one message that somebody has looked at, never of a
 * list.
 *
 * @param choice left where it is where nothing is said
 * @param reason why it goes all the same, 3 to 500 characters; null where it does not, or where the
 *     request has its reason already
 */
public record InDoubtWish(InDoubtChoice choice, @Nullable String reason) {
  /** Where nothing is said. */
  public static final InDoubtWish LEAVE_OUT = new InDoubtWish(InDoubtChoice.LEAVE_OUT, null);

  public InDoubtWish {
    reason = reason == null || reason.isBlank() ? null : reason.strip();
  }

  /** It goes all the same. */
  public static InDoubtWish sendAnyway(@Nullable String reason) {
    return new InDoubtWish(InDoubtChoice.SEND_ANYWAY, reason);
  }

  /** Whether it goes all the same. */
  boolean sends() {
    return choice == InDoubtChoice.SEND_ANYWAY;
  }

  /** What is wrong with it, as a sentence; empty if nothing is. */
  Optional<String> fault(String reasonOfRequest) {
    if (!sends()) {
      return Optional.empty();
    }
    return RetryRequest.faultOf(reason == null ? reasonOfRequest : reason)
        .map(
            _ ->
                "To send again what the target may have already takes a reason for that, of 3 to 500 characters");
  }

  /** Names it; blank where nothing is said. */
  String words() {
    return sends() ? "also in doubt: " + (reason == null ? "" : reason) : "";
  }
}
