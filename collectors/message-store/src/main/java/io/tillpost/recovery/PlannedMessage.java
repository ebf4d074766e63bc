package io.tillpost.recovery;

import io.tillpost.failure.FailureClass;
import io.tillpost.message.Money;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a recovery item has to know of its message: how it is counted, paced and ordered.
 *
 * @param workflow of the message
 * @param storeId of the message, or null
 * @param target the system the message goes to, or null
 * @param amount behind the message, or null
 * @param objectKey names the business object; messages with the same one go in their order. Null
 *     where the message has none: it goes whenever it can
 * @param capturedAt when the message came into being
 * @param failureClass the class that its failure had for triage when the list was frozen; null
 *     where it is not retried, has not failed, or was planned before that was kept
 * @param share names the messages of its exception on this list, as {@link #share} does; null where
 *     the whole list is of one exception, where it has not failed, or was planned before that was
 *     kept
 * @param failure the fingerprint of its failure itself, whatever exception that belonged to: people
 *     put exceptions together and take them apart while it is on its way. Null where it has not
 *     failed, or was planned before that was kept
 */
public record PlannedMessage(
    String workflow,
    @Nullable String storeId,
    @Nullable String target,
    @Nullable Money amount,
    @Nullable String objectKey,
    Instant capturedAt,
    @Nullable FailureClass failureClass,
    @Nullable String share,
    @Nullable String failure) {
  /** A message of which no exception is kept. */
  public PlannedMessage(
      String workflow,
      @Nullable String storeId,
      @Nullable String target,
      @Nullable Money amount,
      @Nullable String objectKey,
      Instant capturedAt,
      @Nullable FailureClass failureClass) {
    this(workflow, storeId, target, amount, objectKey, capturedAt, failureClass, null, null);
  }

  /** A message of which no class is kept. */
  public PlannedMessage(
      String workflow,
      @Nullable String storeId,
      @Nullable String target,
      @Nullable Money amount,
      @Nullable String objectKey,
      Instant capturedAt) {
    this(workflow, storeId, target, amount, objectKey, capturedAt, null);
  }

  /**
   * Names the messages of one exception on the list of one operation: one value, so that those of
   * many exceptions, each on another list, are counted with one question.
   */
  public static String share(String operationId, String fingerprint) {
    return operationId + " " + fingerprint;
  }

  /** The fingerprint of the exception that the share is named after. */
  public static String exceptionOf(String share) {
    return share.substring(share.lastIndexOf(' ') + 1);
  }

  /** The target, or {@link OperationSummary#NO_TARGET}. */
  public String targetName() {
    return target == null ? OperationSummary.NO_TARGET : target;
  }
}
