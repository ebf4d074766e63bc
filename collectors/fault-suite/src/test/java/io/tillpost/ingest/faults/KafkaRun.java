package io.tillpost.ingest.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Two processes share a topic; one fault after the other happens while senders go on, and in the
 * end one process is left alone. Then the store is held to the senders' ledger.
 *
 * @param answerWithin how long a sender waits for an answer before it sends again
 * @param pause how long an ingest process stands still; longer than Kafka waits for it
 */
record KafkaRun(List<KafkaFault> faults, int senders, Duration answerWithin, Duration pause) {
  private static final Logger LOG = LoggerFactory.getLogger(KafkaRun.class);
  private static final Duration LONG = Duration.ofMinutes(5);
  private static final int BATCHES_BETWEEN = 10;

  void in(Path directory, KafkaBroker broker) throws Exception {
    try (KafkaParts parts = KafkaParts.start(directory, broker);
        Ledger ledger = Ledger.in(directory)) {
      Senders running = new Senders(senders, parts.ingest()[0], ledger, answerWithin);
      try (running) {
        running.sendTo(parts.ingest());
        parts.topic().awaitShared(2);
        for (KafkaFault fault : faults) {
          awaitBatches(ledger);
          LOG.info("Two processes with Kafka: {}", fault);
          parts.suffer(fault, pause, running, ledger);
        }
        awaitBatches(ledger);
        LOG.info("Two processes with Kafka: one is gone");
        parts.killOne();
        running.sendTo(parts.ingest());
        awaitBatches(ledger);
      }
      // 500 would be an answer after which a sender may throw its records away.
      assertThat(running.refusals()).isSubsetOf(429, 503);
      NothingLostNothingDoubled.verify(parts.elasticsearch(), KafkaParts.PREFIX, ledger);
      await("all is committed").atMost(LONG).until(() -> parts.topic().waiting() == 0);
    }
  }

  private static void awaitBatches(Ledger ledger) {
    int before = ledger.batches();
    await().atMost(LONG).until(() -> ledger.batches() >= before + BATCHES_BETWEEN);
  }
}
