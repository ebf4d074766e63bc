package io.tillpost.estate;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.tillpost.estate.plan.Pace;
import io.tillpost.estate.state.EstateState;
import io.tillpost.estate.wire.SpanSender;
import io.tillpost.estate.wire.Tracing;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;

/**
 * Measures how fast history is made when nobody has to take it: a whole day in one thread, several
 * times, as the first one warms the machine up. Run its main method; it asserts nothing.
 */
final class GenerationBenchmark {
  private static final int STORES = 600;
  private static final long MINUTE = 60_000;

  private GenerationBenchmark() {}

  public static void main(String[] arguments) throws InterruptedException {
    for (int round = 1; round <= 5; round++) {
      long now = Clock.systemUTC().millis();
      SpanSender spans = new SpanSender(new Nowhere(), complaint -> {});
      Estate estate =
          new Estate(
              EstateState.fresh(42, STORES, "default", now),
              List.of(),
              new Tracing(spans),
              Clock.systemUTC());
      estate.startAt(now - Duration.ofDays(1).toMillis());
      long events = 0;
      long messages = 0;
      long start = System.nanoTime();
      while (estate.position() < now) {
        messages += estate.advance(Math.min(now, estate.position() + MINUTE), Pace.HISTORY);
        events += estate.takeEvents().size();
        spans.push(false);
      }
      double seconds = (System.nanoTime() - start) / 1e9;
      spans.flush(Duration.ofSeconds(10));
      System.out.printf(
          "round %d: %d messages, %d events, %d spans in %.2f s: %.0f events/s%n",
          round, messages, events, spans.count(), seconds, events / seconds);
      spans.shutdown();
    }
  }

  private static final class Nowhere implements SpanExporter {
    @Override
    public CompletableResultCode export(Collection<SpanData> spans) {
      return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode flush() {
      return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode shutdown() {
      return CompletableResultCode.ofSuccess();
    }
  }
}
