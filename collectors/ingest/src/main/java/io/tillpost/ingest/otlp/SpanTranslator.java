package io.tillpost.ingest.otlp;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.TextFormat;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.tillpost.ingest.log.IngestRecord;
import io.tillpost.ingest.log.IngestRecord.OfParked;
import io.tillpost.ingest.log.IngestRecord.OfSpan;
import io.tillpost.ingest.log.IngestRecord.OfWrittenSpan;
import io.tillpost.ingest.masking.CardNumbers;
import io.tillpost.ingest.receive.Delivery;
import io.tillpost.ingest.receive.Parking;
import io.tillpost.ingest.receive.Room;
import io.tillpost.ingest.receive.Sender;
import io.tillpost.ingest.receive.TimeWindow;
import io.tillpost.ingest.status.EventField;
import io.tillpost.store.ParkedRecord;
import io.tillpost.store.WrittenSpan;
import io.tillpost.store.json.JsonBytes;
import io.tillpost.store.json.SpanJson;
import io.tillpost.trace.SpanEvent;
import io.tillpost.trace.SpanId;
import io.tillpost.trace.SpanKind;
import io.tillpost.trace.SpanStatus;
import io.tillpost.trace.TraceId;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes spans of an OTLP trace request. */
final class SpanTranslator {
  static final int MAX_NAME = 1_000;
  private static final int MAX_EVENTS = 128;

  /** Until here the store takes moments. */
  private static final Instant LATEST = Instant.parse("2261-01-01T00:00:00Z");

  private final SpanJson json = new SpanJson();
  private final Room room = new Room();
  private final TimeWindow window;
  private final Clock clock;

  SpanTranslator(TimeWindow window, Clock clock) {
    this.window = window;
    this.clock = clock;
  }

  /** A request that is decoded. */
  Translation translate(Sender sender, ExportTraceServiceRequest request) {
    Translated translated = new Translated(sender);
    for (ResourceSpans ofResource : request.getResourceSpansList()) {
      Resources resource = Resources.of(ofResource.getResource());
      for (ScopeSpans ofScope : ofResource.getScopeSpansList()) {
        String scope = scope(ofScope.getScope());
        for (Span span : ofScope.getSpansList()) {
          translated.unusual(span, resource, scope);
        }
      }
    }
    return translated.translation();
  }

  /**
   * A request in protobuf.
   *
   * @throws InvalidProtocolBufferException if it is none
   */
  Translation translate(Sender sender, byte[] body) throws InvalidProtocolBufferException {
    // Of a sender that is bound to stores, every attribute has to be looked at.
    if (!sender.isBound()) {
      Translated translated = new Translated(sender);
      try {
        new SpanRequest(body, window, json, room, translated).read();
        return translated.translation();
      } catch (InvalidProtocolBufferException _) {
        // What is wrong, or only odd, the generated classes know.
      }
    }
    RequestBounds.checkParts(ExportTraceServiceRequest.getDescriptor(), body, 0, body.length);
    return translate(sender, ExportTraceServiceRequest.parseFrom(body));
  }

  static String scope(InstrumentationScope scope) {
    return Attributes.cut(CardNumbers.mask(scope.getName()), MAX_NAME);
  }

  /** What became of the spans so far. */
  private final class Translated implements SpanRequest.Sink {
    private final Sender sender;
    private final List<IngestRecord> accepted = new ArrayList<>();
    private final List<OfParked> rejected = new ArrayList<>();
    private @Nullable String first;

    /** Of spans that are no bytes yet, with the resource that each of them will have. */
    private long characters;

    Translated(Sender sender) {
      this.sender = sender;
    }

    @Override
    public void good(IngestRecord written) {
      accepted.add(written);
    }

    @Override
    public void unusual(Span span, Resources resource, String scope) {
      characters += resource.characters();
      RequestBounds.checkWritten(characters);
      TraceId traceId = Ids.traceId(span.getTraceId());
      SpanId id = Ids.spanId(span.getSpanId());
      String problem = problem(span, traceId, id);
      if (problem == null && sender.isBound()) {
        problem = storeProblem(sender, span, resource);
      }
      if (problem == null && traceId != null && id != null) {
        accepted.add(record(span(traceId, id, span, resource, scope)));
      } else {
        String reason = String.valueOf(problem);
        first = first == null ? reason : first;
        rejected.add(park(span, resource, reason));
      }
    }

