package io.tillpost.ingest.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Holds the store to a ledger: every acknowledged record is there, no record stands twice, and each
 * message has one state, which knows of both its events.
 */
final class NothingLostNothingDoubled {
  private static final Duration DRAINED_WITHIN = Duration.ofMinutes(5);
  private static final String LAST_STAGE = " CONFIRMED";

  private NothingLostNothingDoubled() {}

  /** Waits for what is missing, never for what is too much: that would not go away. */
  static void verify(URI elasticsearch, String prefix, Ledger ledger)
      throws IOException, InterruptedException {
    Set<String> acknowledged = ledger.ids();
    assertThat(acknowledged).isNotEmpty();
    Set<String> states =
        acknowledged.stream().filter(id -> id.endsWith(LAST_STAGE)).collect(Collectors.toSet());
    try (StoredRecords stored = new StoredRecords(elasticsearch, prefix)) {
      await("every acknowledged record is stored")
          .atMost(DRAINED_WITHIN)
          .pollInterval(Duration.ofMillis(500))
          // Elasticsearch may still be bringing shards back.
          .ignoreExceptionsInstanceOf(IOException.class)
          .untilAsserted(
              () -> {
                assertThat(missing(acknowledged, stored.records())).isEmpty();
                assertThat(missing(states, stored.messages("message_id", "status"))).isEmpty();
              });
      assertThat(moreThanOnce(stored.records())).as("records that stand twice").isEmpty();
      assertThat(moreThanOnce(stored.messages("message_id")))
          .as("messages with two states")
          .isEmpty();
    }
  }

  private static Set<String> missing(Set<String> expected, Map<String, Long> counts) {
    Set<String> missing = new TreeSet<>(expected);
    missing.removeAll(counts.keySet());
    return missing;
  }

  private static Set<String> moreThanOnce(Map<String, Long> counts) {
    return counts.entrySet().stream()
        .filter(count -> count.getValue() != 1)
        .map(Map.Entry::toString)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
