package io.tillpost.store.elasticsearch;

import io.tillpost.message.Message;
import io.tillpost.message.MessageEvent;
import io.tillpost.store.IngestWriter.Batch;
import io.tillpost.store.IngestWriter.Refused;
import io.tillpost.store.IngestWriter.Result;
import io.tillpost.store.WrittenEvent;
import io.tillpost.store.WrittenSpan;
import io.tillpost.store.elasticsearch.Turns.Kind;
import io.tillpost.store.json.EventJson;
import io.tillpost.store.json.SpanJson;
import io.tillpost.store.json.WrittenEvents;
import io.tillpost.trace.Span;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Writes one batch, those of its records that are written already in the order of their indices.
 * Records go first and the states of their messages last, in the same request where they are few:
 * so a state never tells of an event that is not stored, but for a refused event, whose state is
 * written again without it. A record that was there already counts towards its message's state all
 * the same, because the writer before may have died between the two.
 */
final class BatchWrite {
  /** From so many records on, their states go into a request of their own. */
  private static final int WORTH_ASKING_LESS = 500;

  private final Bulk bulk;
  private final BodyArrays arrays;
  private final Turns turns;
  private final RecordCheck.Bounds check;
  private final SpanJson spanJson;
  private final StateDocument document;
  private final Batch batch;
  private final BatchEvents events;
  private final StateWrites states;
  private final DailyNames eventDays;
  private final DailyNames spanDays;
  private final Map<String, Refused> refused = new LinkedHashMap<>();
  private final Set<Kind> kinds = EnumSet.noneOf(Kind.class);
  private BulkBody<Item> body;
  private int stored;
  private int alreadyStored;

  BatchWrite(
      Bulk bulk,
      BodyArrays arrays,
      Turns turns,
      RecordCheck.Bounds check,
      Schema schema,
      SpanJson spanJson,
      StateDocument document,
      Batch batch,
      BatchEvents events,
      StateWrites states) {
    this.bulk = bulk;
    this.arrays = arrays;
    this.turns = turns;
    this.check = check;
    this.spanJson = spanJson;
    this.document = document;
    this.batch = batch;
    this.events = events;
    this.states = states;
    this.eventDays = new DailyNames(schema.events());
    this.spanDays = new DailyNames(schema.spans());
    this.body = new BulkBody<>(arrays.take());
  }

  /** An action of a bulk request. */
  private sealed interface Item {
    /** An event by its number. */
    record OfEvent(int number) implements Item {}

    /** A span by its number, those that are written behind the others. */
    record OfSpan(int number) implements Item {}

    record OfState(States.Key state) implements Item {}
  }

  Result write(BooleanSupplier more) {
    for (int i = 0; i < events.firstWhole(); i++) {
      states.addStored(i, events.written(i));
    }
    for (int i = events.firstWhole(); i < events.firstWritten(); i++) {
      addEvent(i);
    }
    for (int i = 0; i < batch.spans().size(); i++) {
      addSpan(i);
    }
    addWrittenEvents();
    for (int number : SpanOrder.of(batch.writtenSpans())) {
      addWrittenSpan(number);
    }
    if (body.keys().size() >= WORTH_ASKING_LESS) {
      sendNew();
    }
    // Only of what is stored: a state that is left tells of no event that is refused.
    if (body.isEmpty() && more.getAsBoolean()) {
      states.leaveOpen(Set.copyOf(refused.keySet()));
    }
    addStates();
    send();
    for (int round = 1; states.isUnfinished(); round++) {
      states.pauseBefore(round);
      addStates();
      send();
    }
    arrays.giveBack(body.array());
    states.refusals().forEach(r -> refused.putIfAbsent(r.documentId(), r));
    return new Result.Written(
        stored,
        alreadyStored,
        new ArrayList<>(refused.values()),
        states.left().stream().map(number -> number - events.firstWritten()).toList());
  }

  private void addEvent(int number) {
    MessageEvent event = events.whole(number);
    String id = event.id().documentId();
    String problem = check.problem(event.time(), event.capturedAt());
    if (problem != null) {
      refuse(id, problem);
      return;
    }
    kinds.add(Kind.EVENT);
    body.add(
        new Item.OfEvent(number),
        "create",
        new BulkBody.Target(eventDays.at(event.time()), id, null),
        json -> EventJson.write(json, event));
    states.addWhole(number, event);
    sendIfFull();
  }

