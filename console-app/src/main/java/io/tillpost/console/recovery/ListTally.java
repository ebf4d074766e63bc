package io.tillpost.console.recovery;

import io.tillpost.message.MoneySum;
import io.tillpost.recovery.ItemState;
import io.tillpost.recovery.OperationSummary;
import io.tillpost.recovery.RecoveryItem;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Adds up what the items of a list come to. */
final class ListTally {
  private final ListHash hash = new ListHash();
  private final Set<String> stores = new HashSet<>();
  private final Map<String, Integer> targets = new HashMap<>();
  private final Map<String, Integer> skipped = new HashMap<>();
  private MoneySum money = MoneySum.NONE;
  private int messages;
  private int toSend;
  private int succeeded;

  /**
   * This item is on the list too.
   *
   * @param confirmed whether the target has its message already
   */
  void add(RecoveryItem item, boolean confirmed) {
    messages++;
    hash.add(item);
    if (item.state() == ItemState.SKIPPED) {
      skipped.merge(SkipReasons.counted(String.valueOf(item.reason())), 1, Integer::sum);
    }
    if (item.state() != ItemState.PLANNED) {
      return;
    }
    toSend++;
    succeeded += confirmed ? 1 : 0;
    if (item.storeId() != null) {
      stores.add(item.storeId());
    }
    if (item.message().amount() != null) {
      money = money.plus(MoneySum.of(item.message().amount()));
    }
    targets.merge(item.message().targetName(), 1, Integer::sum);
  }

  /** How many were added. */
  int messages() {
    return messages;
  }

  /** How many of them are to be dispatched. */
  int toSend() {
    return toSend;
  }

  /**
   * What all that were added come to.
   *
   * @param canary how many of them go first
   */
  OperationSummary summary(int canary) {
    return OperationSummary.of(
            messages, toSend, canary, stores.size(), money, targets, skipped, hash.value())
        .withSucceeded(succeeded);
  }
}
