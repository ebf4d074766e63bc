package io.tillpost.console.recovery.run;

import io.tillpost.recovery.ItemEvent;
import io.tillpost.recovery.ItemState;
import io.tillpost.recovery.RecoveryItem;
import io.tillpost.recovery.RecoveryOperation;
import io.tillpost.store.Documents.Versioned;
import io.tillpost.store.StoreUnavailableException;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes one step with an item, and learns where the item stands whatever happens. */
final class ItemSteps {
  private static final Logger log = LoggerFactory.getLogger(ItemSteps.class);

  private final String operationId;
  private final RunParts parts;
  private final BiConsumer<String, ItemState> ended;

  /**
   * @param ended is told of each item that came to its outcome, with the target of its message
   */
  ItemSteps(String operationId, RunParts parts, BiConsumer<String, ItemState> ended) {
    this.operationId = operationId;
    this.parts = parts;
    this.ended = ended;
  }

  /** What happens to those that an operation that is being cancelled lets go of. */
  static ItemEvent cancelled(RecoveryOperation operation) {
    String actor = operation.latest().actor();
    return new ItemEvent.Cancelled("Cancelled" + (actor == null ? "" : " by " + actor));
  }

  /** One step with an item that this thread has taken. */
  void take(OpenItem item, UnaryOperator<Versioned<RecoveryItem>> step) {
    try {
      item.now(step.apply(item.known()));
      ItemState state = item.state();
      if (!state.open()) {
        ended.accept(item.target(), state);
      }
    } catch (StoreUnavailableException e) {
      log.warn("Operation {} waits for the storage: {}", operationId, e.getMessage());
      refresh(item);
    } catch (RuntimeException e) {
      log.error("Operation {} could not go on with {}", operationId, item.id(), e);
      refresh(item);
    }
  }

  /** Whether the last write happened is not known: reads the item again, a little later. */
  private void refresh(OpenItem item) {
    item.leaveUntil(parts.clock().instant().plus(parts.settings().followEvery()));
    try {
      item.now(parts.records().again(item.known()));
    } catch (RuntimeException e) {
      // An old version is refused when it is written, so nothing goes wrong but time.
      log.debug("Item {} could not be read again", item.id(), e);
    }
  }
}
