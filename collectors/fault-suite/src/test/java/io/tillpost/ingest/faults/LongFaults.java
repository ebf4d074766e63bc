package io.tillpost.ingest.faults;

import static org.awaitility.Awaitility.await;

import io.tillpost.testing.EmbeddedElasticsearchNode;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every fault many times, with pauses of a minute: {@code ./tillpost test --faults}. Its name keeps
 * it out of the normal tests. The seed is told in the log and set by {@code tillpost.faults.seed}.
 */
class LongFaults {
  private static final int ROUNDS = Integer.getInteger("tillpost.faults.rounds", 5);
  private static final long SEED = Long.getLong("tillpost.faults.seed", System.currentTimeMillis());

  private static final Duration LONG = Duration.ofMinutes(3);

  private static final Duration OUTAGE =
      Duration.ofMinutes(Long.getLong("tillpost.faults.outage-minutes", 30));

  /** How many batches are acknowledged between the start of a process and its end. */
  private static final int[] KILLED_AFTER = {25, 1, 40, 0};

  @TempDir Path directory;

  @Test
  void whateverBreaksHoweverOftenNothingAcknowledgedIsLostAndNothingIsThereTwice()
      throws Exception {
    new FaultsRun(ROUNDS, SEED, 8, Duration.ofSeconds(10), Duration.ofSeconds(60)).in(directory);
  }

  @Test
  void afterEachKillMinusNineAllThatWasAcknowledgedIsThereOnce() throws Exception {
    String prefix = EmbeddedElasticsearchNode.newPrefix();
    URI elasticsearch = EmbeddedElasticsearchNode.uri();
    IngestProcessUnderTest ingest = IngestProcessUnderTest.start(directory, elasticsearch, prefix);
    try (Ledger ledger = Ledger.in(directory)) {
      try (Senders senders = new Senders(8, ingest.http(), ledger)) {
        for (int batches : KILLED_AFTER) {
          int before = ledger.batches();
          await().atMost(LONG).until(() -> ledger.batches() >= before + batches);
          ingest.kill();
          ingest = IngestProcessUnderTest.start(directory, elasticsearch, prefix);
          senders.sendTo(ingest.http());
        }
        int before = ledger.batches();
        await().atMost(LONG).until(() -> ledger.batches() >= before + 10);
      }
      NothingLostNothingDoubled.verify(elasticsearch, prefix, ledger);
    } finally {
      ingest.close();
      EmbeddedElasticsearchNode.drop(prefix);
    }
  }

  @Test
  void stockSendersNoticeNothingOfHalfAnHourWithoutElasticsearch() throws Exception {
    new OutageRun(OUTAGE, true).in(directory);
  }

  @Test
  void aHundredBombsOfTheLargestSizeAtATimeAreNoticedByNobody() throws Exception {
    new BombRun(20).in(directory);
  }

  @Test
  void aClusterOfThreeNodesLosesOneAndGetsItBack() throws Exception {
    new ClusterRun(4, Duration.ofSeconds(10)).in(directory);
  }

  @Test
  void twoProcessesThatShareATopicOfKafkaLoseNothingWhateverBreaksHoweverOften() throws Exception {
    List<KafkaFault> faults = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      List<KafkaFault> all = new ArrayList<>(List.of(KafkaFault.values()));
      // It leaves so many records to look at that once is enough.
      all.remove(KafkaFault.LONG_OUTAGE);
      Collections.shuffle(all, new Random(SEED + round));
      faults.addAll(all);
    }
    faults.add(new Random(SEED).nextInt(faults.size()), KafkaFault.LONG_OUTAGE);
    try (KafkaBroker broker = KafkaBroker.start(directory.resolve("broker"))) {
      new KafkaRun(faults, 8, Duration.ofSeconds(12), Duration.ofSeconds(60)).in(directory, broker);
    }
  }
}
