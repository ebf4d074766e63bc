package io.tillpost.recovery;

import java.time.Instant;

/**
 * The right to make one attempt of one message. It is written with a create-only id, so there is
 * one owner at most; it is never taken back, and the next attempt has a claim of its own. It is
 * dropped long after its message is gone.
 *
 * @param messageId the message
 * @param attempt the attempt that may be made
 * @param operationId the operation that may make it
 * @param claimedBy the user name of the person who asked for the operation
 * @param claimedAt when
 */
public record RecoveryClaim(
    String messageId, int attempt, String operationId, String claimedBy, Instant claimedAt) {
  /** The id of the claim: {@code <messageId>:<attempt>}. */
  public static String id(String messageId, int attempt) {
    return DocumentIds.bounded(messageId + ":" + attempt);
  }
}
