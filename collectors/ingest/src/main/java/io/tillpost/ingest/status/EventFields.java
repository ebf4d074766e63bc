package io.tillpost.ingest.status;

import io.tillpost.message.Payload;
import io.tillpost.trace.SpanId;
import io.tillpost.trace.TraceId;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a CloudEvent of ours that has the types it should have, as {@link CloudEventReader}
 * found them: no object for each member of the JSON. Used again for the next event.
 */
final class EventFields implements EventInput {
  private final Map<EventField, String> texts = new EnumMap<>(EventField.class);
  private final Map<EventField, Long> numbers = new EnumMap<>(EventField.class);
  private final Map<String, String> keys = new TreeMap<>();
  private @Nullable TraceParent trace;
  private @Nullable Payload payload;
  private boolean amount;
  private boolean failure;

  /** Forgets all of it. */
  void clear() {
    texts.clear();
    numbers.clear();
    keys.clear();
    trace = null;
    payload = null;
    amount = false;
    failure = false;
  }

  void put(EventField field, String text) {
    texts.put(field, text);
  }

  void put(EventField field, long number) {
    numbers.put(field, number);
  }

  void putKey(String name, String value) {
    keys.put(name, value);
  }

  void putTrace(String traceParent) {
    trace = TraceParent.parse(traceParent);
  }

  void putPayload(Payload content) {
    payload = content;
  }

  void foundAmount() {
    amount = true;
  }

  void foundFailure() {
    failure = true;
  }

  @Override
  public String name(EventField field) {
    return field.cloudEventPath();
  }

  @Override
  public @Nullable String text(EventField field) {
    return texts.get(field);
  }

  @Override
  public @Nullable Long number(EventField field) {
    return numbers.get(field);
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
    return keys;
  }

  @Override
  public boolean hasFailure() {
    return failure;
  }

  @Override
  public boolean hasAmount() {
    return amount;
  }

  @Override
  public @Nullable Payload payload() {
    return payload;
  }

  @Override
  public @Nullable TraceId traceId() {
    return trace == null ? null : trace.traceId();
  }

  @Override
  public @Nullable SpanId spanId() {
    return trace == null ? null : trace.spanId();
  }
}
