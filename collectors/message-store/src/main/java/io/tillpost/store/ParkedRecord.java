package io.tillpost.store;

import io.tillpost.store.DocumentKind.FieldType;
import java.time.Instant;
import java.util.Map;

/**
 * A received record that can never be stored as what it claims to be, kept so that nothing is lost
 * silently. Its document id follows from its content: the same wrong record sent again is parked
 * once.
 *
 * @param kind what it claims to be
 * @param reason why it is wrong, with the path of the field where one is known
 * @param source who sent it, as far as it says; may be empty
 * @param acceptedAt when it was received
 * @param toldSender whether its sender was told in the answer; otherwise the storage refused it
 *     later
 * @param text its content as text, card numbers masked, shortened where it is long
 */
public record ParkedRecord(
    Kind kind, String reason, String source, Instant acceptedAt, boolean toldSender, String text) {
  /** All parked records. */
  public static final DocumentKind<ParkedRecord> DOCUMENTS =
      new DocumentKind<>(
          "parked-records",
          ParkedRecord.class,
          Map.of(
              "kind", FieldType.KEYWORD,
              "reason", FieldType.TEXT,
              "source", FieldType.KEYWORD,
              "accepted_at", FieldType.DATE),
          false);

  /** What a record claims to be. */
  public enum Kind {
    MESSAGE_EVENT,
    LOG_RECORD,
    SPAN,
    /** It could not be read at all. */
    UNKNOWN
  }
}
