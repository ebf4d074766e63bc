package io.tillpost.ingest.status;

import io.tillpost.message.Payload;
import io.tillpost.trace.SpanId;
import io.tillpost.trace.TraceId;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A CloudEvent in JSON. Members set to null are absent. */
final class CloudEventInput implements EventInput {
  private final JsonNode event;
  private final @Nullable TraceParent trace;

  CloudEventInput(JsonNode event) {
    this.event = event;
    JsonNode parent = event.path("traceparent");
    this.trace = parent.isString() ? TraceParent.parse(parent.stringValue()) : null;
  }

  /** Whether it is an event of ours at all; throws if not. */
  void checkEnvelope() {
    if (!event.isObject()) {
      throw new WrongFieldException("event", "is not a JSON object");
    }
    expect("specversion", "1.0");
    expect("type", "io.tillpost.message-event.v1");
    JsonNode data = event.path("data");
    if (isAbsent(data)) {
      throw new WrongFieldException("data", "is missing");
    }
    if (!data.isObject()) {
      throw new WrongFieldException("data", "is not a JSON object");
    }
  }

  private void expect(String member, String value) {
    String text = text(event.path(member), member);
    if (text == null) {
      throw new WrongFieldException(member, "is missing");
    }
    if (!text.equals(value)) {
      throw new WrongFieldException(
          member, WrongFieldException.quote(text) + " is not " + WrongFieldException.quote(value));
    }
  }

  @Override
  public String name(EventField field) {
    return field.cloudEventPath();
  }

  @Override
  public @Nullable String text(EventField field) {
    return text(node(field), field.cloudEventPath());
  }

  private static @Nullable String text(JsonNode node, String path) {
    if (isAbsent(node)) {
      return null;
    }
    if (!node.isString()) {
      throw new WrongFieldException(path, "is not a text");
    }
    return node.stringValue();
  }

  @Override
  public @Nullable Long number(EventField field) {
    JsonNode node = node(field);
    if (isAbsent(node)) {
      return null;
    }
    if (!node.isIntegralNumber() || !node.canConvertToLong()) {
      throw new WrongFieldException(field.cloudEventPath(), "is not a whole number of 64 bits");
    }
    return node.longValue();
  }

  private JsonNode node(EventField field) {
    JsonNode node = event;
    String path = field.cloudEventPath();
    int from = 0;
    for (int dot = path.indexOf('.'); dot >= 0; dot = path.indexOf('.', from)) {
      node = child(node, path, from, dot);
      from = dot + 1;
    }
    return child(node, path, from, path.length());
  }

  private static JsonNode child(JsonNode parent, String path, int from, int to) {
    if (from > 0 && !isAbsent(parent) && !parent.isObject()) {
      throw new WrongFieldException(path.substring(0, from - 1), "is not a JSON object");
    }
    return parent.path(path.substring(from, to));
  }

  @Override
  public @Nullable Instant time() {
    String text = text(EventField.TIME);
    return text == null ? null : Times.parse("time", text);
  }

  @Override
  public @Nullable String id() {
    return text(EventField.ID);
  }

  @Override
  public Map<String, String> keys() {
    JsonNode keys = node(EventField.KEYS);
    if (isAbsent(keys)) {
      return Map.of();
    }
    if (!keys.isObject()) {
      throw new WrongFieldException("data.keys", "is not a JSON object");
    }
    Map<String, String> texts = new LinkedHashMap<>();
    keys.properties()
        .forEach(
            entry -> {
              String value = text(entry.getValue(), "data.keys." + entry.getKey());
              if (value != null) {
                texts.put(entry.getKey(), value);
              }
            });
    return texts;
  }

  @Override
  public boolean hasFailure() {
    return !isAbsent(event.path("data").path("failure"));
  }

  @Override
  public boolean hasAmount() {
    return !isAbsent(event.path("data").path("amount"));
  }

  @Override
  public @Nullable Payload payload() {
    JsonNode payload = node(EventField.PAYLOAD);
    if (isAbsent(payload)) {
      return null;
    }
    if (!payload.isObject()) {
      throw new WrongFieldException("data.payload", "is not a JSON object");
    }
    String contentType = text(payload.path("contentType"), "data.payload.contentType");
    String body = text(payload.path("body"), "data.payload.body");
    String base64 = text(payload.path("bodyBase64"), "data.payload.bodyBase64");
    if (body != null && base64 != null) {
      throw new WrongFieldException("data.payload", "has both body and bodyBase64");
    }
    if (base64 != null) {
      return new Payload(
          contentType == null ? "application/octet-stream" : contentType, base64, true);
    }
    return body == null
        ? null
        : new Payload(contentType == null ? "text/plain" : contentType, body, false);
  }

  @Override
  public @Nullable TraceId traceId() {
    return trace == null ? null : trace.traceId();
  }

  @Override
  public @Nullable SpanId spanId() {
    return trace == null ? null : trace.spanId();
  }

  private static boolean isAbsent(JsonNode node) {
    return node.isMissingNode() || node.isNull();
  }
}
