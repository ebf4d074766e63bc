package io.tillpost.console.recovery;

import io.tillpost.recovery.EarlierChoice;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants to become of messages with an earlier one about the same business object that
 * has failed and does not go with them.
 *
 * @param choice left out where nothing is said
 * @param reason why they go all the same, 3 to 500 characters; null where they do not, or where the
 *     request has its reason already
 */
public record EarlierWish(EarlierChoice choice, @Nullable String reason) {
  /** Where nothing is said. */
  public static final EarlierWish LEAVE_OUT = new EarlierWish(EarlierChoice.LEAVE_OUT, null);

  /** The earlier ones go too, and first. */
  public static final EarlierWish INCLUDE = new EarlierWish(EarlierChoice.INCLUDE, null);

  public EarlierWish {
    reason = reason == null || reason.isBlank() ? null : reason.strip();
  }

  /** They go all the same. */
  public static EarlierWish sendAnyway(@Nullable String reason) {
    return new EarlierWish(EarlierChoice.SEND_ANYWAY, reason);
  }

  /** What is wrong with it, as a sentence; empty if nothing is. */
  Optional<String> fault(String reasonOfRequest) {
    if (choice != EarlierChoice.SEND_ANYWAY) {
      return Optional.empty();
    }
    String why = reason == null ? reasonOfRequest : reason;
    return RetryRequest.faultOf(why)
        .map(
            _ ->
                "To send before an earlier message that has failed takes a reason for that, of 3 to 500 characters");
  }

  /** Names it; blank where nothing is said. */
  String words() {
    return switch (choice) {
      case LEAVE_OUT -> "";
      case INCLUDE -> "earlier ones too";
      case SEND_ANYWAY -> "before earlier ones: " + (reason == null ? "" : reason);
    };
  }
}
