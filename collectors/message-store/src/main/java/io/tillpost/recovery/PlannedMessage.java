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
 */
public record PlannedMessage(
    String workflow,
    @Nullable String storeId,
    @Nullable String target,
    @Nullable Money amount,
    @Nullable String objectKey,
    Instant capturedAt,
    @Nullable FailureClass failureClass) {
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

  /** The target, or {@link OperationSummary#NO_TARGET}. */
  public String targetName() {
    return target == null ? OperationSummary.NO_TARGET : target;
  }
}
