package io.tillpost.store.json;

import io.tillpost.message.BusinessKey;
import io.tillpost.message.EventId;
import io.tillpost.message.MessageEvent;
import io.tillpost.message.MessageId;
import io.tillpost.message.Money;
import io.tillpost.message.Payload;
import io.tillpost.message.Stage;
import io.tillpost.store.WrittenEvent;
import io.tillpost.trace.SpanId;
import io.tillpost.trace.TraceId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The document of a message event, complete: the event can be read back from it. */
public final class EventJson {
  private EventJson() {}

  /** Writes one object. */
  public static void write(JsonBytes json, MessageEvent event) {
    json.writeStartObject();
    own(new Fields(json), event);
    facts(new Fields(json), event);
    content(json, event);
    json.writeEndObject();
  }

  /** Writes one object into an array of its own. */
  public static WrittenEvent written(MessageEvent event) {
    JsonBytes json = new JsonBytes(new byte[1_024]);
    json.writeStartObject();
    own(new Fields(json), event);
    // Behind the comma, which is written with the next member.
    int factsFrom = json.size() + 1;
    facts(new Fields(json), event);
    int factsTo = json.size();
    content(json, event);
    json.writeEndObject();
    return new WrittenEvent(
        event.id().documentId(),
        event.messageId().value(),
        event.time(),
        event.capturedAt(),
        json.array(),
        0,
        json.size(),
        factsFrom,
        factsTo);
  }

  /** What is of this event alone. */
  private static void own(Fields fields, MessageEvent event) {
    fields
        .text("event_source", event.id().source())
        .text("event_id", event.id().id())
        .text("message_id", event.messageId().value())
        .text("workflow", event.workflow())
        .text("stage", event.stage().name())
        .number("attempt", (long) event.attempt())
        .moment("time", event.time());
  }

  /** What most events of a message say alike. */
  private static void facts(Fields fields, MessageEvent event) {
    BusinessKey key = event.businessKey();
    Money amount = event.amount();
    fields
        .moment("captured_at", event.capturedAt())
        .text("correlation_id", event.correlationId())
        .text("source", event.source())
        .text("target", event.target())
        .text("store_id", key.storeId())
        .text("register_id", key.registerId())
        .text("business_date", key.businessDate() == null ? null : key.businessDate().toString())
        .number("transaction_number", key.transactionNumber())
        .texts("keys", key.keys())
        .number("amount_minor", amount == null ? null : amount.minor())
        .text("currency", amount == null ? null : amount.currency())
        .text("schema_version", event.schemaVersion())
        .text("trace_id", event.traceId() == null ? null : event.traceId().value())
        .text("span_id", event.spanId() == null ? null : event.spanId().value());
  }

  private static void content(JsonBytes json, MessageEvent event) {
    new Fields(json).flag("has_payload", event.payload() != null);
    if (event.failure() != null) {
      json.writeName("failure");
      FailureJson.write(json, event.failure());
    }
    if (event.payload() != null) {
      json.writeName("payload");
      payload(json, event.payload());
    }
  }

  /** The event, without its payload where the document was read without it. */
  public static MessageEvent read(JsonNode json) {
    String traceId = text(json, "trace_id");
    String spanId = text(json, "span_id");
    JsonNode failure = json.get("failure");
    return new MessageEvent(
        new EventId(json.path("event_source").asString(), json.path("event_id").asString()),
        new MessageId(json.path("message_id").asString()),
        json.path("workflow").asString(),
        Stage.valueOf(json.path("stage").asString()),
        json.path("attempt").asInt(),
        Instant.parse(json.path("time").asString()),
        Instant.parse(json.path("captured_at").asString()),
        text(json, "correlation_id"),
        text(json, "source"),
        text(json, "target"),
        businessKey(json),
        json.has("amount_minor")
            ? new Money(json.path("amount_minor").asLong(), json.path("currency").asString())
            : null,
        text(json, "schema_version"),
        failure == null ? null : FailureJson.read(failure),
        payload(json),
        traceId == null ? null : new TraceId(traceId),
        spanId == null ? null : new SpanId(spanId));
  }

  /** The text, or null where the member is missing. */
  static @Nullable String text(JsonNode object, String member) {
    JsonNode value = object.path(member);
    return value.isMissingNode() || value.isNull() ? null : value.asString();
  }

  private static BusinessKey businessKey(JsonNode json) {
    String date = text(json, "business_date");
    TreeMap<String, String> keys = new TreeMap<>();
    JsonNode object = json.path("keys");
    object.propertyNames().forEach(name -> keys.put(name, object.path(name).asString()));
    return new BusinessKey(
        text(json, "store_id"),
        text(json, "register_id"),
        date == null ? null : LocalDate.parse(date),
        json.has("transaction_number") ? json.path("transaction_number").asLong() : null,
        keys);
  }

  private static void payload(JsonBytes json, Payload payload) {
    json.writeStartObject();
    new Fields(json)
        .text("content_type", payload.contentType())
        .text("body", payload.body())
        .flag("base64", payload.base64());
    json.writeEndObject();
  }

  private static @Nullable Payload payload(JsonNode event) {
    JsonNode json = event.get("payload");
    return json == null
        ? null
        : new Payload(
            json.path("content_type").asString(),
            json.path("body").asString(),
            json.path("base64").asBoolean());
  }
}
