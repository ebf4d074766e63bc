package io.tillpost.console.traces.ui;

import io.tillpost.frontend.trace.WaterfallSpan;
import io.tillpost.trace.Span;
import io.tillpost.trace.SpanStatus;
import java.util.List;

/** Turns spans into the rows of a waterfall. */
public final class WaterfallRows {
  private WaterfallRows() {}

  /** A row for each span, in the given order. */
  public static List<WaterfallSpan> of(List<Span> spans) {
    return spans.stream().map(WaterfallRows::row).toList();
  }

  private static WaterfallSpan row(Span span) {
    return new WaterfallSpan(
        span.id().value(),
        span.parentId() == null ? null : span.parentId().value(),
        span.name(),
        span.service(),
        span.start(),
        span.duration(),
        span.status() == SpanStatus.ERROR);
  }
}
