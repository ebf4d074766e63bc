package io.tillpost.ingest;

import io.tillpost.store.IngestProcess;
import io.tillpost.store.IngestProcess.State;
import java.util.Optional;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Up while requests are taken; a store that is down does not make ingest down. */
final class IngestHealthIndicator implements HealthIndicator {
  private final Collector collector;

  IngestHealthIndicator(Collector collector) {
    this.collector = collector;
  }

  @Override
  public Health health() {
    Optional<IngestProcess> progress = collector.progress();
    if (progress.isEmpty()) {
      return Health.down().withDetail("reason", "Ingest does not run").build();
    }
    IngestProcess now = progress.get();
    Health.Builder health =
        now.state() == State.OVER_CAPACITY ? Health.outOfService() : Health.up();
    health
        .withDetail("state", now.state())
        .withDetail("backlog", now.backlog())
        .withDetail("lagSeconds", now.lagSeconds());
    if (now.lastError() != null) {
      health.withDetail("lastError", now.lastError());
    }
    return health.build();
  }
}