    Translation translation() {
      String refusals =
          first == null ? "" : rejected.size() + " spans can never be stored, the first: " + first;
      return new Translation(new Delivery(accepted, rejected, 0), refusals);
    }
  }

  /** Written already, unless it has a moment that the store will refuse. */
  private IngestRecord record(io.tillpost.trace.Span span) {
    boolean detailed = span.end().isBefore(LATEST);
    for (SpanEvent event : span.events()) {
      detailed &= event.time().isBefore(LATEST);
    }
    if (!detailed) {
      return new OfSpan(span);
    }
    JsonBytes bytes = new JsonBytes(new byte[1_024]);
    json.write(bytes, span);
    return new OfWrittenSpan(
        new WrittenSpan(span.documentId(), span.start(), bytes.array(), 0, bytes.size()));
  }

  private @Nullable String problem(Span span, @Nullable TraceId traceId, @Nullable SpanId id) {
    if (traceId == null) {
      return "trace_id: is not 16 bytes other than zero";
    }
    if (id == null) {
      return "span_id: is not 8 bytes other than zero";
    }
    if (!span.getParentSpanId().isEmpty() && span.getParentSpanId().size() != 8) {
      return "parent_span_id: is not 8 bytes";
    }
    if (span.getStartTimeUnixNano() == 0) {
      return "start_time_unix_nano: is missing";
    }
    String start = window.problem(UnixNanos.toInstant(span.getStartTimeUnixNano()));
    return start == null ? null : "start_time_unix_nano: " + start;
  }

  /** Spans need not name a store, but must not name one that is not the sender's. */
  private static @Nullable String storeProblem(Sender sender, Span span, Resources resource) {
    String name = EventField.STORE_ID.attribute();
    String ofResource = resource.attributes().get(name);
    String problem = ofResource == null ? null : sender.problem(ofResource);
    for (KeyValue attribute : span.getAttributesList()) {
      if (problem == null && attribute.getKey().equals(name)) {
        problem = sender.problem(Attributes.text(attribute.getValue()));
      }
    }
    return problem == null ? null : name + ": " + problem;
  }

  private static io.tillpost.trace.Span span(
      TraceId traceId, SpanId id, Span span, Resources resource, String scope) {
    Instant start = UnixNanos.toInstant(span.getStartTimeUnixNano());
    Instant end = UnixNanos.toInstant(span.getEndTimeUnixNano());
    return new io.tillpost.trace.Span(
        traceId,
        id,
        Ids.spanId(span.getParentSpanId()),
        Attributes.cut(CardNumbers.mask(span.getName()), MAX_NAME),
        kind(span),
        resource.service(),
        start,
        // A clock set back while the span ran: it took no time, rather than less than none.
        end.isBefore(start) ? start : end,
        status(span),
        Attributes.cut(CardNumbers.mask(span.getStatus().getMessage()), MAX_NAME),
        Attributes.masked(span.getAttributesList()),
        resource.attributes(),
        scope,
        events(span));
  }

  private static SpanKind kind(Span span) {
    return switch (span.getKind()) {
      case SPAN_KIND_INTERNAL -> SpanKind.INTERNAL;
      case SPAN_KIND_SERVER -> SpanKind.SERVER;
      case SPAN_KIND_CLIENT -> SpanKind.CLIENT;
      case SPAN_KIND_PRODUCER -> SpanKind.PRODUCER;
      case SPAN_KIND_CONSUMER -> SpanKind.CONSUMER;
      default -> SpanKind.UNSPECIFIED;
    };
  }

  private static SpanStatus status(Span span) {
    return switch (span.getStatus().getCode()) {
      case STATUS_CODE_OK -> SpanStatus.OK;
      case STATUS_CODE_ERROR -> SpanStatus.ERROR;
      default -> SpanStatus.UNSET;
    };
  }

  private static List<SpanEvent> events(Span span) {
    return span.getEventsList().stream()
        .limit(MAX_EVENTS)
        .map(
            event ->
                new SpanEvent(
                    Attributes.cut(CardNumbers.mask(event.getName()), MAX_NAME),
                    UnixNanos.toInstant(event.getTimeUnixNano()),
                    Attributes.masked(event.getAttributesList())))
        .toList();
  }

  private OfParked park(Span span, Resources resource, String problem) {
    return Parking.park(
        ParkedRecord.Kind.SPAN,
        problem,
        resource.service(),
        clock.instant(),
        true,
        TextFormat.printer().escapingNonAscii(false).emittingSingleLine(true).printToString(span));
  }
}
