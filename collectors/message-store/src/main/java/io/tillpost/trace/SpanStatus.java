package io.tillpost.trace;

/** OpenTelemetry's span status codes. */
public enum SpanStatus {
  UNSET,
  OK,
  ERROR
}
