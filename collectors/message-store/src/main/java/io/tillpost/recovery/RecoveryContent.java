package io.tillpost.recovery;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The corrected content of one message of an operation. The original stays where it is, as every
 * earlier version does; this one goes with the attempt of its item.
 *
 * @param operationId the operation
 * @param messageId the message
 * @param attempt that it is sent with
 * @param contentType a media type
 * @param body text
 * @param changes what differs from the original, in its order
 * @param plannedAt when its list was frozen, from which on it is kept for a time; null where it was
 *     written before that was noted, and is kept for good
 */
public record RecoveryContent(
    String operationId,
    String messageId,
    int attempt,
    String contentType,
    String body,
    List<FieldChange> changes,
    @Nullable Instant plannedAt) {
  public RecoveryContent {
    changes = List.copyOf(changes);
  }

  /** Names the content: the same for the same type and text, and for nothing else. */
  public String hash() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(contentType.getBytes(StandardCharsets.UTF_8));
      digest.update((byte) 0);
      return HexFormat.of().formatHex(digest.digest(body.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return "RecoveryContent[%s:%d of %s, %d changes]"
        .formatted(messageId, attempt, operationId, changes.size());
  }
}
