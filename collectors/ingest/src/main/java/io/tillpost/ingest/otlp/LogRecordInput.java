package io.tillpost.ingest.otlp;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.AnyValue.ValueCase;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.tillpost.ingest.status.EventField;
import io.tillpost.ingest.status.EventInput;
import io.tillpost.ingest.status.WrongFieldException;
import io.tillpost.message.Payload;
import io.tillpost.trace.SpanId;
import io.tillpost.trace.TraceId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A message event that came as an OTLP log record. */
final class LogRecordInput implements EventInput {
  private static final String EVENT_NAME = "tillpost.message";
  private static final String KEY_PREFIX = EventField.KEYS.attribute() + ".";
  private static final int ID_BYTES = 20;

  private final LogRecord log;
  private final String service;
  private final Map<String, AnyValue> attributes;

  LogRecordInput(LogRecord log, String service) {
    this.log = log;
    this.service = service;
    this.attributes = HashMap.newHashMap(log.getAttributesCount());
    for (KeyValue attribute : log.getAttributesList()) {
      attributes.put(attribute.getKey(), attribute.getValue());
    }
  }

  /** Whether it is a message event; older SDKs have the event's name among the attributes. */
  boolean isMessageEvent() {
    if (!log.getEventName().isEmpty()) {
      return log.getEventName().equals(EVENT_NAME);
    }
    AnyValue name = attributes.get("event.name");
    return name != null && name.getStringValue().equals(EVENT_NAME);
  }

  @Override
  public String name(EventField field) {
    return field.attribute();
  }

  @Override
  public @Nullable String text(EventField field) {
    return field == EventField.SOURCE
        ? service
        : text(field.attribute(), attributes.get(field.attribute()));
  }

  private static @Nullable String text(String name, @Nullable AnyValue value) {
    if (value == null || value.getValueCase() == ValueCase.VALUE_NOT_SET) {
      return null;
    }
    if (value.getValueCase() != ValueCase.STRING_VALUE) {
      throw new WrongFieldException(name, "is not a text");
    }
    return value.getStringValue();
  }

  @Override
  public @Nullable Long number(EventField field) {
    AnyValue value = attributes.get(field.attribute());
    if (value == null || value.getValueCase() == ValueCase.VALUE_NOT_SET) {
      return null;
    }
    return switch (value.getValueCase()) {
      case INT_VALUE -> value.getIntValue();
      case DOUBLE_VALUE -> wholeNumber(field, value.getDoubleValue());
      default -> throw new WrongFieldException(field.attribute(), "is not a whole number");
    };
  }

  /** JavaScript has no other numbers, and its SDK sends large ones as doubles. */
  private static Long wholeNumber(EventField field, double value) {
    if (value != Math.rint(value) || Math.abs(value) > 1L << 53) {
      throw new WrongFieldException(field.attribute(), "is not a whole number");
    }
    return (long) value;
  }

  @Override
  public @Nullable Instant time() {
    long nanos = log.getTimeUnixNano() == 0 ? log.getObservedTimeUnixNano() : log.getTimeUnixNano();
    return nanos == 0 ? null : UnixNanos.toInstant(nanos);
  }

  @Override
  public @Nullable String id() {
    String given = text(EventField.ID);
    return given == null || given.isBlank() ? derivedId() : given;
  }

  /**
   * The same for the same content. The time of observation and the order of attributes are left
   * out, because they may differ when a record is sent again.
   */
  private String derivedId() {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      add(sha, Long.toUnsignedString(log.getTimeUnixNano()));
      new TreeMap<>(attributes)
          .forEach(
              (name, value) -> {
                add(sha, name);
                add(sha, Attributes.text(value));
              });
      add(sha, Attributes.text(log.getBody()));
      return "sha256-" + HexFormat.of().formatHex(sha.digest(), 0, ID_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }

  private static void add(MessageDigest sha, String part) {
    sha.update(part.getBytes(StandardCharsets.UTF_8));
    sha.update((byte) 0);
  }

  @Override
  public Map<String, String> keys() {
    Map<String, String> keys = new LinkedHashMap<>();
    attributes.forEach(
        (name, value) -> {
          if (name.startsWith(KEY_PREFIX)) {
            keys.put(name.substring(KEY_PREFIX.length()), Attributes.text(value));
          }
        });
    return keys;
  }

  @Override
  public boolean hasFailure() {
    return attributes.containsKey(EventField.FAILURE_CODE.attribute());
  }

  @Override
  public boolean hasAmount() {
    return attributes.containsKey(EventField.AMOUNT_MINOR.attribute())
        || attributes.containsKey(EventField.AMOUNT_CURRENCY.attribute());
  }

  @Override
  public @Nullable Payload payload() {
    AnyValue body = log.getBody();
    return switch (body.getValueCase()) {
      case VALUE_NOT_SET -> null;
      case BYTES_VALUE ->
          new Payload("application/octet-stream", base64(body.getBytesValue()), true);
      case KVLIST_VALUE, ARRAY_VALUE ->
          new Payload("application/json", Attributes.text(body), false);
      default -> textPayload(Attributes.text(body));
    };
  }

  /** As they came: what is masked depends on the workflow, which the rules know. */
  private static String base64(ByteString bytes) {
    return Base64.getEncoder().encodeToString(bytes.toByteArray());
  }

  private static @Nullable Payload textPayload(String text) {
    if (text.isEmpty()) {
      return null;
    }
    boolean json = text.startsWith("{") || text.startsWith("[");
    return new Payload(json ? "application/json" : "text/plain", text, false);
  }

  @Override
  public @Nullable TraceId traceId() {
    return Ids.traceId(log.getTraceId());
  }

  @Override
  public @Nullable SpanId spanId() {
    return Ids.spanId(log.getSpanId());
  }
}
