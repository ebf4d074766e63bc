package io.tillpost.store.elasticsearch;

import io.tillpost.message.Message;
import io.tillpost.message.MessageEvent;
import io.tillpost.store.IngestWriter.Batch;
import io.tillpost.store.IngestWriter.Refused;
import io.tillpost.store.IngestWriter.Result;
import io.tillpost.trace.Span;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;

/**
 * Writes one batch. Records go first and the states of their messages last, in the same request
 * where they fit in one: so a state never tells of an event that is not stored, but for a refused
 * event, whose state is written again without it. A record that was there already counts towards
 * its message's state all the same, because the writer before may have died between the two.
 */
final class BatchWrite {
  private final Bulk bulk;
  private final RecordCheck check;
  private final Schema schema;
  private final StateDocument document;
  private final StateWrites states;
  private final Map<String, Refused> refused = new LinkedHashMap<>();
  private BulkBody<Item> body = new BulkBody<>();
  private int stored;
  private int alreadyStored;

  BatchWrite(
      Bulk bulk, RecordCheck check, Schema schema, StateDocument document, StateWrites states) {
    this.bulk = bulk;
    this.check = check;
    this.schema = schema;
    this.document = document;
    this.states = states;
  }

  /** An action of a bulk request. */
  private sealed interface Item {
    /** An event, and where its message's state is. */
    record OfEvent(MessageEvent event, States.Key state) implements Item {}

    record OfSpan(String documentId) implements Item {}

    record OfState(States.Key state) implements Item {}
  }

  Result write(Batch batch) {
    batch.events().forEach(this::add);
    batch.spans().forEach(this::add);
    addStates();
    send();
    for (int round = 1; states.isUnfinished(); round++) {
      states.pauseBefore(round);
      addStates();
      send();
    }
    states.refusals().forEach(r -> refused.putIfAbsent(r.documentId(), r));
    return new Result.Written(stored, alreadyStored, new ArrayList<>(refused.values()));
  }

  private void add(MessageEvent event) {
    States.Key state = states.keyOf(event);
    boolean added =
        add(
            new Item.OfEvent(event, state),
            check.problem(event),
            new BulkBody.Target(schema.events().at(event.time()), event.id().documentId(), null),
            json -> EventDocument.write(json, event));
    if (added) {
      states.add(state, event);
    }
    sendIfFull();
  }

  private void add(Span span) {
    add(
        new Item.OfSpan(span.documentId()),
        check.problem(span),
        new BulkBody.Target(schema.spans().at(span.start()), span.documentId(), null),
        json -> SpanDocument.write(json, span));
    sendIfFull();
  }

  private boolean add(
      Item item,
      Optional<String> problem,
      BulkBody.Target target,
      Consumer<JsonGenerator> document) {
    if (problem.isPresent()) {
      refuse(target.id(), problem.get());
      return false;
    }
    if (!body.add(item, "create", target, document)) {
      refuse(target.id(), "it holds text that is not Unicode");
      return false;
    }
    return true;
  }

  private void addStates() {
    for (StateWrites.Write write : states.prepare()) {
      BulkBody.Target target =
          new BulkBody.Target(write.key().index(), write.key().id(), write.version());
      Item item = new Item.OfState(write.key());
      Message message = write.message();
      if (message == null) {
        body.delete(item, target);
      } else {
        body.add(
            item,
            write.version() == null ? "create" : "index",
            target,
            json -> document.write(json, message));
      }
      sendIfFull();
    }
  }

  private void sendIfFull() {
    if (body.isFull()) {
      send();
    }
  }

  private void send() {
    BulkBody<Item> sent = body;
    body = new BulkBody<>();
    for (Bulk.Outcome<Item> outcome : bulk.write(sent, false)) {
      switch (outcome.key()) {
        case Item.OfEvent(MessageEvent event, States.Key state) -> {
          if (!count(outcome, event.id().documentId())) {
            states.remove(state, event);
          }
        }
        case Item.OfSpan(String documentId) -> count(outcome, documentId);
        case Item.OfState(States.Key state) -> states.note(state, outcome);
      }
    }
  }

  /** Whether the record is stored, be it now or before. */
  private boolean count(Bulk.Outcome<Item> outcome, String documentId) {
    if (outcome.isDone()) {
      stored++;
    } else if (outcome.isConflict()) {
      alreadyStored++;
    } else {
      refuse(documentId, outcome.reason());
      return false;
    }
    return true;
  }

  private void refuse(String documentId, String reason) {
    refused.putIfAbsent(documentId, new Refused(documentId, reason));
  }
}
