package io.tillpost.console.recovery.run;

import io.tillpost.console.recovery.RecoveryRecords;
import io.tillpost.console.recovery.earlier.EarlierMessage;
import io.tillpost.console.recovery.earlier.EarlierMessages;
import io.tillpost.console.recovery.earlier.EarlierOnes;
import io.tillpost.console.recovery.earlier.SkipReasons;
import io.tillpost.message.Message;
import io.tillpost.message.MessageId;
import io.tillpost.recovery.ItemEvent;
import io.tillpost.recovery.RecoveryItem;
import io.tillpost.store.Messages;
import java.time.Instant;
import java.util.Optional;

/**
 * Keeps an item back, right before it goes, that has an earlier message about its business object
 * that has failed, also where that failed after the preview. One that somebody decided to pass
 * keeps nothing back.
 */
final class EarlierGuard {
  private final RecoveryRecords records;
  private final Messages messages;
  private final EarlierMessages earlier;
  private final ObjectOrder order;

  EarlierGuard(
      RecoveryRecords records, Messages messages, EarlierMessages earlier, ObjectOrder order) {
    this.records = records;
    this.messages = messages;
    this.earlier = earlier;
    this.order = order;
  }

  /**
   * Why it does not go: it waits for an earlier one that is under way, or is left out; empty if
   * nothing is against it.
   *
   * @param ones that may have failed, as they were seen a moment ago; those without a name are
   *     searched for
   */
  Optional<ItemEvent> objection(RecoveryItem item, EarlierOnes ones) {
    return earlier.read(ones.oldest()).stream()
        .filter(message -> isBehind(item, message))
        .findFirst()
        .map(message -> message.id().value())
        .or(() -> ones.more() == 0 ? Optional.empty() : searched(item))
        .map(first -> order.underWay(first).orElseGet(() -> leftOut(item, first)));
  }

  private Optional<String> searched(RecoveryItem item) {
    return EarlierMessages.Later.of(item)
        .flatMap(
            later ->
                earlier.failedBefore(
                    later,
                    seen ->
                        messages
                            .find(seen.id())
                            .filter(now -> isBehind(item, now.message()))
                            .isPresent()))
        .map(EarlierMessage::id);
  }

  private boolean isBehind(RecoveryItem item, Message other) {
    return other.status().isFailed() && !mayPass(item, other) && !goesWith(item, other.id());
  }

  /** Whether somebody decided that the item goes before that message. */
  static boolean mayPass(RecoveryItem item, Message other) {
    return item.mayPass(other.id().value(), other.firstFailedAt().orElse(Instant.MAX));
  }

  /**
   * Whether the message has still to go in the same operation, whose own order decides then: the
   * two would wait for each other where a late event has moved one before the other meanwhile.
   */
  private boolean goesWith(RecoveryItem item, MessageId other) {
    return records
        .item(RecoveryItem.id(item.operationId(), other.value()))
        .filter(known -> known.state().open())
        .isPresent();
  }

  private static ItemEvent leftOut(RecoveryItem item, String first) {
    String why = SkipReasons.behind(item.message().objectKey(), first);
    return new ItemEvent.Skipped(item.passes() == null ? why : why + SkipReasons.NOT_PASSED);
  }
}
