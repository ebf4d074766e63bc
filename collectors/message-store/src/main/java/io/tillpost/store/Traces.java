package io.tillpost.store;

import io.tillpost.trace.Span;
import io.tillpost.trace.TraceId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads traces. What was written is seen within about a second. */
public interface Traces {
  /** All spans of a trace ordered by start, at most 10,000; empty if there is no such trace. */
  List<Span> trace(TraceId id);

  /**
   * The newest spans that start a trace (or enter a service) and match; at most {@code size} (1 to
   * 1,000).
   */
  List<Span> search(TraceQuery query);

  /** What was called in the window, by called system ({@link Span#peer}), most calls first. */
  List<ApiUse> apiUse(Instant from, Instant to);

  /**
   * Which traces.
   *
   * @param service spans of this service, or null for root spans of any
   * @param text a trace id, message id or a word of the span's name; or null
   * @param errorsOnly only spans with status ERROR
   * @param minDuration only spans that took at least this long, or null
   * @param from start at or after
   * @param to start before
   */
  record TraceQuery(
      @Nullable String service,
      @Nullable String text,
      boolean errorsOnly,
      @Nullable Duration minDuration,
      Instant from,
      Instant to,
      int size) {}

  /**
   * Calls to one system within a window.
   *
   * @param api the called system
   * @param calls how many
   * @param errors how many of them with status ERROR
   * @param busiestMinute the most calls within one clock minute of the window
   * @param lastMinute the calls of the last full clock minute of the window
   * @param p50 median duration
   * @param p95 exceeded by 5 %
   * @param p99 exceeded by 1 %
   */
  record ApiUse(
      String api,
      long calls,
      long errors,
      long busiestMinute,
      long lastMinute,
      Duration p50,
      Duration p95,
      Duration p99) {}
}
