package io.tillpost.console.recovery.automatic;

import io.tillpost.console.recovery.AutomaticProperties;
import io.tillpost.message.Message;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the failed messages of an exception stand to automatic retry.
 *
 * @param due those whose pause is over, by id, the oldest first; up to 10,000
 * @param waiting how many are to be retried so, those that are due with them
 * @param made how many automatic retries that one of them had that had most
 * @param usedUp how many had so many as they may have
 * @param earliest when the first pause of those that are not due is over; null where there is none
 */
public record AutomaticTally(
    Map<String, Message> due, int waiting, int made, int usedUp, @Nullable Instant earliest) {
  /** More are planned when these have come to their end. */
  public static final int MOST = 10_000;

  /** Of none. */
  public static final AutomaticTally NONE = new AutomaticTally(Map.of(), 0, 0, 0, null);

  /**
   * Counts.
   *
   * @param messages by id, the oldest first
   * @param retries how many automatic retries each had; none where it is not in there
   */
  public static AutomaticTally of(
      Map<String, Message> messages,
      Map<String, AutomaticAttempts.Made> retries,
      AutomaticProperties how,
      Instant now) {
    Map<String, Message> due = new LinkedHashMap<>();
    int waiting = 0;
    int most = 0;
    int usedUp = 0;
    Instant earliest = null;
    for (Map.Entry<String, Message> entry : messages.entrySet()) {
      AutomaticAttempts.Made tried = retries.get(entry.getKey());
      int made = tried == null ? 0 : tried.count();
      Instant failedAt = entry.getValue().failedAt().orElse(null);
      if (failedAt == null) {
        continue;
      }
      if (made >= how.atMost()) {
        usedUp++;
        continue;
      }
      waiting++;
      most = Math.max(most, made);
      // One that was refused by the channel has no failure of its own.
      Instant from = tried != null && tried.latest().isAfter(failedAt) ? tried.latest() : failedAt;
      Instant at = from.plus(how.pause(made, entry.getKey()));
      if (!at.isAfter(now)) {
        due.put(entry.getKey(), entry.getValue());
      } else if (earliest == null || at.isBefore(earliest)) {
        earliest = at;
      }
    }
    return new AutomaticTally(due, waiting, most, usedUp, earliest);
  }

  /** Of these and of others that are younger. */
  public AutomaticTally plus(AutomaticTally younger) {
    Map<String, Message> all = new LinkedHashMap<>(due);
    younger.due.forEach(
        (id, message) -> {
          if (all.size() < MOST) {
            all.put(id, message);
          }
        });
    return new AutomaticTally(
        all,
        waiting + younger.waiting,
        Math.max(made, younger.made),
        usedUp + younger.usedUp,
        earliest == null || (younger.earliest != null && younger.earliest.isBefore(earliest))
            ? younger.earliest
            : earliest);
  }
}
