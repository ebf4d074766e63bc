package io.tillpost.estate.wire;

import io.opentelemetry.sdk.trace.IdGenerator;

/** Gives the SDK the ids that were decided beforehand. For one thread. */
final class GivenIds implements IdGenerator {
  private String traceId = "";
  private String spanId = "";

  void next(String trace, String span) {
    traceId = trace;
    spanId = span;
  }

  @Override
  public String generateSpanId() {
    return spanId;
  }

  @Override
  public String generateTraceId() {
    return traceId;
  }
}
