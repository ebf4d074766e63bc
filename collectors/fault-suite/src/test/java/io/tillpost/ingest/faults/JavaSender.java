package io.tillpost.ingest.faults;

import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** The SDK for Java: it keeps 2,048 spans and gives up a batch after five tries. */
final class JavaSender implements StockSender {
  private static final int EVERY_MILLIS = 20;

  private final Set<String> sent = ConcurrentHashMap.newKeySet();
  private final SdkTracerProvider tracing;
  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();

  /** Begins to send. */
  JavaSender(SpanExporter exporter) {
    tracing =
        SdkTracerProvider.builder()
            .addSpanProcessor(BatchSpanProcessor.builder(exporter).build())
            .build();
    var _ = clock.scheduleAtFixedRate(this::send, 0, EVERY_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void send() {
    var span = tracing.get("outage").spanBuilder("sale").startSpan();
    span.end();
    sent.add(span.getSpanContext().getTraceId());
  }

  @Override
  public Set<String> sent() {
    return sent;
  }

  @Override
  public void close() {
    clock.close();
    tracing.close();
  }
}
