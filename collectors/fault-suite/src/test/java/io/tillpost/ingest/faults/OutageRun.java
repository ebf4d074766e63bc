package io.tillpost.ingest.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.trace.OtlpGrpcSpanExporter;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Elasticsearch is away for a while, and OpenTelemetry SDKs, with nothing set but the address, go
 * on sending. An SDK keeps little and gives up soon, so nothing is lost only if it never notices.
 *
 * @param outage how long Elasticsearch is away
 * @param javaScript whether the SDK for Node.js sends too, which is fetched for it
 */
record OutageRun(Duration outage, boolean javaScript) {
  private static final Logger LOG = LoggerFactory.getLogger(OutageRun.class);
  private static final Duration LONG = Duration.ofMinutes(5);
  private static final int SOME = 50;

  /** What came in during half an hour, on a machine that does much else. */
  private static final Duration BROUGHT_IN = Duration.ofMinutes(15);

  void in(Path directory) throws Exception {
    List<StockSender> senders = new ArrayList<>();
    try (BreakableParts parts = BreakableParts.start(directory)) {
      try {
        start(senders, directory, parts.ingestItself());
        awaitSome(senders);
        parts.withoutElasticsearch(outage);
        awaitSome(senders);
      } finally {
        for (StockSender sender : senders) {
          sender.close();
        }
      }
      verify(parts, senders);
    }
  }

  private void start(List<StockSender> senders, Path directory, URI ingest) throws Exception {
    senders.add(
        new JavaSender(
            OtlpHttpSpanExporter.builder()
                .setEndpoint(ingest.resolve("/v1/traces").toString())
                .build()));
    // Both ports speak both protocols.
    senders.add(
        new JavaSender(OtlpGrpcSpanExporter.builder().setEndpoint(ingest.toString()).build()));
    if (javaScript) {
      senders.add(JavaScriptSender.start(directory, ingest));
    }
  }

  private static void awaitSome(List<StockSender> senders) {
    for (StockSender sender : senders) {
      int before = sender.sent().size();
      await().atMost(LONG).until(() -> sender.sent().size() >= before + SOME);
    }
  }

  private static void verify(BreakableParts parts, List<StockSender> senders) throws Exception {
    Set<String> sent = new HashSet<>();
    for (StockSender sender : senders) {
      LOG.info("{} made {} spans", sender.getClass().getSimpleName(), sender.sent().size());
      sent.addAll(sender.sent());
    }
    try (StoredRecords stored = new StoredRecords(parts.elasticsearch(), BreakableParts.PREFIX)) {
      await("every span is stored")
          .atMost(BROUGHT_IN)
          .pollInterval(Duration.ofSeconds(1))
          .ignoreExceptionsInstanceOf(IOException.class)
          .untilAsserted(() -> assertThat(stored.spans()).isEqualTo(sent.size()));
      Map<String, Long> records = stored.records();
      Set<String> missing = new TreeSet<>(sent);
      missing.removeAll(records.keySet());
      assertThat(missing).isEmpty();
      assertThat(records.values()).containsOnly(1L);
    }
    LOG.info("All {} spans are there once", sent.size());
  }
}
