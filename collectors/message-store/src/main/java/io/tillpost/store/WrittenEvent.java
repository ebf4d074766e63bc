package io.tillpost.store;

import io.tillpost.store.json.EventJson;
import java.time.Instant;
import java.util.Arrays;

/**
 * A message event that its receiver has written as {@link EventJson} has it already, so that it
 * need not be read as a whole before it is stored.
 *
 * @param documentId as {@link io.tillpost.message.EventId#documentId}
 * @param messageId the message it speaks of
 * @param time when it happened; its day is the one on which the event is kept
 * @param capturedAt when the message came into being
 * @param bytes in which the JSON stands, on one line, perhaps among other things; not to be changed
 *     as long as anybody looks at this
 * @param from its first byte
 * @param to the byte behind its last one
 * @param factsFrom where the member {@code captured_at} begins, and with it what most events of a
 *     message say alike
 * @param factsTo the byte behind those, which is the comma before {@code has_payload}
 */
@SuppressWarnings("ArrayRecordComponent") // never compared: the id says whether two are the same
public record WrittenEvent(
    String documentId,
    String messageId,
    Instant time,
    Instant capturedAt,
    byte[] bytes,
    int from,
    int to,
    int factsFrom,
    int factsTo) {
  /** The same in an array of its own. */
  public WrittenEvent alone() {
    return new WrittenEvent(
        documentId,
        messageId,
        time,
        capturedAt,
        Arrays.copyOfRange(bytes, from, to),
        0,
        to - from,
        factsFrom - from,
        factsTo - from);
  }

  @Override
  public String toString() {
    return "WrittenEvent[" + documentId + "]";
  }
}
