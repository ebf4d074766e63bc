package io.tillpost.ingest.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Elasticsearch is away for a while, and the OpenTelemetry SDK for Java, with nothing set but the
 * address, goes on sending. The SDK keeps little and gives up soon, so nothing is lost only if it
 * never notices.
 *
 * @param outage how long Elasticsearch is away
 */
record OutageRun(Duration outage) {
  private static final Duration LONG = Duration.ofMinutes(5);
  private static final int EVERY_MILLIS = 20;
  private static final int SOME = 50;

  void in(Path directory) throws Exception {
    Set<String> sent = ConcurrentHashMap.newKeySet();
    try (BreakableParts parts = BreakableParts.start(directory)) {
      try (SdkTracerProvider tracing =
              SdkTracerProvider.builder()
                  .addSpanProcessor(
                      BatchSpanProcessor.builder(
                              OtlpHttpSpanExporter.builder()
                                  .setEndpoint(
                                      parts.ingestItself().resolve("/v1/traces").toString())
                                  .build())
                          .build())
                  .build();
          ScheduledExecutorService sender = Executors.newSingleThreadScheduledExecutor()) {
        var _ =
            sender.scheduleAtFixedRate(
                () -> {
                  var span = tracing.get("outage").spanBuilder("sale").startSpan();
                  span.end();
                  sent.add(span.getSpanContext().getTraceId());
                },
                0,
                EVERY_MILLIS,
                TimeUnit.MILLISECONDS);
        awaitSome(sent);
        parts.withoutElasticsearch(outage);
        awaitSome(sent);
      }
      verify(parts, sent);
    }
  }

  private static void awaitSome(Set<String> sent) {
    int before = sent.size();
    await().atMost(LONG).until(() -> sent.size() >= before + SOME);
  }

  private static void verify(BreakableParts parts, Set<String> sent) {
    try (StoredRecords stored = new StoredRecords(parts.elasticsearch(), BreakableParts.PREFIX)) {
      await("every span is stored")
          .atMost(LONG)
          .pollInterval(Duration.ofMillis(500))
          .ignoreExceptionsInstanceOf(IOException.class)
          .untilAsserted(
              () -> {
                Map<String, Long> records = stored.records();
                Set<String> missing = new TreeSet<>(sent);
                missing.removeAll(records.keySet());
                assertThat(missing).isEmpty();
                assertThat(records.values()).containsOnly(1L);
              });
    }
  }
}
