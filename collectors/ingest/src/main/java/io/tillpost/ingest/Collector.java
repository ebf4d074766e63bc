package io.tillpost.ingest;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.tillpost.ingest.index.Indexer;
import io.tillpost.ingest.log.DiskIngestLog;
import io.tillpost.ingest.log.IngestLog;
import io.tillpost.ingest.log.IngestLogException;
import io.tillpost.ingest.log.KafkaIngestLog;
import io.tillpost.ingest.progress.IngestMetrics;
import io.tillpost.ingest.progress.ProgressReporter;
import io.tillpost.store.IngestProcess;
import io.tillpost.store.Stores;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Receivers, ingest log and indexer of one process. It starts from the log outwards, and stops the
 * other way round: first no new requests, then what waits for a bounded time, then the log.
 */
final class Collector implements SmartLifecycle, IngestEndpoints {
  private static final Logger LOG = LoggerFactory.getLogger(Collector.class);

  private final IngestProperties config;
  private final Stores stores;
  private final MeterRegistry meters;
  private final OpenTelemetry telemetry;
  private final Clock clock;
  private volatile @Nullable Running running;

  private record Running(
      IngestLog log, Indexer indexer, ProgressReporter progress, Receivers receivers) {}

  Collector(
      IngestProperties config,
      Stores stores,
      MeterRegistry meters,
      OpenTelemetry telemetry,
      Clock clock) {
    this.config = config;
    this.stores = stores;
    this.meters = meters;
    this.telemetry = telemetry;
    this.clock = clock;
  }

  @Override
  public void start() {
    Path directory = config.log().directory();
    String id = ProcessId.of(directory);
    IngestMetrics metrics = new IngestMetrics(meters);
    IngestLog log = openLog(id);
    Indexer indexer =
        new Indexer(
            log, stores, metrics, telemetry, clock, config.batchSize(), config.drainTimeout());
    ProgressReporter progress =
        new ProgressReporter(
            id, host(), log, metrics, stores.documents(), indexer::lastError, clock);
    gauge("tillpost.ingest.backlog", p -> p.backlog());
    gauge("tillpost.ingest.backlog.bytes", p -> p.backlogBytes());
    gauge("tillpost.ingest.lag", p -> p.lagSeconds());
    Receivers receivers;
    try {
      receivers =
          Receivers.start(
              id,
              config,
              log,
              stores.documents(),
              metrics,
              clock,
              Map.of(
                  "/health", new HealthEndpoint(() -> progress.now(false)),
                  "/metrics", new MetricsEndpoint(config.metricsToken(), meters)));
    } catch (IngestStartException e) {
      log.close();
      throw e;
    }
    indexer.start();
    progress.start();
    running = new Running(log, indexer, progress, receivers);
    LOG.info("Ingest listens on {}, gRPC {}, HTTP {}", config.host(), grpcPort(), httpPort());
  }

  private IngestLog openLog(String processId) {
    IngestProperties.Log wanted = config.log();
    long maxBytes = wanted.maxSize().toBytes();
    try {
      return switch (wanted.kind()) {
        case DISK -> DiskIngestLog.open(wanted.directory().resolve("records"), maxBytes, meters);
        case KAFKA ->
            KafkaIngestLog.open(wanted.kafka().settings(), processId, maxBytes, meters, clock);
      };
    } catch (IngestLogException e) {
      throw new IngestStartException(String.valueOf(e.getMessage()), e);
    }
  }

  private void gauge(String name, ToDoubleFunction<IngestProcess> value) {
    Gauge.builder(name, this, self -> self.progress().map(value::applyAsDouble).orElse(Double.NaN))
        .register(meters);
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      LOG.debug("This machine does not know its name", e);
      return "localhost";
    }
  }

  /** How it is now; empty while it does not run. */
  Optional<IngestProcess> progress() {
    Running now = running;
    return now == null ? Optional.empty() : Optional.of(now.progress().now(false));
  }

  @Override
  public void stop() {
    Running now = running;
    if (now == null) {
      return;
    }
    running = null;
    now.receivers().close();
    now.indexer().close();
    now.progress().close();
    now.log().close();
  }

  @Override
  public boolean isRunning() {
    return running != null;
  }

  @Override
  public int grpcPort() {
    return started().receivers().port(true);
  }

  @Override
  public int httpPort() {
    return started().receivers().port(false);
  }

  @Override
  public boolean isSecure() {
    return config.tls().isOn();
  }

  private Running started() {
    Running now = running;
    if (now == null) {
      throw new IllegalStateException("Ingest has not started");
    }
    return now;
  }
}
