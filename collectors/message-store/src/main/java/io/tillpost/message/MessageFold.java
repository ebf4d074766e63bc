package io.tillpost.message;

import static io.tillpost.message.Latest.later;

import java.util.Collection;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BinaryOperator;

/**
 * Folds message events into the state of a message. {@link #merge} is commutative, associative and
 * idempotent: any order and any repeats of the same events give the same state, so that redelivery,
 * out-of-order arrival and a crash between two writes cannot change what is shown.
 */
public final class MessageFold {
  private MessageFold() {}

  /** The state that follows from one event alone. */
  public static Message of(MessageEvent event) {
    return new FoldedFacts(event).message();
  }

  /**
   * The state that follows from all these events.
   *
   * @param events of one message, at least one, in any order
   */
  public static Message of(Collection<MessageEvent> events) {
    Iterator<MessageEvent> rest = events.iterator();
    if (!rest.hasNext()) {
      throw new IllegalArgumentException("No state without an event");
    }
    FoldedFacts facts = new FoldedFacts(rest.next());
    while (rest.hasNext()) {
      facts.add(rest.next());
    }
    return facts.message();
  }

  /** The state that follows from the events of both; both speak of the same message. */
  public static Message merge(Message a, Message b) {
    if (!a.id().equals(b.id())) {
      throw new IllegalArgumentException("Two messages are not one");
    }
    return new Message(
        a.id(),
        a.capturedAt().isBefore(b.capturedAt()) ? a.capturedAt() : b.capturedAt(),
        merge(a.facts(), b.facts()),
        union(a.attempts(), b.attempts(), MessageFold::merge),
        a.lastEventAt().isAfter(b.lastEventAt()) ? a.lastEventAt() : b.lastEventAt());
  }

  private static MessageFacts merge(MessageFacts a, MessageFacts b) {
    return new MessageFacts(
        Objects.requireNonNull(later(a.workflow(), b.workflow())),
        later(a.correlationId(), b.correlationId()),
        later(a.source(), b.source()),
        later(a.target(), b.target()),
        later(a.storeId(), b.storeId()),
        later(a.registerId(), b.registerId()),
        later(a.businessDate(), b.businessDate()),
        later(a.transactionNumber(), b.transactionNumber()),
        later(a.amount(), b.amount()),
        later(a.schemaVersion(), b.schemaVersion()),
        later(a.payload(), b.payload()),
        union(a.keys(), b.keys(), (x, y) -> Objects.requireNonNull(later(x, y))));
  }

  private static Attempt merge(Attempt a, Attempt b) {
    EnumMap<Stage, Latest<String>> reached = new EnumMap<>(Stage.class);
    reached.putAll(a.reached());
    b.reached().forEach((stage, report) -> reached.merge(stage, report, stage::counting));
    return new Attempt(
        a.number(), reached, later(a.failure(), b.failure()), later(a.traceId(), b.traceId()));
  }

  private static <K extends Comparable<K>, V> SortedMap<K, V> union(
      SortedMap<K, V> a, SortedMap<K, V> b, BinaryOperator<V> both) {
    TreeMap<K, V> union = new TreeMap<>(a);
    b.forEach((key, value) -> union.merge(key, value, both));
    return union;
  }
}
