package io.tillpost.store.elasticsearch;

import io.tillpost.message.Attempt;
import io.tillpost.message.EventId;
import io.tillpost.message.Latest;
import io.tillpost.message.Message;
import io.tillpost.message.MessageFacts;
import io.tillpost.message.MessageId;
import io.tillpost.message.Money;
import io.tillpost.message.Stage;
import io.tillpost.store.json.FailureJson;
import io.tillpost.trace.TraceId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads what {@link StateWriter} wrote. */
final class StateReader {
  private final List<Said> said;

  private StateReader(List<Said> said) {
    this.said = said;
  }

  /** The state in this object. */
  static Message read(JsonNode state) {
    List<Said> said = new ArrayList<>();
    for (JsonNode event : state.path("said")) {
      said.add(
          new Said(
              Instant.parse(event.path(0).asString()),
              new EventId(event.path(1).asString(), event.path(2).asString())));
    }
    return new StateReader(said).message(state);
  }

  private Message message(JsonNode state) {
    TreeMap<Integer, Attempt> attempts = new TreeMap<>();
    for (JsonNode json : state.path("attempts")) {
      Attempt attempt = attempt(json);
      attempts.put(attempt.number(), attempt);
    }
    return new Message(
        new MessageId(state.path("id").asString()),
        Instant.parse(state.path("captured_at").asString()),
        facts(state.path("facts")),
        attempts,
        Instant.parse(state.path("last_event_at").asString()));
  }

  private MessageFacts facts(JsonNode facts) {
    return new MessageFacts(
        Objects.requireNonNull(text(facts, "workflow")),
        text(facts, "correlation_id"),
        text(facts, "source"),
        text(facts, "target"),
        text(facts, "store_id"),
        text(facts, "register_id"),
        latest(facts.get("business_date"), date -> LocalDate.parse(date.asString())),
        latest(facts.get("transaction_number"), JsonNode::asLong),
        latest(
            facts.get("amount_minor"),
            minor -> new Money(minor.asLong(), facts.path("currency").path(0).asString())),
        text(facts, "schema_version"),
        text(facts, "payload"),
        texts(facts.path("keys")));
  }

  private Attempt attempt(JsonNode attempt) {
    EnumMap<Stage, Latest<String>> reached = new EnumMap<>(Stage.class);
    JsonNode stages = attempt.path("reached");
    stages
        .propertyNames()
        .forEach(
            stage ->
                reached.put(Stage.valueOf(stage), Objects.requireNonNull(text(stages, stage))));
    return new Attempt(
        attempt.path("number").asInt(),
        reached,
        latest(attempt.get("failure"), FailureJson::read),
        latest(attempt.get("trace_id"), id -> new TraceId(id.asString())));
  }

  private SortedMap<String, Latest<String>> texts(JsonNode object) {
    TreeMap<String, Latest<String>> texts = new TreeMap<>();
    object
        .propertyNames()
        .forEach(name -> texts.put(name, Objects.requireNonNull(text(object, name))));
    return texts;
  }

  private @Nullable Latest<String> text(JsonNode object, String member) {
    return latest(object.get(member), JsonNode::asString);
  }

  private <T> @Nullable Latest<T> latest(@Nullable JsonNode json, Function<JsonNode, T> value) {
    if (json == null) {
      return null;
    }
    Said event = said.get(json.path(1).asInt());
    return new Latest<>(value.apply(json.path(0)), event.time(), event.id());
  }

  private record Said(Instant time, EventId id) {}
}
