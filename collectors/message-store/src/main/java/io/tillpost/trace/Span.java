package io.tillpost.trace;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One span of an OpenTelemetry trace.
 *
 * @param parentId null for a root span
 * @param service {@code service.name} of the resource; {@code unknown_service} where it is missing
 * @param start to the nanosecond
 * @param end not before the start
 * @param statusMessage empty where there is none
 * @param attributes values as text, by name; arrays and maps as JSON
 * @param resource attributes of the resource, as text
 * @param scope name of the instrumentation scope; may be empty
 * @param events in order of time
 */
public record Span(
    TraceId traceId,
    SpanId id,
    @Nullable SpanId parentId,
    String name,
    SpanKind kind,
    String service,
    Instant start,
    Instant end,
    SpanStatus status,
    String statusMessage,
    Map<String, String> attributes,
    Map<String, String> resource,
    String scope,
    List<SpanEvent> events) {
  public Span {
    attributes = Map.copyOf(attributes);
    resource = Map.copyOf(resource);
    events = List.copyOf(events);
  }

  /** How long it took; to the nanosecond. */
  public Duration duration() {
    return Duration.between(start, end);
  }

  /** The id of the message it works on ({@code messaging.message.id}), or null. */
  public @Nullable String messageId() {
    return attributes.get("messaging.message.id");
  }

  /**
   * The system that a client or producer span calls: {@code peer.service}, else {@code
   * server.address}; null for other kinds and where neither is known.
   */
  public @Nullable String peer() {
    if (kind != SpanKind.CLIENT && kind != SpanKind.PRODUCER) {
      return null;
    }
    String peer = attributes.get("peer.service");
    return peer != null ? peer : attributes.get("server.address");
  }

  /** The same for the same span for ever: trace id and span id. */
  public String documentId() {
    return traceId.value() + id.value();
  }
}
