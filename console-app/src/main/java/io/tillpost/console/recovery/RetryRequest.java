package io.tillpost.console.recovery;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who wants to retry, and why.
 *
 * @param reason in that person's words, 3 to 500 characters; where the list is only frozen blank,
 *     or one to begin with
 * @param key the same for every repeat of one request, like a double click or a request that was
 *     sent again; null where there is none
 * @param onlyPlan whether the list is only frozen; the reason is given when it begins
 * @param earlier what becomes of messages with an earlier one that has failed
 * @param inDoubt what becomes of one message of which an earlier attempt may have reached the
 *     target
 * @param superseded what becomes of messages that a newer one makes needless
 */
public record RetryRequest(
    String reason,
    @Nullable String key,
    boolean onlyPlan,
    EarlierWish earlier,
    AnywayWish inDoubt,
    AnywayWish superseded) {
  /** The longest reason, in characters. */
  public static final int LONGEST_REASON = 500;

  private static final int SHORTEST_REASON = 3;
  private static final int LONGEST_KEY = 255;

  public RetryRequest {
    reason = reason.strip();
  }

  /** A request to begin at once. */
  public RetryRequest(String reason, @Nullable String key) {
    this(reason, key, false, EarlierWish.LEAVE_OUT, AnywayWish.LEAVE_OUT, AnywayWish.LEAVE_OUT);
  }

  /** A request to freeze a list only. */
  public static RetryRequest plan(@Nullable String key) {
    return plan(EarlierWish.LEAVE_OUT, key);
  }

  /** The same with a wish for those with an earlier one that has failed. */
  public static RetryRequest plan(EarlierWish earlier, @Nullable String key) {
    return new RetryRequest("", key, true, earlier, AnywayWish.LEAVE_OUT, AnywayWish.LEAVE_OUT);
  }

  /** The same request with that wish. */
  public RetryRequest with(EarlierWish newEarlier) {
    return new RetryRequest(reason, key, onlyPlan, newEarlier, inDoubt, superseded);
  }

  /** The same request with that wish. */
  public RetryRequest withInDoubt(AnywayWish newInDoubt) {
    return new RetryRequest(reason, key, onlyPlan, earlier, newInDoubt, superseded);
  }

  /** The same request with that wish. */
  public RetryRequest withSuperseded(AnywayWish newSuperseded) {
    return new RetryRequest(reason, key, onlyPlan, earlier, inDoubt, newSuperseded);
  }

  /** The same request with that key. */
  public RetryRequest withKey(@Nullable String newKey) {
    return new RetryRequest(reason, newKey, onlyPlan, earlier, inDoubt, superseded);
  }

  /** The same request with that reason, which whoever begins it finds there already. */
  public RetryRequest because(String newReason) {
    return new RetryRequest(newReason, key, onlyPlan, earlier, inDoubt, superseded);
  }

  /** What is wrong with it, as a sentence; empty if nothing is. */
  public Optional<String> fault() {
    Optional<String> noReason = onlyPlan ? Optional.empty() : faultOf(reason);
    if (noReason.isPresent()) {
      return noReason;
    }
    if (key != null && (key.isBlank() || key.length() > LONGEST_KEY)) {
      return Optional.of("An Idempotency-Key has 1 to %d characters".formatted(LONGEST_KEY));
    }
    // Why it was asked for once is no reason for what is decided now.
    String said = onlyPlan ? "" : reason;
    return earlier
        .fault(said)
        .or(() -> inDoubt.fault(said, "send again what the target may have already"))
        .or(() -> superseded.fault(said, "send what a newer message has made needless"));
  }

  /** What is wrong with a reason, as a sentence; empty if nothing is. */
  public static Optional<String> faultOf(String reason) {
    int length = reason.strip().length();
    return length < SHORTEST_REASON || length > LONGEST_REASON
        ? Optional.of(
            "A reason of %d to %d characters is needed".formatted(SHORTEST_REASON, LONGEST_REASON))
        : Optional.empty();
  }
}
