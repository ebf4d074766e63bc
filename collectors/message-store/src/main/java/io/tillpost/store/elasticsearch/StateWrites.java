package io.tillpost.store.elasticsearch;

import io.tillpost.message.Attempt;
import io.tillpost.message.Message;
import io.tillpost.message.MessageEvent;
import io.tillpost.message.MessageFold;
import io.tillpost.message.MessageId;
import io.tillpost.message.Stage;
import io.tillpost.store.IngestWriter.Refused;
import io.tillpost.store.StoreUnavailableException;
import io.tillpost.store.WrittenEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The states that one batch changes, until each is written by compare-and-set. */
final class StateWrites {
  private static final int MAX_ROUNDS = 12;

  /** What is left to the next batch is in memory until then. */
  private static final int MOST_BYTES_LEFT = 2 << 20;

  private static final Set<Stage> LAST =
      EnumSet.of(Stage.CONFIRMED, Stage.DISCARDED, Stage.SUPERSEDED);

  private final States states;
  private final StateCache cache;
  private final BatchEvents events;
  private final DailyNames days;
  private final Map<States.Key, Change> changes = new LinkedHashMap<>();
  private final Set<States.Key> unfinished = new LinkedHashSet<>();
  private final List<Refused> refusals = new ArrayList<>();

  /** Whether what is there may be guessed; wrong guesses are in conflict and read afterwards. */
  private boolean guessing = true;

  private boolean leaving;
  private Set<String> refused = Set.of();
  private final List<Integer> left = new ArrayList<>();
  private int roomForLeft = MOST_BYTES_LEFT;

  StateWrites(States states, StateCache cache, BatchEvents events) {
    this.states = states;
    this.cache = cache;
    this.events = events;
    this.days = new DailyNames(states.indices());
  }

  /**
   * A state to be written where there is none or exactly the version that was read.
   *
   * @param message null where nothing is left of it
   */
  record Write(States.Key key, @Nullable Message message, BulkBody.@Nullable Version version) {}

  /** The event, which is not written yet, counts towards its message's state. */
  void addWhole(int number, MessageEvent event) {
    Change change = change(keyOf(event));
    change.events.add(number);
    change.mayBeLeft = false;
  }

  /** The event, which is written and of this stage, counts towards its message's state. */
  void addWritten(int number, WrittenEvent event, Stage stage) {
    changeWith(number, event).mayBeLeft &= !LAST.contains(stage);
  }

  /** As {@link #addWritten}; its state was left to this batch, and is not left again. */
  void addStored(int number, WrittenEvent event) {
    changeWith(number, event).mayBeLeft = false;
  }

  /**
   * The numbers of the written events that count now, those of a message side by side in the order
   * in which they were added, and the messages by the ids of their states.
   *
   * @param first the smallest number to give
   */
  int[] eventsByMessage(int first) {
    List<Map.Entry<States.Key, Change>> messages = new ArrayList<>(changes.entrySet());
    messages.sort(Comparator.comparing(message -> message.getKey().id()));
    IntStream.Builder numbers = IntStream.builder();
    for (Map.Entry<States.Key, Change> message : messages) {
      for (int number : message.getValue().events) {
        if (number >= first) {
          numbers.add(number);
        }
      }
    }
    return numbers.build().toArray();
  }

  private Change changeWith(int number, WrittenEvent event) {
    Change change = change(keyOf(event));
    change.events.add(number);
    change.bytes += event.to() - event.from();
    return change;
  }

  private States.Key keyOf(WrittenEvent event) {
    return new States.Key(
        days.at(event.capturedAt()), DocumentIds.of(new MessageId(event.messageId())));
  }

  private States.Key keyOf(MessageEvent event) {
    return new States.Key(days.at(event.capturedAt()), DocumentIds.of(event.messageId()));
  }

  /**
   * Where they are prepared first, the states of messages that are open as far as these events tell
   * are left to the next batch, which has more events of many of them. To be called once the events
   * are stored.
   *
   * @param refusedIds of documents that were refused; where one of an event is among them, of which
   *     there are two then, its message's state is not left
   */
  void leaveOpen(Set<String> refusedIds) {
    leaving = true;
    refused = refusedIds;
  }

  /** The numbers of events whose states are left; all of them are written. */
  List<Integer> left() {
    return left;
  }

  private boolean leaves(States.Key key, Change change) {
    if (!change.mayBeLeft
        || change.bytes > roomForLeft
        || (!refused.isEmpty() && !Collections.disjoint(change.documentIds(), refused))) {
      return false;
    }
    roomForLeft -= change.bytes;
    left.addAll(change.events);
    changes.remove(key);
    unfinished.remove(key);
    return true;
  }

  private Change change(States.Key key) {
    Change change = changes.get(key);
    if (change == null) {
      change = new Change();
      changes.put(key, change);
      unfinished.add(key);
    }
    return change;
  }

  /** The event counts no more: it was refused. */
  void remove(int number) {
    States.Key key =
        events.isWhole(number) ? keyOf(events.whole(number)) : keyOf(events.written(number));
    Change change = changes.get(key);
    if (change != null && change.remove(number)) {
      change.sentWithRefused = true;
      change.mayBeLeft = false;
      unfinished.add(key);
    }
  }

