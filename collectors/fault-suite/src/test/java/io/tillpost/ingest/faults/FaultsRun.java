package io.tillpost.ingest.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets every fault happen once a round, in an order that follows from a seed, while senders go on;
 * in the end the store is held to their ledger.
 *
 * @param answerWithin how long a sender waits for an answer before it sends again
 * @param pause how long a process stands still; longer than that
 */
record FaultsRun(int rounds, long seed, int senders, Duration answerWithin, Duration pause) {
  private static final Logger LOG = LoggerFactory.getLogger(FaultsRun.class);
  private static final Duration LONG = Duration.ofMinutes(5);
  private static final int BATCHES_BETWEEN = 10;

  void in(Path directory) throws Exception {
    Random random = new Random(seed);
    try (BreakableParts parts = BreakableParts.start(directory);
        Ledger ledger = Ledger.in(directory)) {
      Senders running = new Senders(senders, parts.ingest(), ledger, answerWithin);
      try (running) {
        for (int round = 0; round < rounds; round++) {
          List<Fault> faults = new ArrayList<>(List.of(Fault.values()));
          Collections.shuffle(faults, random);
          for (Fault fault : faults) {
            awaitBatches(ledger, BATCHES_BETWEEN + random.nextInt(BATCHES_BETWEEN));
            LOG.info("Round {} of seed {}: {}", round + 1, seed, fault);
            parts.suffer(fault, pause, running::refused, ledger::batches);
          }
        }
        awaitBatches(ledger, BATCHES_BETWEEN);
      }
      assertThat(parts.lostAnswers()).isPositive();
      // 500 would be an answer after which a sender may throw its records away.
      assertThat(running.refusals()).isSubsetOf(429, 503);
      NothingLostNothingDoubled.verify(parts.elasticsearch(), BreakableParts.PREFIX, ledger);
    }
  }

  private static void awaitBatches(Ledger ledger, int more) {
    int before = ledger.batches();
    await().atMost(LONG).until(() -> ledger.batches() >= before + more);
  }
}
