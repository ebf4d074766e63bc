package io.tillpost.console.recovery.list;

import io.tillpost.console.recovery.BusinessObject;
import io.tillpost.console.recovery.earlier.Superseding;
import io.tillpost.message.Message;
import io.tillpost.message.MessageId;
import io.tillpost.store.Messages;
import io.tillpost.store.Messages.StoredMessage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The messages that somebody chose, the oldest first. Those of a short list are held. Of a long one
 * only what has to be known of all of them before the first is planned, about 150 bytes a message;
 * they are read again, by their ids, as they are then.
 */
final class ChosenList {
  private final Messages messages;
  private final Superseding superseding;
  private final PlanSize size;
  private final List<Line> lines;
  private final Map<String, Message> held;
  private final Set<String> workflows;
  private final Map<String, String> newestOfObject;

  private ChosenList(Collector from, List<Line> lines) {
    this.messages = from.messages;
    this.superseding = from.superseding;
    this.size = from.size;
    this.lines = lines;
    this.held = from.held;
    this.workflows = from.workflows;
    this.newestOfObject = new HashMap<>();
    for (Line line : lines) {
      if (line.object() != null) {
        newestOfObject.put(line.object(), line.id());
      }
    }
  }

  /** Takes more messages in, with those of this list on it already. */
  Collector collector() {
    Collector all = new Collector(messages, superseding, size);
    lines.forEach(line -> all.lines.put(line.id(), line));
    all.held.putAll(held);
    all.workflows.addAll(workflows);
    all.holds = isHeld();
    return all;
  }

  /** How many they are. */
  int size() {
    return lines.size();
  }

  /** Whether they are held: then nothing has to be waited for. */
  boolean isHeld() {
    return !held.isEmpty();
  }

  /** Of which workflows they are. */
  Set<String> workflows() {
    return workflows;
  }

  /**
   * Of messages that make older ones about the same business object needless, the id of the newest
   * one, by object.
   */
  Map<String, String> newestOfObject() {
    return newestOfObject;
  }

  /** The message of a list that is about a single one, as it was read. */
  Message single() {
    return held.values().iterator().next();
  }

  /**
   * Hands them over in their order; those that are stored no longer are left out.
   *
   * @param each is asked with each part, at least one message, whether to go on
   * @return whether it was asked to the end, and went on
   */
  boolean each(Predicate<List<Message>> each) {
    List<List<Line>> parts = new ArrayList<>();
    for (int from = 0; from < lines.size(); from += size.part()) {
      parts.add(lines.subList(from, Math.min(lines.size(), from + size.part())));
    }
    if (isHeld()) {
      return parts.stream().map(this::held).allMatch(each);
    }
    Ahead<List<Message>> reading = new Ahead<>();
    for (List<Line> part : parts) {
      List<Message> before = reading.next(() -> read(part));
      if (before != null && !before.isEmpty() && !each.test(before)) {
        return false;
      }
    }
    List<Message> last = reading.last();
    return last == null || last.isEmpty() || each.test(last);
  }

  private List<Message> held(List<Line> part) {
    return part.stream().map(line -> Objects.requireNonNull(held.get(line.id()))).toList();
  }

  private List<Message> read(List<Line> part) {
    Map<MessageId, Instant> capturedAt = new LinkedHashMap<>();
    part.forEach(line -> capturedAt.put(new MessageId(line.id()), line.capturedAt()));
    Map<MessageId, StoredMessage> found = messages.findAll(capturedAt);
    return capturedAt.keySet().stream()
        .flatMap(id -> Stream.ofNullable(found.get(id)))
        .map(StoredMessage::message)
        .toList();
  }

  /**
   * A message in brief.
   *
   * @param object the business object, where a newer message about it makes this one needless
   */
  private record Line(String id, Instant capturedAt, @Nullable String object) {}

  /** Takes messages in, each once. For one thread. */
  static final class Collector {
    private final Messages messages;
    private final Superseding superseding;
    private final PlanSize size;
    private final Map<String, Line> lines = new LinkedHashMap<>();
    private final Map<String, Message> held = new HashMap<>();
    private final Set<String> workflows = new LinkedHashSet<>();
    private boolean holds = true;

    Collector(Messages messages, Superseding superseding, PlanSize size) {
      this.messages = messages;
      this.superseding = superseding;
      this.size = size;
    }

    /** This message is on the list too. */
    Collector add(Message message) {
      String id = message.id().value();
      String object =
          superseding.in(message.workflow()) ? BusinessObject.of(message).orElse(null) : null;
      lines.put(id, new Line(id, message.capturedAt(), object));
      workflows.add(message.workflow());
      expect(lines.size());
      if (holds) {
        held.put(id, message);
      }
      return this;
    }

    /** So many messages are about to come: too many to be held from the first one on, perhaps. */
    void expect(long messages) {
      if (holds && messages > size.held()) {
        holds = false;
        held.clear();
      }
    }

    /** All of these are. */
    Collector addAll(Iterable<Message> all) {
      all.forEach(this::add);
      return this;
    }

    int size() {
      return lines.size();
    }

    /** In the order in which they were added. */
    ChosenList inOrder() {
      return new ChosenList(this, List.copyOf(lines.values()));
    }

    /** By the time of their capture. */
    ChosenList oldestFirst() {
      List<Line> sorted = new ArrayList<>(lines.values());
      sorted.sort(Comparator.comparing(Line::capturedAt).thenComparing(Line::id));
      return new ChosenList(this, sorted);
    }
  }
}
