package io.tillpost.console.recovery;

import io.tillpost.recovery.ItemState;
import io.tillpost.recovery.RecoveryItem;
import io.tillpost.store.Documents.Versioned;
import io.tillpost.store.Messages;
import io.tillpost.store.Page;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Looks at the old unconfirmed messages that somebody is shown, which the sweep comes to rarely. A
 * page that asks every second has each looked at no more often than the sweep looks at young ones.
 */
final class ShownUnconfirmed {
  private static final int REMEMBERED = 10_000;

  private final LateLook look;
  private final Duration lateFor;
  private final Duration every;
  private final Clock clock;

  /** When each was looked at, by its document id, those that were asked for last last. */
  private final Map<String, Instant> lookedAt =
      new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Instant> eldest) {
          return size() > REMEMBERED;
        }
      };

  ShownUnconfirmed(
      RecoveryRecords records, Messages messages, RecoveryProperties pace, Clock clock) {
    this.look = new LateLook(records, messages, clock);
    this.lateFor = pace.lateFor();
    this.every = pace.lateEvery();
    this.clock = clock;
  }

  /** The page without those that turn out to have come to an end. */
  Page<RecoveryItem> of(Page<Versioned<RecoveryItem>> page) {
    Map<String, Versioned<RecoveryItem>> now = new HashMap<>();
    look.at(due(page.items())).forEach(item -> now.put(item.id(), item));
    List<RecoveryItem> left =
        page.items().stream()
            .map(item -> Optional.ofNullable(now.get(item.id())).orElse(item).value())
            .filter(item -> item.state() == ItemState.UNCONFIRMED)
            .toList();
    return new Page<>(left, page.total() - page.items().size() + left.size(), page.next());
  }

  private synchronized List<Versioned<RecoveryItem>> due(List<Versioned<RecoveryItem>> items) {
    Instant now = clock.instant();
    List<Versioned<RecoveryItem>> due =
        items.stream().filter(item -> isOld(item.value(), now) && isDue(item.id(), now)).toList();
    due.forEach(item -> lookedAt.put(item.id(), now));
    return due;
  }

  private boolean isOld(RecoveryItem item, Instant now) {
    Instant deadline = item.deadline();
    return deadline != null && deadline.isBefore(now.minus(lateFor));
  }

  private boolean isDue(String id, Instant now) {
    Instant before = lookedAt.get(id);
    return before == null || !before.plus(every).isAfter(now);
  }
}
