package io.tillpost.settings.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SpansWithoutEchoTest {
  private static final Instant START = Instant.parse("2026-11-24T10:15:00Z");

  private final Receiver receiver = new Receiver();
  private final SpansWithoutEcho exporter = new SpansWithoutEcho(receiver);
  private final SdkTracerProvider provider =
      SdkTracerProvider.builder().addSpanProcessor(SimpleSpanProcessor.create(exporter)).build();

  @Test
  void theIngestOfOurOwnSpansIsNeverTheReasonForAnExport() {
    // The receiver is our own ingest: what it takes in makes a batch, which is a span again.
    receiver.onExport = () -> batch(10, false);

    request("GET /api/v1/impact");

    assertThat(receiver.exports).hasSize(1);
    assertThat(receiver.names()).containsExactly("GET /api/v1/impact");
  }

  @Test
  void theSlowestBatchGoesAlongWithTheNextSpanOfSomethingElse() {
    batch(10, false);
    batch(900, false);
    batch(20, false);
    assertThat(receiver.exports).isEmpty();

    request("evaluate alert rules");
    request("GET /api/v1/impact");

    assertThat(receiver.names())
        .containsExactly("evaluate alert rules", "index batch", "GET /api/v1/impact");
    SpanData sent = receiver.exports.getFirst().getLast();
    assertThat(sent.getEndEpochNanos() - sent.getStartEpochNanos()).isEqualTo(900_000_000);
  }

  @Test
  void everyBatchThatFailedGoesAlong() {
    batch(10, true);
    batch(20, true);
    batch(30, false);

    request("evaluate alert rules");

    assertThat(receiver.names())
        .containsExactly("evaluate alert rules", "index batch", "index batch", "index batch");
  }

  @Test
  void whereThereIsNothingElseBatchesGoByThemselvesNowAndThen() {
    AtomicLong now = new AtomicLong();
    SpansWithoutEcho alone = new SpansWithoutEcho(receiver, Duration.ofMinutes(1), now::get);
    try (SdkTracerProvider own =
        SdkTracerProvider.builder().addSpanProcessor(SimpleSpanProcessor.create(alone)).build()) {
      batch(own, 10, true);
      batch(own, 900, false);
      now.addAndGet(Duration.ofSeconds(59).toNanos());
      batch(own, 20, false);
      assertThat(receiver.exports).isEmpty();

      now.addAndGet(Duration.ofSeconds(1).toNanos());
      // What the receiver makes of the export is the echo, and it stays here.
      receiver.onExport = () -> batch(own, 5, false);
      batch(own, 30, false);

      assertThat(receiver.exports).hasSize(1);
      assertThat(receiver.exports.getFirst())
          .extracting(span -> (span.getEndEpochNanos() - span.getStartEpochNanos()) / 1_000_000)
          .containsExactly(10L, 900L);
      receiver.onExport = () -> {};

      // When the process ends.
      alone.flush().join(1, TimeUnit.SECONDS);
      assertThat(receiver.exports).hasSize(2);
      assertThat(receiver.exports.getLast()).hasSize(1);
    }
  }

  @Test
  void afterTheEndSpansAreDroppedWithoutTroublingTheReceiver() {
    exporter.end();

    request("GET /api/v1/impact");

    assertThat(receiver.exports).isEmpty();
  }

  private void request(String name) {
    provider.get("http").spanBuilder(name).startSpan().end();
  }

  private void batch(long millis, boolean failed) {
    batch(provider, millis, failed);
  }

  private static void batch(SdkTracerProvider by, long millis, boolean failed) {
    Span span =
        by.get(SpansWithoutEcho.INGEST_SCOPE)
            .spanBuilder("index batch")
            .setStartTimestamp(START)
            .startSpan();
    if (failed) {
      span.setStatus(StatusCode.ERROR, "the store does not answer");
    }
    span.end(START.plusMillis(millis));
  }

  private static final class Receiver implements SpanExporter {
    private final List<List<SpanData>> exports = new ArrayList<>();
    private Runnable onExport = () -> {};

    List<String> names() {
      return exports.stream().flatMap(List::stream).map(SpanData::getName).toList();
    }

    @Override
    public CompletableResultCode export(Collection<SpanData> spans) {
      exports.add(List.copyOf(spans));
      onExport.run();
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
