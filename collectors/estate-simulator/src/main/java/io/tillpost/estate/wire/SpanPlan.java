package io.tillpost.estate.wire;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.tillpost.estate.message.Failure;
import org.jspecify.annotations.Nullable;

/**
 * A span that is over.
 *
 * @param service whose it is
 * @param spanId its id, 16 hexadecimal digits
 * @param parentId the span it belongs under, or null for the root of its trace
 * @param start epoch milliseconds
 * @param end epoch milliseconds
 * @param failure what went wrong in it, or null
 * @param link another trace that it goes back to, or null
 */
public record SpanPlan(
    String service,
    String name,
    SpanKind kind,
    String traceId,
    String spanId,
    @Nullable String parentId,
    long start,
    long end,
    Attributes attributes,
    @Nullable Failure failure,
    @Nullable SpanContext link) {}
