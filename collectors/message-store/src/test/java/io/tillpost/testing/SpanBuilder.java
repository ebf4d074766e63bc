package io.tillpost.testing;

import io.tillpost.trace.Span;
import io.tillpost.trace.SpanEvent;
import io.tillpost.trace.SpanId;
import io.tillpost.trace.SpanKind;
import io.tillpost.trace.SpanStatus;
import io.tillpost.trace.TraceId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Builds a span for a test. */
public final class SpanBuilder {
  private TraceId traceId;
  private SpanId id;
  private @Nullable SpanId parentId;
  private String name = "POST /sales";
  private SpanKind kind = SpanKind.SERVER;
  private String service = "middleware";
  private Instant start = Samples.MORNING;
  private Duration duration = Duration.ofMillis(40);
  private SpanStatus status = SpanStatus.UNSET;
  private String statusMessage = "";
  private final Map<String, String> attributes = new LinkedHashMap<>();
  private final List<SpanEvent> events = new ArrayList<>();

  SpanBuilder(long number) {
    traceId = new TraceId("4bf92f3577b34da6%016x".formatted(number));
    id = new SpanId("%016x".formatted(number));
    attributes.put("http.request.method", "POST");
  }

  public SpanBuilder trace(TraceId newTrace) {
    traceId = newTrace;
    return this;
  }

  public SpanBuilder id(SpanId newId) {
    id = newId;
    return this;
  }

  /** In the trace of that span, below it. */
  public SpanBuilder childOf(Span parent) {
    traceId = parent.traceId();
    parentId = parent.id();
    return this;
  }

  public SpanBuilder name(String newName) {
    name = newName;
    return this;
  }

  public SpanBuilder kind(SpanKind newKind) {
    kind = newKind;
    return this;
  }

  public SpanBuilder service(String newService) {
    service = newService;
    return this;
  }

  /** A client span that calls this system. */
  public SpanBuilder calling(String peer) {
    kind = SpanKind.CLIENT;
    return attribute("peer.service", peer);
  }

  /** The id of the message that the span works on. */
  public SpanBuilder message(String messageId) {
    return attribute("messaging.message.id", messageId);
  }

  public SpanBuilder start(Instant newStart) {
    start = newStart;
    return this;
  }

  public SpanBuilder lasting(Duration newDuration) {
    duration = newDuration;
    return this;
  }

  public SpanBuilder failed(String message) {
    status = SpanStatus.ERROR;
    statusMessage = message;
    return this;
  }

  public SpanBuilder attribute(String key, String value) {
    attributes.put(key, value);
    return this;
  }

  public SpanBuilder event(String eventName, Instant time, Map<String, String> eventAttributes) {
    events.add(new SpanEvent(eventName, time, eventAttributes));
    return this;
  }

  public Span build() {
    return new Span(
        traceId,
        id,
        parentId,
        name,
        kind,
        service,
        start,
        start.plus(duration),
        status,
        statusMessage,
        attributes,
        Map.of("service.name", service),
        "io.tillpost.testing",
        events);
  }
}
