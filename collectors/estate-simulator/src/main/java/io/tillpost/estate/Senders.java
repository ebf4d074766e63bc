package io.tillpost.estate;

import io.opentelemetry.exporter.otlp.trace.OtlpGrpcSpanExporter;
import io.opentelemetry.exporter.otlp.trace.OtlpGrpcSpanExporterBuilder;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.tillpost.estate.wire.EncodedEvent;
import io.tillpost.estate.wire.EventSender;
import io.tillpost.estate.wire.SendCounts;
import io.tillpost.estate.wire.SpanSender;
import io.tillpost.estate.wire.Tracing;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Both ways out of the estate: message events and spans. For one thread. */
final class Senders implements AutoCloseable {
  /** The exporter logs a stack trace for each lost connection; we say it in one sentence. */
  private static final Logger EXPORTER_LOG = Logger.getLogger("io.opentelemetry");

  private final EventSender events;
  private final SpanSender spans;
  private final Tracing tracing;

  Senders(RunSettings settings, Consumer<String> complaints) {
    EXPORTER_LOG.setLevel(Level.OFF);
    events = new EventSender(settings.events(), settings.apiKey(), settings.threads(), complaints);
    spans = new SpanSender(exporter(settings), complaints);
    tracing = new Tracing(spans);
  }

  private static SpanExporter exporter(RunSettings settings) {
    OtlpGrpcSpanExporterBuilder builder =
        OtlpGrpcSpanExporter.builder()
            .setEndpoint(settings.otlp().toString())
            .setTimeout(Duration.ofSeconds(30))
            .setRetryPolicy(null);
    if (settings.apiKey() != null) {
      builder.addHeader("Authorization", "Bearer " + settings.apiKey());
    }
    return builder.build();
  }

  Tracing tracing() {
    return tracing;
  }

  /** Sends what fills batches, or everything at once; waits where too much is under way. */
  void send(List<EncodedEvent> fresh, boolean atOnce) throws InterruptedException {
    for (EncodedEvent event : fresh) {
      events.send(event);
    }
    if (atOnce) {
      events.push();
    }
    spans.push(atOnce);
  }

  /** Waits until the receivers have answered for everything; false where the time was up. */
  boolean flush(Duration patience) throws InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    spans.push(true);
    boolean eventsSent = events.flush(patience);
    return spans.flush(Duration.ofNanos(Math.max(1, end - System.nanoTime()))) && eventsSent;
  }

  SendCounts eventCounts() {
    return events.counts();
  }

  long spanCount() {
    return spans.count();
  }

  @Override
  public void close() {
    events.close();
    spans.shutdown().join(1, TimeUnit.SECONDS);
  }
}
