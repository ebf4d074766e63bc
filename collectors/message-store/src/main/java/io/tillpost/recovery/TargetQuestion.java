package io.tillpost.recovery;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The wish of a person that targets be asked for messages of which nobody knows whether they have
 * them. What they said stands at the items ({@link RecoveryItem#asked}).
 *
 * @param id the same for every repeat of one request
 * @param operationId whose unconfirmed messages are asked for; null where it is one message
 * @param messageId the one message that is asked for; null where it is an operation
 * @param askedBy the user name
 * @param size how many items were unconfirmed then
 * @param finished whether there is nothing more to ask
 * @param finishedAt when there was nothing more to ask, or null
 * @param note why some were not asked for, as sentences, or null
 */
public record TargetQuestion(
    String id,
    @Nullable String operationId,
    @Nullable String messageId,
    String askedBy,
    Instant askedAt,
    long size,
    boolean finished,
    @Nullable Instant finishedAt,
    @Nullable String note) {
  /** The same about so many items. */
  public TargetQuestion over(long newSize) {
    return new TargetQuestion(
        id, operationId, messageId, askedBy, askedAt, newSize, finished, finishedAt, note);
  }

  /** The same at its end. */
  public TargetQuestion ended(Instant now, @Nullable String why) {
    return new TargetQuestion(id, operationId, messageId, askedBy, askedAt, size, true, now, why);
  }

  /** Whether it is about the same as the other one. */
  public boolean about(TargetQuestion other) {
    return Objects.equals(operationId, other.operationId)
        && Objects.equals(messageId, other.messageId);
  }
}
