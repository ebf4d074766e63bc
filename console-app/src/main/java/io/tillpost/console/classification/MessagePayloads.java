package io.tillpost.console.classification;

import io.tillpost.message.MessageId;
import io.tillpost.message.Payload;
import io.tillpost.store.Messages;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What rules ask of payloads, by message. A payload is read once for as long as its message does
 * not fail anew, because a list asks for the same ones every second; one that is not there (yet) is
 * asked for again soon.
 */
final class MessagePayloads {
  private static final int AT_ONCE = 50;
  private static final int MOST_CHARACTERS = 10_000_000;
  private static final int MOST_MESSAGES = 50_000;
  private static final int MOST_SETS = 100;
  private static final Duration ABSENT_FOR = Duration.ofSeconds(30);
  private static final Duration KEPT = Duration.ofMinutes(10);

  private final Messages messages;
  private final Clock clock;
  private final LinkedHashMap<Key, Known> known = new LinkedHashMap<>(16, 0.75f, true);
  private final Map<Set<FieldPath>, Integer> numbers = new HashMap<>();
  private int next;
  private long characters;

  MessagePayloads(Messages messages, Clock clock) {
    this.messages = messages;
    this.clock = clock;
  }

  /**
   * A message as it failed.
   *
   * @param failed something that changes when it fails anew
   */
  record Asked(MessageId id, Instant failed) {}

  /**
   * @param paths a number that stands for what is asked for
   */
  private record Key(Asked asked, int paths) {}

  private record Known(FieldValues values, Instant until) {}

  /** What stands at these paths, for each of the messages. */
  Map<MessageId, FieldValues> of(Set<FieldPath> paths, Collection<Asked> all) {
    Map<MessageId, FieldValues> found = new HashMap<>();
    int number = number(paths);
    List<Asked> missing = new ArrayList<>();
    for (Asked asked : all) {
      FieldValues values = known(new Key(asked, number));
      if (values == null) {
        missing.add(asked);
      } else {
        found.put(asked.id(), values);
      }
    }
    for (int from = 0; from < missing.size(); from += AT_ONCE) {
      List<Asked> part = missing.subList(from, Math.min(from + AT_ONCE, missing.size()));
      Map<MessageId, Payload> payloads =
          messages.latestPayloads(part.stream().map(Asked::id).toList());
      for (Asked asked : part) {
        Payload payload = payloads.get(asked.id());
        FieldValues values =
            payload == null ? FieldValues.NONE : PayloadFields.read(payload, paths);
        keep(new Key(asked, number), values, payload == null ? ABSENT_FOR : KEPT);
        found.put(asked.id(), values);
      }
    }
    return found;
  }

  /** Numbers are compared for every message of a list, many times a second; sets are long. */
  private synchronized int number(Set<FieldPath> paths) {
    if (numbers.size() >= MOST_SETS && !numbers.containsKey(paths)) {
      numbers.clear();
    }
    return numbers.computeIfAbsent(paths, _ -> next++);
  }

  private synchronized @Nullable FieldValues known(Key key) {
    Known kept = known.get(key);
    return kept == null || kept.until().isBefore(clock.instant()) ? null : kept.values();
  }

  private synchronized void keep(Key key, FieldValues values, Duration time) {
    Known before = known.put(key, new Known(values, clock.instant().plus(time)));
    characters += values.length() - (before == null ? 0 : before.values().length());
    while (characters > MOST_CHARACTERS || known.size() > MOST_MESSAGES) {
      Map.Entry<Key, Known> oldest = known.pollFirstEntry();
      characters -= oldest.getValue().values().length();
    }
  }
}