  /**
   * By message: their index is sorted so, and Elasticsearch then has less to sort. What was read of
   * them is gone before a request is under way, unless the body is full before.
   */
  private void addWrittenEvents() {
    int first = events.firstWritten();
    WrittenEvent[] written = new WrittenEvent[events.size() - first];
    for (int i = 0; i < written.length; i++) {
      WrittenEvent event = events.written(first + i);
      written[i] = event;
      String problem = check.problem(event.time(), event.capturedAt());
      if (problem == null) {
        // Of a stage that nobody knows nothing is stored.
        states.addWritten(first + i, event, WrittenEvents.stage(event));
      } else {
        refuse(event.documentId(), problem);
      }
    }
    for (int number : states.eventsByMessage(first)) {
      addWrittenEvent(number, written[number - first]);
    }
  }

  private void addWrittenEvent(int number, WrittenEvent event) {
    kinds.add(Kind.EVENT);
    body.add(
        new Item.OfEvent(number),
        "create",
        new BulkBody.Target(eventDays.at(event.time()), event.documentId(), null),
        json -> json.writeRaw(event.bytes(), event.from(), event.to()));
    sendIfFull();
  }

  private void addSpan(int number) {
    Span span = batch.spans().get(number);
    String id = span.documentId();
    String problem = check.problem(span);
    if (problem != null) {
      refuse(id, problem);
      return;
    }
    kinds.add(Kind.SPAN);
    body.add(
        new Item.OfSpan(number),
        "create",
        new BulkBody.Target(spanDays.at(span.start()), id, null),
        json -> spanJson.write(json, span));
    sendIfFull();
  }

  private void addWrittenSpan(int number) {
    WrittenSpan span = batch.writtenSpans().get(number);
    String id = span.documentId();
    String problem = check.startProblem(span.start());
    if (problem != null) {
      refuse(id, problem);
      return;
    }
    kinds.add(Kind.SPAN);
    body.add(
        new Item.OfSpan(batch.spans().size() + number),
        "create",
        new BulkBody.Target(spanDays.at(span.start()), id, null),
        json -> json.writeRaw(span.bytes(), span.from(), span.to()));
    sendIfFull();
  }

  private void addStates() {
    states.prepare(this::add);
  }

  private void add(StateWrites.Write write) {
    BulkBody.Target target =
        new BulkBody.Target(write.key().index(), write.key().id(), write.version());
    Item item = new Item.OfState(write.key());
    Message message = write.message();
    kinds.add(Kind.STATE);
    if (message == null) {
      body.delete(item, target);
    } else {
      body.add(
          item,
          write.version() == null ? "create" : "index",
          target,
          json -> document.write(json, message));
    }
    if (body.isFull()) {
      send();
    }
  }

  private void sendIfFull() {
    if (body.isFull()) {
      sendNew();
    }
  }

  /** Sends records alone, nearly all of which are new; those in conflict are there already. */
  private void sendNew() {
    OptionalInt conflicts = inTurn(() -> bulk.writeNew(body));
    if (conflicts.isPresent()) {
      stored += body.keys().size() - conflicts.getAsInt();
      alreadyStored += conflicts.getAsInt();
      begin();
    } else {
      send();
    }
  }

  private void send() {
    List<Bulk.Outcome<Item>> outcomes = inTurn(() -> bulk.write(body, false));
    // Not where that failed: the request may still be on its way.
    begin();
    for (Bulk.Outcome<Item> outcome : outcomes) {
      switch (outcome.key()) {
        case Item.OfEvent(int number) -> {
          if (!count(outcome)) {
            refuse(events.documentId(number), outcome.reason());
            states.remove(number);
          }
        }
        case Item.OfSpan(int number) -> {
          if (!count(outcome)) {
            refuse(spanId(number), outcome.reason());
          }
        }
        case Item.OfState(States.Key state) -> states.note(state, outcome);
      }
    }
  }

  private String spanId(int number) {
    int whole = batch.spans().size();
    return number < whole
        ? batch.spans().get(number).documentId()
        : batch.writtenSpans().get(number - whole).documentId();
  }

  /** The next body, in the array of this one. */
  private void begin() {
    body = new BulkBody<>(body.array());
    kinds.clear();
  }

  /** A body of several kinds waits for nobody. */
  private <T> T inTurn(Supplier<T> send) {
    return kinds.size() == 1 ? turns.take(kinds.iterator().next(), send) : send.get();
  }

  /** Whether the record is stored, be it now or before. */
  private boolean count(Bulk.Outcome<Item> outcome) {
    if (outcome.isDone()) {
      stored++;
    } else if (outcome.isConflict()) {
      alreadyStored++;
    }
    return outcome.isDone() || outcome.isConflict();
  }

  private void refuse(String documentId, String reason) {
    refused.putIfAbsent(documentId, new Refused(documentId, reason));
  }
}
