package io.tillpost.ingest.otlp;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.Span;
import io.tillpost.ingest.log.IngestRecord;
import io.tillpost.ingest.log.IngestRecord.OfWrittenSpan;
import io.tillpost.ingest.receive.Room;
import io.tillpost.ingest.receive.TimeWindow;
import io.tillpost.store.WrittenSpan;
import io.tillpost.store.json.Fields;
import io.tillpost.store.json.JsonBytes;
import io.tillpost.store.json.SpanJson;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Reads a trace request from its bytes. Usual spans become documents without an object for any of
 * their parts; the others are decoded one by one, and whoever reads decides what becomes of them.
 * See RATIONALE.md, "Spans from bytes to bytes".
 */
final class SpanRequest {
  private static final byte[] COMMA = {','};

  /** The last nanosecond of 2260, as the store believes it. */
  private static final long LATEST_NANOS = 9_183_110_399_999_999_999L;

  private final byte[] body;
  private final TimeWindow.Bounds believed;
  private final Sink sink;
  private final SpanSlices slices = new SpanSlices();
  private final Room room;
  private final JsonBytes json;
  private final SpanWriting writing;

  SpanRequest(byte[] body, TimeWindow window, SpanJson names, Room room, Sink sink) {
    this.body = body;
    this.believed = window.now();
    this.sink = sink;
    this.room = room;
    this.json = new JsonBytes(room.take());
    this.writing = new SpanWriting(json, names);
  }

  /** What takes the spans of a request, in order. */
  interface Sink {
    /** A span that is good, and written as it is stored. */
    void good(IngestRecord written);

    /** A span that has to be looked at. */
    void unusual(Span span, Resources resource, String scope);
  }

  /**
   * Reads all of it.
   *
   * @throws InvalidProtocolBufferException if it is not the expected message; some spans may have
   *     been given to the sink before
   */
  void read() throws InvalidProtocolBufferException {
    each(0, body.length, 1, this::ofResource);
    room.grown(json.array());
  }

  /** A message within the body. */
  private interface Part {
    void read(int from, int to) throws InvalidProtocolBufferException;
  }

  private void each(int from, int to, int field, Part part) throws InvalidProtocolBufferException {
    ProtobufFields fields = new ProtobufFields();
    fields.reset(body, from, to);
    while (fields.next()) {
      if (fields.is(field, ProtobufFields.BYTES)) {
        part.read(fields.from(), fields.to());
      }
    }
    if (fields.isBroken()) {
      throw new InvalidProtocolBufferException("it is cut off or holds an unknown type of field");
    }
  }

  private void ofResource(int from, int to) throws InvalidProtocolBufferException {
    Resource.Builder resource = Resource.newBuilder();
    each(from, to, 1, (first, behind) -> merge(resource, first, behind));
    Resources shared = Resources.of(resource.build());
    each(from, to, 2, (first, behind) -> ofScope(shared, first, behind));
  }

  private void ofScope(Resources resource, int from, int to) throws InvalidProtocolBufferException {
    InstrumentationScope.Builder named = InstrumentationScope.newBuilder();
    each(from, to, 1, (first, behind) -> merge(named, first, behind));
    String scope = SpanTranslator.scope(named.build());
    SpanWriting.Shared shared = shared(resource, scope);
    each(from, to, 2, (first, behind) -> span(resource, scope, shared, first, behind));
  }

  private void merge(Message.Builder part, int from, int to) throws InvalidProtocolBufferException {
    RequestBounds.checkParts(part.getDescriptorForType(), body, from, to);
    part.mergeFrom(body, from, to - from);
  }

  private void span(Resources resource, String scope, SpanWriting.Shared shared, int from, int to)
      throws InvalidProtocolBufferException {
    WrittenSpan written = slices.find(body, from, to) ? written(shared) : null;
    if (written == null) {
      RequestBounds.checkParts(Span.getDescriptor(), body, from, to);
      sink.unusual(Span.parser().parseFrom(body, from, to - from), resource, scope);
    } else {
      sink.good(new OfWrittenSpan(written));
    }
  }

  private @Nullable WrittenSpan written(SpanWriting.Shared shared) {
    if (slices.start <= 0 || slices.end < 0 || slices.end > LATEST_NANOS) {
      return null;
    }
    Instant start = UnixNanos.toInstant(slices.start);
    if (!believed.hold(start)) {
      return null;
    }
    int from = json.size();
    // Also so that no comma is left from the span before.
    json.cutTo(from);
    if (!writing.write(body, slices, start, shared)) {
      json.cutTo(from);
      return null;
    }
    RequestBounds.checkWritten(json.size());
    byte[] bytes = json.array();
    return new WrittenSpan(SpanWriting.documentId(bytes, from), start, bytes, from, json.size());
  }

  private SpanWriting.Shared shared(Resources resource, String scope) {
    JsonBytes service = new JsonBytes(new byte[64]);
    service.writeString(resource.service());
    JsonBytes end = new JsonBytes(new byte[512]);
    end.writeRaw(COMMA);
    new Fields(end)
        .text("scope", scope.isEmpty() ? null : scope)
        .texts("resource", resource.attributes());
    if (end.size() == COMMA.length) {
      end.cutTo(0);
    }
    end.writeEndObject();
    return new SpanWriting.Shared(service.toByteArray(), end.toByteArray());
  }
}
