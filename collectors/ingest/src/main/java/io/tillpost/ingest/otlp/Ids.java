package io.tillpost.ingest.otlp;

import com.google.protobuf.ByteString;
import io.tillpost.trace.SpanId;
import io.tillpost.trace.TraceId;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Trace and span ids from their bytes; null where they are none. */
final class Ids {
  private Ids() {}

  static @Nullable TraceId traceId(ByteString bytes) {
    String hex = hex(bytes);
    return TraceId.isValid(hex) ? new TraceId(hex) : null;
  }

  static @Nullable SpanId spanId(ByteString bytes) {
    String hex = hex(bytes);
    return SpanId.isValid(hex) ? new SpanId(hex) : null;
  }

  private static String hex(ByteString bytes) {
    return bytes.size() > 16 ? "" : HexFormat.of().formatHex(bytes.toByteArray());
  }
}
