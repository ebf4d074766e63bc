package io.tillpost.console.recovery;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants to become of messages that are not sent unless somebody says so.
 *
 * @param choice left where they are where nothing is said
 * @param reason why they go all the same, 3 to 500 characters; null where they do not, or where the
 *     request has its reason already
 */
public record AnywayWish(AnywayChoice choice, @Nullable String reason) {
  /** Where nothing is said. */
  public static final AnywayWish LEAVE_OUT = new AnywayWish(AnywayChoice.LEAVE_OUT, null);

  public AnywayWish {
    reason = reason == null || reason.isBlank() ? null : reason.strip();
  }

  /** They go all the same. */
  public static AnywayWish sendAnyway(@Nullable String reason) {
    return new AnywayWish(AnywayChoice.SEND_ANYWAY, reason);
  }

  /** The wish for what may be absent. */
  public static AnywayWish of(@Nullable AnywayChoice choice, @Nullable String reason) {
    return choice == null ? LEAVE_OUT : new AnywayWish(choice, reason);
  }

  /** Whether they go all the same. */
  public boolean sends() {
    return choice == AnywayChoice.SEND_ANYWAY;
  }

  /**
   * What is wrong with it, as a sentence; empty if nothing is.
   *
   * @param what is done by it, in words
   */
  Optional<String> fault(String reasonOfRequest, String what) {
    return sends()
        ? RetryRequest.faultOf(why(reasonOfRequest))
            .map(_ -> "To %s takes a reason for that, of 3 to 500 characters".formatted(what))
        : Optional.empty();
  }

  /** Why they go all the same. */
  public String why(String reasonOfRequest) {
    return reason == null ? reasonOfRequest : reason;
  }

  /**
   * Names it; blank where nothing is said.
   *
   * @param what it is about
   */
  String words(String what) {
    return sends() ? "%s: %s".formatted(what, reason == null ? "" : reason) : "";
  }
}
