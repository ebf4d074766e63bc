package io.tillpost.ingest.status;

import io.tillpost.trace.SpanId;
import io.tillpost.trace.TraceId;
import org.jspecify.annotations.Nullable;

/** The {@code traceparent} of W3C Trace Context. */
record TraceParent(TraceId traceId, SpanId spanId) {
  static final int TRACE_ID_AT = 3;
  static final int SPAN_ID_AT = 36;
  static final int LENGTH = 55;

  /** Reads it; null where it is malformed, because a receiver has to go on without it then. */
  static @Nullable TraceParent parse(String text) {
    if (text.length() < LENGTH || text.startsWith("ff") || text.charAt(2) != '-') {
      return null;
    }
    String traceId = text.substring(TRACE_ID_AT, TRACE_ID_AT + 32);
    String spanId = text.substring(SPAN_ID_AT, SPAN_ID_AT + 16);
    return TraceId.isValid(traceId) && SpanId.isValid(spanId)
        ? new TraceParent(new TraceId(traceId), new SpanId(spanId))
        : null;
  }
}
