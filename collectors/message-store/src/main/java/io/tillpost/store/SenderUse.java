package io.tillpost.store;

import io.tillpost.store.DocumentKind.FieldType;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * When one ingest process last let senders in, by key or certificate; its id is the process's.
 * Written by that process alone, within seconds of a use.
 *
 * @param updatedAt when this was written
 * @param uses one for each key and certificate that was ever used here
 */
public record SenderUse(Instant updatedAt, List<Use> uses) {
  /** One for each ingest process. */
  public static final DocumentKind<SenderUse> DOCUMENTS =
      new DocumentKind<>(
          "ingest-sender-use", SenderUse.class, Map.of("updated_at", FieldType.DATE), false);

  public SenderUse {
    uses = List.copyOf(uses);
  }

  /**
   * The last use of a key or a certificate.
   *
   * @param sender the sender's name
   * @param keyId of {@link SenderKey} or {@link SenderCertificate}
   * @param lastAt when it last opened
   */
  public record Use(String sender, String keyId, Instant lastAt) {}
}
