package io.tillpost.store;

import io.tillpost.store.DocumentKind.FieldType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * The senders that stand in the configuration of one ingest process, so that the console can show
 * them beside its own; its id is the process's. Nothing of it opens anything: keys are counted.
 * Written by that process alone, every minute.
 *
 * @param updatedAt when this was written
 * @param senders by name
 */
public record ConfiguredSenders(Instant updatedAt, List<One> senders) {
  /** One for each ingest process. */
  public static final DocumentKind<ConfiguredSenders> DOCUMENTS =
      new DocumentKind<>(
          "ingest-configured-senders",
          ConfiguredSenders.class,
          Map.of("updated_at", FieldType.DATE),
          false);

  /** How often it is written. */
  public static final Duration EVERY = Duration.ofMinutes(1);

  public ConfiguredSenders {
    senders = List.copyOf(senders);
  }

  /**
   * A sender.
   *
   * @param bounds what it may send
   * @param keys how many keys it has
   * @param certificates as in {@link SenderCertificate#mark}
   */
  public record One(String name, IngestSender.Bounds bounds, int keys, List<String> certificates) {
    public One {
      certificates = List.copyOf(certificates);
    }
  }
}
