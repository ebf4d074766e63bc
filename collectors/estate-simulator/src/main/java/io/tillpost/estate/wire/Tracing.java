package io.tillpost.estate.wire;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.tillpost.estate.message.Failure;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Ends spans of the past through the stock SDK, one tracer provider for each service. */
public final class Tracing {
  private static final AttributeKey<String> ERROR_TYPE = AttributeKey.stringKey("error.type");
  private static final AttributeKey<String> EXCEPTION_TYPE =
      AttributeKey.stringKey("exception.type");
  private static final AttributeKey<String> EXCEPTION_MESSAGE =
      AttributeKey.stringKey("exception.message");

  private final GivenIds ids = new GivenIds();
  private final Map<String, Tracer> tracers = new HashMap<>();
  private final SpanProcessor processor;

  /** Ends spans into this processor. */
  public Tracing(SpanProcessor processor) {
    this.processor = processor;
  }

  /** Ends a span. For one thread at a time. */
  public void end(SpanPlan plan) {
    ids.next(plan.traceId(), plan.spanId());
    SpanBuilder builder =
        tracers
            .computeIfAbsent(plan.service(), this::tracer)
            .spanBuilder(plan.name())
            .setSpanKind(plan.kind())
            .setAllAttributes(plan.attributes())
            .setStartTimestamp(plan.start(), TimeUnit.MILLISECONDS);
    if (plan.parentId() == null) {
      builder.setNoParent();
    } else {
      builder.setParent(Context.root().with(Span.wrap(context(plan.traceId(), plan.parentId()))));
    }
    if (plan.link() != null) {
      builder.addLink(plan.link());
    }
    Span span = builder.startSpan();
    Failure failure = plan.failure();
    if (failure != null) {
      span.setAttribute(ERROR_TYPE, failure.code());
      span.setStatus(StatusCode.ERROR, failure.text());
      span.addEvent(
          "exception",
          Attributes.of(EXCEPTION_TYPE, failure.code(), EXCEPTION_MESSAGE, failure.text()),
          plan.end(),
          TimeUnit.MILLISECONDS);
    }
    span.end(plan.end(), TimeUnit.MILLISECONDS);
  }

  /** The context of a span of this or another trace, sampled. */
  public static SpanContext context(String traceId, String spanId) {
    return SpanContext.createFromRemoteParent(
        traceId, spanId, TraceFlags.getSampled(), TraceState.getDefault());
  }

  private Tracer tracer(String service) {
    Resource resource =
        Resource.getDefault()
            .merge(
                Resource.create(
                    Attributes.of(
                        AttributeKey.stringKey("service.name"), service,
                        AttributeKey.stringKey("service.namespace"), "retail-estate",
                        AttributeKey.stringKey("service.version"), "1.0.0")));
    return SdkTracerProvider.builder()
        .setResource(resource)
        .setIdGenerator(ids)
        .addSpanProcessor(processor)
        .build()
        .get("io.tillpost.estate");
  }
}
