package io.tillpost.store.elasticsearch;

import io.tillpost.message.Message;
import io.tillpost.message.MessageEvent;
import io.tillpost.message.MessageFold;
import io.tillpost.store.IngestWriter.Refused;
import io.tillpost.store.StoreUnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The states that one batch changes, until each is written by compare-and-set. */
final class StateWrites {
  private static final int MAX_ROUNDS = 12;

  private final States states;
  private final Map<States.Key, Change> changes = new LinkedHashMap<>();
  private final Set<States.Key> unfinished = new LinkedHashSet<>();
  private final List<Refused> refusals = new ArrayList<>();

  StateWrites(States states) {
    this.states = states;
  }

  /**
   * A state to be written where there is none or exactly the version that was read.
   *
   * @param message null where nothing is left of it
   */
  record Write(States.Key key, @Nullable Message message, BulkBody.@Nullable Version version) {}

  States.Key keyOf(MessageEvent event) {
    return states.key(event);
  }

  /** The event counts towards the state. */
  void add(States.Key key, MessageEvent event) {
    changes.computeIfAbsent(key, k -> new Change()).events.add(event);
    unfinished.add(key);
  }

  /** The event counts no more: it was refused. */
  void remove(States.Key key, MessageEvent event) {
    Change change = changes.get(key);
    if (change != null && change.events.remove(event)) {
      change.sentWithRefused = true;
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

  /** Reads what is there, merges it with what is new, and tells what differs. */
  List<Write> prepare() {
    Map<States.Key, States.Stored> current = states.read(unfinished);
    return List.copyOf(unfinished).stream().flatMap(key -> prepare(key, current.get(key))).toList();
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
    if (change == null || outcome.isConflict()) {
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

  private Stream<Write> prepare(States.Key key, States.@Nullable Stored stored) {
    Change change = changes.get(key);
    if (change == null) {
      return Stream.empty();
    }
    Message current = stored == null ? null : stored.message();
    Message wanted = change.prepare(current);
    if (Objects.equals(wanted, current)) {
      unfinished.remove(key);
      return Stream.empty();
    }
    return Stream.of(new Write(key, wanted, stored == null ? null : stored.version()));
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
    private @Nullable Message before;
    private @Nullable Message sent;
    private boolean sentWithRefused;

    /** A state that was written and tells of a refused event; undone unless others built on it. */
    private @Nullable Message toTakeBack;

    @Nullable Message prepare(@Nullable Message current) {
      Message base = current;
      if (toTakeBack != null && toTakeBack.equals(current)) {
        base = before;
      }
      toTakeBack = null;
      sentWithRefused = false;
      before = base;
      sent =
          Stream.concat(Stream.ofNullable(base), events.stream().map(MessageFold::of))
              .reduce(MessageFold::merge)
              .orElse(null);
      return sent;
    }
  }
}
