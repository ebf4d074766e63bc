package io.tillpost.store.elasticsearch;

import io.tillpost.message.Attempt;
import io.tillpost.message.EventId;
import io.tillpost.message.Latest;
import io.tillpost.message.Message;
import io.tillpost.message.MessageFacts;
import io.tillpost.store.json.FailureJson;
import io.tillpost.store.json.Fields;
import io.tillpost.store.json.JsonBytes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes the fold of a message so that {@link StateReader} gives back exactly the same. Each event
 * that had a last word stands once in {@code said}; a fact is its value and the number of that
 * event.
 */
final class StateWriter {
  private static final int FEW = 10;

  private final JsonBytes json;
  private final List<Said> said = new ArrayList<>(FEW);

  /** Numbers of those in {@code said}, once they are more than a few. */
  private final Map<Said, Integer> numbers = new HashMap<>();

  private StateWriter(JsonBytes json) {
    this.json = json;
  }

  /** Writes one object. */
  static void write(JsonBytes json, Message message) {
    new StateWriter(json).write(message);
  }

  private void write(Message message) {
    json.writeStartObject();
    new Fields(json)
        .text("id", message.id().value())
        .moment("captured_at", message.capturedAt())
        .moment("last_event_at", message.lastEventAt());
    json.writeObjectPropertyStart("facts");
    facts(message.facts());
    json.writeEndObject();
    json.writeArrayPropertyStart("attempts");
    message.attempts().values().forEach(this::attempt);
    json.writeEndArray();
    json.writeArrayPropertyStart("said");
    said.forEach(this::said);
    json.writeEndArray();
    json.writeEndObject();
  }

  private void facts(MessageFacts facts) {
    latest("workflow", facts.workflow(), JsonBytes::writeString);
    latest("correlation_id", facts.correlationId(), JsonBytes::writeString);
    latest("source", facts.source(), JsonBytes::writeString);
    latest("target", facts.target(), JsonBytes::writeString);
    latest("store_id", facts.storeId(), JsonBytes::writeString);
    latest("register_id", facts.registerId(), JsonBytes::writeString);
    latest("business_date", facts.businessDate(), (g, date) -> g.writeString(date.toString()));
    latest("transaction_number", facts.transactionNumber(), JsonBytes::writeNumber);
    latest("amount_minor", facts.amount(), (g, amount) -> g.writeNumber(amount.minor()));
    latest("currency", facts.amount(), (g, amount) -> g.writeString(amount.currency()));
    latest("schema_version", facts.schemaVersion(), JsonBytes::writeString);
    latest("payload", facts.payload(), JsonBytes::writeString);
    if (!facts.keys().isEmpty()) {
      json.writeObjectPropertyStart("keys");
      facts.keys().forEach((name, value) -> latest(name, value, JsonBytes::writeString));
      json.writeEndObject();
    }
  }

  private void attempt(Attempt attempt) {
    json.writeStartObject();
    json.writeNumberProperty("number", attempt.number());
    json.writeObjectPropertyStart("reached");
    attempt
        .reached()
        .forEach((stage, report) -> latest(stage.name(), report, JsonBytes::writeString));
    json.writeEndObject();
    latest("failure", attempt.failure(), FailureJson::write);
    latest("trace_id", attempt.traceId(), (g, trace) -> g.writeString(trace.value()));
    json.writeEndObject();
  }

  private <T> void latest(String name, @Nullable Latest<T> latest, BiConsumer<JsonBytes, T> value) {
    if (latest == null) {
      return;
    }
    json.writeArrayPropertyStart(name);
    value.accept(json, latest.value());
    json.writeNumber(number(latest));
    json.writeEndArray();
  }

  private int number(Latest<?> latest) {
    // Most facts are the last word of the same event, and most messages have few events.
    for (int i = said.size() - 1; i >= 0 && i >= said.size() - FEW; i--) {
      if (said.get(i).is(latest)) {
        return i;
      }
    }
    Said event = new Said(latest.time(), latest.event());
    if (said.size() > FEW) {
      for (int i = numbers.size(); i < said.size(); i++) {
        numbers.put(said.get(i), i);
      }
      Integer known = numbers.get(event);
      if (known != null) {
        return known;
      }
    }
    said.add(event);
    return said.size() - 1;
  }

  private void said(Said event) {
    json.writeStartArray();
    json.writeMoment(event.time());
    json.writeString(event.id().source());
    json.writeString(event.id().id());
    json.writeEndArray();
  }

  private record Said(Instant time, EventId id) {
    boolean is(Latest<?> latest) {
      // Ids of one message's events differ at their end alone: the times tell sooner.
      return time.equals(latest.time()) && id.equals(latest.event());
    }
  }
}
