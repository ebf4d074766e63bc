package io.tillpost.ingest.status;

import io.tillpost.failure.Failure;
import io.tillpost.message.BusinessKey;
import io.tillpost.message.MessageEvent;
import io.tillpost.message.Payload;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Writes a message event as the CloudEvent that a sender would send. */
public final class CloudEventText {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private CloudEventText() {}

  /** One JSON object; the same for the same event for ever. */
  public static String of(MessageEvent event) {
    ObjectNode json = JSON.createObjectNode();
    json.put("specversion", "1.0")
        .put("type", "io.tillpost.message-event.v1")
        .put("id", event.id().id())
        .put("source", event.id().source())
        .put("subject", event.messageId().value())
        .put("time", event.time().toString());
    if (event.traceId() != null && event.spanId() != null) {
      json.put("traceparent", "00-" + event.traceId() + "-" + event.spanId() + "-01");
    }
    ObjectNode data = json.putObject("data");
    data.put("stage", event.stage().name())
        .put("workflow", event.workflow())
        .put("attempt", event.attempt())
        .put("capturedAt", event.capturedAt().toString());
    put(data, "correlationId", event.correlationId());
    put(data, "source", event.source());
    put(data, "target", event.target());
    put(data, "schemaVersion", event.schemaVersion());
    put(data, event.businessKey());
    if (event.amount() != null) {
      data.putObject("amount")
          .put("minor", event.amount().minor())
          .put("currency", event.amount().currency());
    }
    if (event.failure() != null) {
      put(data.putObject("failure"), event.failure());
    }
    Payload payload = event.payload();
    if (payload != null) {
      data.putObject("payload")
          .put("contentType", payload.contentType())
          .put(payload.base64() ? "bodyBase64" : "body", payload.body());
    }
    return json.toString();
  }

  private static void put(ObjectNode data, BusinessKey key) {
    put(data, "storeId", key.storeId());
    put(data, "registerId", key.registerId());
    put(data, "businessDate", key.businessDate() == null ? null : key.businessDate().toString());
    if (key.transactionNumber() != null) {
      data.put("transactionNumber", key.transactionNumber());
    }
    if (!key.keys().isEmpty()) {
      ObjectNode keys = data.putObject("keys");
      key.keys().forEach(keys::put);
    }
  }

  private static void put(ObjectNode json, Failure failure) {
    json.put("code", failure.code()).put("message", failure.message());
    put(json, "field", failure.field());
    put(json, "class", failure.failureClass() == null ? null : failure.failureClass().name());
  }

  private static void put(ObjectNode json, String name, @Nullable String value) {
    if (value != null) {
      json.put(name, value);
    }
  }
}
