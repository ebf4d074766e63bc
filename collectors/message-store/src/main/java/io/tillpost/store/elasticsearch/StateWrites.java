package io.tillpost.store.elasticsearch;

import io.tillpost.message.Message;
import io.tillpost.message.MessageEvent;
import io.tillpost.message.MessageFold;
import io.tillpost.message.MessageId;
import io.tillpost.message.Stage;
import io.tillpost.store.IngestWriter.Refused;
import io.tillpost.store.StoreUnavailableException;
import io.tillpost.store.WrittenEvent;
import io.tillpost.store.json.WrittenEvents;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
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
  private final DailyNames days;
  private final Map<States.Key, Change> changes = new LinkedHashMap<>();
  private final Set<States.Key> unfinished = new LinkedHashSet<>();
  private final List<Refused> refusals = new ArrayList<>();

  /** Whether what is there may be guessed; wrong guesses are in conflict and read afterwards. */
  private boolean guessing = true;

  StateWrites(States states, StateCache cache) {
    this.states = states;
    this.cache = cache;
    this.days = new DailyNames(states.indices());
  }

  /**
   * A state to be written where there is none or exactly the version that was read.
   *
   * @param message null where nothing is left of it
   */
  record Write(States.Key key, @Nullable Message message, BulkBody.@Nullable Version version) {}

  States.Key keyOf(MessageEvent event) {
    return new States.Key(days.at(event.capturedAt()), DocumentIds.of(event.messageId()));
  }

  States.Key keyOf(WrittenEvent event) {
    return new States.Key(
        days.at(event.capturedAt()), DocumentIds.of(new MessageId(event.messageId())));
  }

  /** The event counts towards the state. */
  void add(States.Key key, MessageEvent event) {
    Change change = change(key);
    change.events.add(event);
    change.mayBeLeft = false;
  }

  /** The event counts towards the state; returns it as far as that needs it. */
  MessageEvent add(States.Key key, WrittenEvent event) {
    Change change = change(key);
    MessageEvent read = change.written.read(event);
    change.events.add(read);
    change.bytes += event.to() - event.from();
    change.mayBeLeft &= !LAST.contains(read.stage());
    return read;
  }

  /** As the other ones; its state was left to this batch, and is not left again. */
  void addStored(States.Key key, WrittenEvent event) {
    var _ = add(key, event);
    change(key).mayBeLeft = false;
  }

  /**
   * Leaves the states of messages that are open as far as these events tell to the next batch,
   * which has more events of many of them. To be called before any is written.
   *
   * @param refused ids of documents of which another one is refused: what is left is known by its
   *     id
   * @return the ids of the documents of the events that are left
   */
  Set<String> leaveOpen(Set<String> refused) {
    Set<String> left = new HashSet<>();
    int room = MOST_BYTES_LEFT;
    for (States.Key key : List.copyOf(unfinished)) {
      Change change = changes.get(key);
      if (change != null
          && change.mayBeLeft
          && change.bytes <= room
          && Collections.disjoint(change.documentIds(), refused)) {
        room -= change.bytes;
        left.addAll(change.documentIds());
        changes.remove(key);
        unfinished.remove(key);
      }
    }
    return left;
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
  void remove(States.Key key, MessageEvent event) {
    Change change = changes.get(key);
    if (change != null && change.events.remove(event)) {
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

  /** Finds out what is there, merges it with what is new, and tells what differs. */
  List<Write> prepare() {
    List<Write> writes = new ArrayList<>();
    List<States.Key> unknown = new ArrayList<>();
    for (States.Key key : List.copyOf(unfinished)) {
      Write guess = guessing ? guess(key) : null;
      if (guess == null) {
        unknown.add(key);
      } else {
        writes.add(guess);
      }
    }
    guessing = false;
    Map<States.Key, States.Stored> current = states.read(unknown);
    for (States.Key key : unknown) {
      prepare(key, current.get(key)).ifPresent(writes::add);
    }
    return writes;
  }

  /**
   * What to write if the state is as this process last wrote it, or is not there yet where the
   * message begins with this batch; null where neither is likely or nothing would change.
   */
  private @Nullable Write guess(States.Key key) {
    Change change = changes.get(key);
    States.Stored last = cache.get(key);
    if (change == null || (last == null && !change.tellsOfTheBeginning())) {
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
    for (MessageEvent event : change.events) {
      refusals.add(
          new Refused(event.id().documentId(), "the state of its message is not taken: " + reason));
    }
  }

  /** What one batch does to one state. */
  private static final class Change {
    private final List<MessageEvent> events = new ArrayList<>();
    private final WrittenEvents written = new WrittenEvents();
    private @Nullable Message before;
    private @Nullable Message sent;
    private boolean sentWithRefused;
    private boolean mayBeLeft = true;
    private int bytes;

    /** A state that was written and tells of a refused event; undone unless others built on it. */
    private @Nullable Message toTakeBack;

    /** A message's first event is in it; so most likely nothing is stored of it yet. */
    boolean tellsOfTheBeginning() {
      return events.stream()
          .anyMatch(event -> event.stage() == Stage.CAPTURED && event.attempt() == 1);
    }

    List<String> documentIds() {
      return events.stream().map(event -> event.id().documentId()).toList();
    }

    @Nullable Message prepare(@Nullable Message current) {
      Message base = current;
      if (toTakeBack != null && toTakeBack.equals(current)) {
        base = before;
      }
      toTakeBack = null;
      sentWithRefused = false;
      before = base;
      if (events.isEmpty()) {
        sent = base;
      } else {
        // The last ones first: what the others say then counts no more.
        Message added = MessageFold.of(events.reversed());
        sent = base == null ? added : MessageFold.merge(base, added);
      }
      return sent;
    }
  }
}
