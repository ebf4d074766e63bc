package io.tillpost.failure;

import io.tillpost.message.Money;
import io.tillpost.message.MoneySum;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How long an exception is ignored: until the first of these is so. Each may be null, but not all.
 *
 * @param time from then on
 * @param messages it has more failed messages than this
 * @param stores it has failed messages of more stores than this
 * @param money more money than this is behind it, in this currency
 */
public record IgnoredUntil(
    @Nullable Instant time, @Nullable Long messages, @Nullable Long stores, @Nullable Money money) {

  /** Whether this has no end at all. */
  public boolean isForEver() {
    return time == null && messages == null && stores == null && money == null;
  }

  /** Why the exception is ignored no longer, as the end of a sentence; empty while it still is. */
  public Optional<String> overBecause(
      long messagesNow, long storesNow, MoneySum moneyNow, Instant now) {
    if (messages != null && messagesNow > messages) {
      return Optional.of("it has %,d messages, more than %,d".formatted(messagesNow, messages));
    }
    if (stores != null && storesNow > stores) {
      return Optional.of("it has %,d stores, more than %,d".formatted(storesNow, stores));
    }
    if (money != null
        && moneyNow.minorByCurrency().getOrDefault(money.currency(), 0L) > money.minor()) {
      return Optional.of("there is more money behind it than was let pass");
    }
    if (time != null && !now.isBefore(time)) {
      return Optional.of("the time is over");
    }
    return Optional.empty();
  }
}