  boolean isUnfinished() {
    return !unfinished.isEmpty();
  }

  /** Events that are stored, but whose message's state will never be taken. */
  List<Refused> refusals() {
    return refusals;
  }

  /**
   * Finds out what is there, merges it with what is new, and gives what differs, one by one: what
   * is in a processor's caches of a message need not be fetched twice. What was given may be noted
   * before the next one is.
   */
  void prepare(Consumer<Write> to) {
    List<States.Key> unknown = new ArrayList<>();
    for (States.Key key : List.copyOf(unfinished)) {
      Change change = changes.get(key);
      if (change == null || (leaving && leaves(key, change))) {
        continue;
      }
      Write guess = guessing ? guess(key, change) : null;
      if (guess == null) {
        unknown.add(key);
      } else {
        to.accept(guess);
      }
    }
    leaving = false;
    guessing = false;
    Map<States.Key, States.Stored> current = states.read(unknown);
    for (States.Key key : unknown) {
      prepare(key, current.get(key)).ifPresent(to);
    }
  }

  /**
   * What to write if the state is as this process last wrote it, or is not there yet where the
   * message begins with this batch; null where neither is likely or nothing would change.
   */
  private @Nullable Write guess(States.Key key, Change change) {
    States.Stored last = cache.get(key);
    if (last == null && !change.tellsOfTheBeginning()) {
      return null;
    }
    Message current = last == null ? null : last.message();
    Message wanted = change.prepare(current);
    return Objects.equals(wanted, current)
        ? null
        : new Write(key, wanted, last == null ? null : last.version());
  }

  /** Waits a little before the next round, because other writers keep getting in between. */
  void pauseBefore(int round) {
    if (round > MAX_ROUNDS) {
      throw new StoreUnavailableException(
          "Other writers keep changing the same messages; " + unfinished.size() + " are left",
          null);
    }
    Http.pause(Duration.ofMillis(10L * round));
  }

  /** Notes what became of a write. In conflict it stays unfinished. */
  void note(States.Key key, Bulk.Outcome<?> outcome) {
    Change change = changes.get(key);
    if (change == null) {
      return;
    }
    Message sent = change.sent;
    if (outcome.isDone() && sent != null && !change.sentWithRefused) {
      cache.put(key, new States.Stored(sent, outcome.version()));
    } else {
      cache.remove(key);
    }
    if (outcome.isConflict()) {
      return;
    }
    if (change.sentWithRefused) {
      change.toTakeBack = outcome.isDone() ? change.sent : null;
      return;
    }
    unfinished.remove(key);
    if (!outcome.isDone()) {
      refuse(change, outcome.reason());
    }
  }

  private Optional<Write> prepare(States.Key key, States.@Nullable Stored stored) {
    Change change = changes.get(key);
    if (change == null) {
      return Optional.empty();
    }
    Message current = stored == null ? null : stored.message();
    Message wanted = change.prepare(current);
    if (Objects.equals(wanted, current)) {
      unfinished.remove(key);
      return Optional.empty();
    }
    return Optional.of(new Write(key, wanted, stored == null ? null : stored.version()));
  }

  private void refuse(Change change, String reason) {
    for (String documentId : change.documentIds()) {
      refusals.add(new Refused(documentId, "the state of its message is not taken: " + reason));
    }
  }

  /** What one batch does to one state. */
  private final class Change {
    /** Their numbers. */
    private final List<Integer> events = new ArrayList<>();

    /** What follows from them alone, from when it is first wanted until it is merged. */
    private @Nullable Message added;

    private @Nullable Message before;
    private @Nullable Message sent;
    private boolean sentWithRefused;

    /** Whether the message is open, as far as these events tell, and none of them was left. */
    private boolean mayBeLeft = true;

    private int bytes;

    /** A state that was written and tells of a refused event; undone unless others built on it. */
    private @Nullable Message toTakeBack;

    boolean remove(int number) {
      added = null;
      return events.remove(Integer.valueOf(number));
    }

    /** A message's first event is in it; so most likely nothing is stored of it yet. */
    boolean tellsOfTheBeginning() {
      Message wanted = added();
      Attempt first = wanted == null ? null : wanted.attempts().get(1);
      return first != null && first.hasReached(Stage.CAPTURED);
    }

    List<String> documentIds() {
      return events.stream().map(StateWrites.this.events::documentId).toList();
    }

    /** Null where all of them were refused. */
    private @Nullable Message added() {
      if (added == null && !events.isEmpty()) {
        List<MessageEvent> read = new ArrayList<>(events.size());
        // The last ones first: what the others say then counts no more.
        for (int i = events.size() - 1; i >= 0; i--) {
          read.add(StateWrites.this.events.read(events.get(i)));
        }
        added = MessageFold.of(read);
      }
      return added;
    }

    @Nullable Message prepare(@Nullable Message current) {
      Message base = current;
      if (toTakeBack != null && toTakeBack.equals(current)) {
        base = before;
      }
      toTakeBack = null;
      sentWithRefused = false;
      before = base;
      Message wanted = added();
      added = null;
      if (wanted == null || base == null) {
        sent = wanted == null ? base : wanted;
      } else {
        sent = MessageFold.merge(base, wanted);
      }
      return sent;
    }
  }
}
