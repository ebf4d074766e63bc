package io.tillpost.ingest.log;

import io.tillpost.trace.Span;
import io.tillpost.trace.SpanEvent;
import io.tillpost.trace.SpanId;
import io.tillpost.trace.SpanKind;
import io.tillpost.trace.SpanStatus;
import io.tillpost.trace.TraceId;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A span, field after field. */
final class SpanFormat {
  private SpanFormat() {}

  static void write(Span span, RecordWriter out) throws IOException {
    out.text(span.traceId().value());
    out.text(span.id().value());
    out.optional(span.parentId() == null ? null : span.parentId().value());
    out.text(span.name());
    out.text(span.kind().name());
    out.text(span.service());
    out.instant(span.start());
    out.instant(span.end());
    out.text(span.status().name());
    out.text(span.statusMessage());
    out.texts(span.attributes());
    out.texts(span.resource());
    out.text(span.scope());
    out.number(span.events().size());
    for (SpanEvent event : span.events()) {
      out.text(event.name());
      out.instant(event.time());
      out.texts(event.attributes());
    }
  }

  static Span read(RecordReader in) throws IOException {
    TraceId traceId = new TraceId(in.text());
    SpanId id = new SpanId(in.text());
    String parentId = in.optional();
    String name = in.text();
    SpanKind kind = SpanKind.valueOf(in.text());
    String service = in.text();
    Instant start = in.instant();
    Instant end = in.instant();
    SpanStatus status = SpanStatus.valueOf(in.text());
    String statusMessage = in.text();
    Map<String, String> attributes = in.texts();
    Map<String, String> resource = in.texts();
    String scope = in.text();
    int size = in.count();
    List<SpanEvent> events = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      events.add(new SpanEvent(in.text(), in.instant(), in.texts()));
    }
    return new Span(
        traceId,
        id,
        parentId == null ? null : new SpanId(parentId),
        name,
        kind,
        service,
        start,
        end,
        status,
        statusMessage,
        attributes,
        resource,
        scope,
        events);
  }
}
