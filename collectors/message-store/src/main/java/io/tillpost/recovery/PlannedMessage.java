package io.tillpost.recovery;

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
 */
public record PlannedMessage(
    String workflow,
    @Nullable String storeId,
    @Nullable String target,
    @Nullable Money amount,
    @Nullable String objectKey,
    Instant capturedAt) {
  /** The target, or {@link OperationSummary#NO_TARGET}. */
  public String targetName() {
    return target == null ? OperationSummary.NO_TARGET : target;
  }
}
