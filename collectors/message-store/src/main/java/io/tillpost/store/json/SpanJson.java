package io.tillpost.store.json;

import io.tillpost.store.SearchWords;
import io.tillpost.trace.Span;
import io.tillpost.trace.SpanEvent;
import io.tillpost.trace.SpanId;
import io.tillpost.trace.SpanKind;
import io.tillpost.trace.SpanStatus;
import io.tillpost.trace.TraceId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;

/**
 * The document of a span, complete: the span can be read back from it to the nanosecond. Safe for
 * several threads.
 */
public final class SpanJson {
  /** Names with an id in them may be many; then all are forgotten. */
  private static final int MOST_NAMES = 2_000;

  private final Map<String, byte[]> names = new ConcurrentHashMap<>();

  /** Knows no name yet. */
  public SpanJson() {}

  /** The members {@code name} and {@code name_words} as JSON, without a comma around them. */
  public byte[] name(String name) {
    byte[] json = names.get(name);
    if (json == null) {
      if (names.size() >= MOST_NAMES) {
        names.clear();
      }
      JsonBytes bytes = new JsonBytes(new byte[128]);
      new Fields(bytes).text("name", name).texts("name_words", SearchWords.ofName(name));
      json = bytes.toByteArray();
      names.put(name, json);
    }
    return json;
  }

  /**
   * Writes one object.
   *
   * @throws ArithmeticException for a moment beyond the years 1678 to 2261
   */
  public void write(JsonBytes json, Span span) {
    boolean root = span.parentId() == null;
    long start = nanos(span.start());
    long end = nanos(span.end());
    json.writeStartObject();
    new Fields(json)
        .text("trace_id", span.traceId().value())
        .text("span_id", span.id().value())
        .text("parent_id", span.parentId() == null ? null : span.parentId().value())
        .flag("root", root)
        .flag("entry", root || span.kind() == SpanKind.SERVER || span.kind() == SpanKind.CONSUMER);
    json.writeMembers(name(span.name()));
    new Fields(json)
        .text("kind", span.kind().name())
        .text("service", span.service())
        .text("peer", span.peer())
        .text("message_id", span.messageId())
        .moment("start", span.start())
        .number("start_nanos", start)
        .number("end_nanos", end)
        .number("duration_nanos", end - start)
        .text("status", span.status().name())
        .text("status_message", span.statusMessage().isEmpty() ? null : span.statusMessage())
        .text("scope", span.scope().isEmpty() ? null : span.scope())
        .texts("attributes", span.attributes())
        .texts("resource", span.resource());
    events(json, span.events());
    json.writeEndObject();
  }

  /** The span of a document. */
  public static Span read(JsonNode json) {
    String parent = json.path("parent_id").asString(null);
    return new Span(
        new TraceId(json.path("trace_id").asString()),
        new SpanId(json.path("span_id").asString()),
        parent == null ? null : new SpanId(parent),
        json.path("name").asString(),
        SpanKind.valueOf(json.path("kind").asString()),
        json.path("service").asString(),
        moment(json.path("start_nanos").asLong()),
        moment(json.path("end_nanos").asLong()),
        SpanStatus.valueOf(json.path("status").asString()),
        json.path("status_message").asString(""),
        texts(json.path("attributes")),
        texts(json.path("resource")),
        json.path("scope").asString(""),
        events(json.path("events")));
  }

  private static void events(JsonBytes json, List<SpanEvent> events) {
    if (events.isEmpty()) {
      return;
    }
    json.writeArrayPropertyStart("events");
    for (SpanEvent event : events) {
      json.writeStartObject();
      new Fields(json)
          .text("name", event.name())
          .number("time_nanos", nanos(event.time()))
          .texts("attributes", event.attributes());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static List<SpanEvent> events(JsonNode array) {
    List<SpanEvent> events = new ArrayList<>();
    for (JsonNode event : array) {
      events.add(
          new SpanEvent(
              event.path("name").asString(),
              moment(event.path("time_nanos").asLong()),
              texts(event.path("attributes"))));
    }
    return events;
  }

  private static Map<String, String> texts(JsonNode object) {
    Map<String, String> texts = new LinkedHashMap<>();
    object.propertyNames().forEach(name -> texts.put(name, object.path(name).asString()));
    return texts;
  }

  /** Nanoseconds since the epoch; enough for the years 1678 to 2261. */
  static long nanos(Instant moment) {
    return Math.addExact(
        Math.multiplyExact(moment.getEpochSecond(), 1_000_000_000L), moment.getNano());
  }

  private static Instant moment(long nanos) {
    return Instant.ofEpochSecond(0, nanos);
  }
}
