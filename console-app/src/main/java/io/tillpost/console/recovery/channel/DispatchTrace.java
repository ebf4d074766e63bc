package io.tillpost.console.recovery.channel;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.tillpost.recovery.RecoveryItem;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The trace of one request to a channel. A new one for each request, so that what the middleware
 * does on our behalf is not mixed up with the first attempt. Where nothing records traces, the ids
 * are made up: the middleware gets a valid {@code traceparent} in any case.
 */
public final class DispatchTrace {
  private final Span span;
  private final String traceId;
  private final String spanId;

  private DispatchTrace(Span span, String traceId, String spanId) {
    this.span = span;
    this.traceId = traceId;
    this.spanId = spanId;
  }

  /** Begins a trace. */
  public static DispatchTrace start(OpenTelemetry telemetry, RecoveryItem item, String channel) {
    Span span =
        telemetry
            .getTracer("io.tillpost.recovery")
            .spanBuilder("recovery dispatch")
            .setSpanKind(SpanKind.CLIENT)
            .setNoParent()
            .setAttribute("messaging.message.id", item.messageId())
            .setAttribute("tillpost.operation.id", item.operationId())
            .setAttribute("tillpost.attempt", (long) item.attempt())
            .setAttribute("tillpost.channel", channel)
            .startSpan();
    SpanContext context = span.getSpanContext();
    return context.isValid()
        ? new DispatchTrace(span, context.getTraceId(), context.getSpanId())
        : new DispatchTrace(span, random() + random(), random());
  }

  /** 32 hexadecimal digits. */
  public String traceId() {
    return traceId;
  }

  /** The header of W3C trace context, version 00, sampled. */
  public String traceparent() {
    return "00-" + traceId + "-" + spanId + "-01";
  }

  /** Ends the trace with the answer. */
  public void end(ChannelAnswer answer) {
    span.setAttribute(
        "tillpost.answer", answer.getClass().getSimpleName().toLowerCase(Locale.ROOT));
    if (answer instanceof ChannelAnswer.Unknown unknown) {
      span.setStatus(StatusCode.ERROR, unknown.reason());
    }
    span.end();
  }

  private static String random() {
    return "%016x".formatted(ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE));
  }
}
