package io.tillpost.recovery;

import java.time.Instant;

/**
 * Whose turn it is among the messages about one business object, over all operations. One document
 * for each object, moved on by compare-and-set: while the item that has the turn is on its way, no
 * other message about the object goes out.
 *
 * @param objectKey names the business object
 * @param operationId the operation of the item that has the turn
 * @param messageId the message of that item
 * @param until for how long the turn holds although nothing has gone out yet; the console that took
 *     it may have died
 */
public record RecoveryTurn(String objectKey, String operationId, String messageId, Instant until) {
  /** The id of the turn of that object. */
  public static String id(String objectKey) {
    return DocumentIds.bounded(objectKey);
  }

  /** The id of the item that has it. */
  public String itemId() {
    return RecoveryItem.id(operationId, messageId);
  }
}
