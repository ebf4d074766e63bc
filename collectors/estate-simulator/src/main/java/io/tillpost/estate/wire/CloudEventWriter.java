package io.tillpost.estate.wire;

import io.tillpost.estate.message.Failure;
import io.tillpost.estate.message.Message;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonEncoding;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.ByteArrayBuilder;

/** Writes a message event as a CloudEvent 1.0 in JSON. */
public final class CloudEventWriter {
  /** The type of the events. */
  public static final String TYPE = "io.tillpost.message-event.v1";

  private static final JsonFactory JSON = new JsonFactory();

  private CloudEventWriter() {}

  /** The event in JSON. */
  public static EncodedEvent write(MessageEvent event) {
    ByteArrayBuilder bytes = new ByteArrayBuilder(event.payload() == null ? 1_024 : 4_096);
    try (JsonGenerator json =
        JSON.createGenerator(ObjectWriteContext.empty(), bytes, JsonEncoding.UTF8)) {
      json.writeStartObject();
      json.writeStringProperty("specversion", "1.0");
      json.writeStringProperty("type", TYPE);
      json.writeStringProperty("id", event.id());
      json.writeStringProperty("source", event.source());
      json.writeStringProperty("subject", event.message().id());
      json.writeStringProperty("time", Instant.ofEpochMilli(event.time()).toString());
      json.writeStringProperty("traceparent", event.traceparent());
      json.writeStringProperty("datacontenttype", "application/json");
      json.writeObjectPropertyStart("data");
      data(event, json);
      json.writeEndObject();
      json.writeEndObject();
    }
    return new EncodedEvent(bytes.toByteArray());
  }

  private static void data(MessageEvent event, JsonGenerator json) {
    Message message = event.message();
    json.writeStringProperty("stage", event.stage().name());
    json.writeStringProperty("workflow", message.workflow().id());
    json.writeNumberProperty("attempt", event.attempt());
    json.writeStringProperty("capturedAt", Instant.ofEpochMilli(message.capturedAt()).toString());
    json.writeStringProperty("correlationId", message.correlationId());
    json.writeStringProperty("source", message.workflow().source());
    json.writeStringProperty("target", message.workflow().target());
    json.writeStringProperty("storeId", message.store().id());
    json.writeStringProperty("businessDate", message.key().businessDate().toString());
    json.writeStringProperty("schemaVersion", message.workflow().schemaVersion());
    if (message.workflow().perRegister()) {
      int register = message.key().register();
      json.writeStringProperty("registerId", register < 10 ? "0" + register : "" + register);
      json.writeNumberProperty("transactionNumber", message.key().number());
    }
    if (message.amountMinor() != 0) {
      json.writeObjectPropertyStart("amount");
      json.writeNumberProperty("minor", message.amountMinor());
      json.writeStringProperty("currency", message.store().region().currency());
      json.writeEndObject();
    }
    json.writeObjectPropertyStart("keys");
    for (Map.Entry<String, String> key : event.keys().entrySet()) {
      json.writeStringProperty(key.getKey(), key.getValue());
    }
    json.writeEndObject();
    failure(event.failure(), json);
    if (event.payload() != null) {
      json.writeObjectPropertyStart("payload");
      json.writeStringProperty("contentType", "application/json");
      json.writeStringProperty("body", event.payload());
      json.writeEndObject();
    }
  }

  private static void failure(@Nullable Failure failure, JsonGenerator json) {
    if (failure == null) {
      return;
    }
    json.writeObjectPropertyStart("failure");
    json.writeStringProperty("code", failure.code());
    json.writeStringProperty("message", failure.text());
    if (failure.field() != null) {
      json.writeStringProperty("field", failure.field());
    }
    json.writeStringProperty("class", failure.failureClass());
    json.writeEndObject();
  }
}
