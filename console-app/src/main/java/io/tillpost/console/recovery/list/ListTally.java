package io.tillpost.console.recovery.list;

import io.tillpost.console.recovery.ListHash;
import io.tillpost.console.recovery.earlier.SkipReasons;
import io.tillpost.message.Money;
import io.tillpost.message.MoneySum;
import io.tillpost.recovery.ItemState;
import io.tillpost.recovery.OperationSummary;
import io.tillpost.recovery.RecoveryItem;
import io.tillpost.recovery.StoreShare;
import io.tillpost.recovery.SupersededSent;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Adds up what the items of a list come to. */
final class ListTally {
  private static final int EXAMPLES = 5;

  private final ListHash hash = new ListHash();
  private final Map<String, StoreShare> byStore = new HashMap<>();
  private final Map<String, Integer> targets = new HashMap<>();
  private final Map<String, Integer> skipped = new HashMap<>();
  private MoneySum money = MoneySum.NONE;
  private int messages;
  private int toSend;
  private int succeeded;
  private int superseded;
  private final Set<String> newer = new LinkedHashSet<>();
  private final Map<String, Integer> exceptions = new HashMap<>();

  /**
   * This item is on the list too.
   *
   * @param confirmed whether the target has its message already
   * @param exception the fingerprint of its exception, where that is counted
   */
  void add(RecoveryItem item, boolean confirmed, @Nullable String exception) {
    messages++;
    hash.add(item);
    if (item.state() == ItemState.SKIPPED) {
      skipped.merge(SkipReasons.counted(String.valueOf(item.reason())), 1, Integer::sum);
    }
    if (item.state() != ItemState.PLANNED) {
      return;
    }
    toSend++;
    if (exception != null) {
      exceptions.merge(exception, 1, Integer::sum);
    }
    String newerOne = item.supersededBy();
    if (newerOne != null) {
      superseded++;
      if (newer.size() < EXAMPLES) {
        newer.add(newerOne);
      }
    }
    succeeded += confirmed ? 1 : 0;
    Money amount = item.message().amount();
    MoneySum behind = amount == null ? MoneySum.NONE : MoneySum.of(amount);
    money = money.plus(behind);
    String store = item.storeId() == null ? OperationSummary.NO_STORE : item.storeId();
    byStore.merge(
        store,
        new StoreShare(store, 1, behind),
        (before, one) ->
            new StoreShare(store, before.messages() + 1, before.money().plus(one.money())));
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
   * @param why those go that a newer message makes needless, where any does
   */
  OperationSummary summary(int canary, String why) {
    int stores = byStore.size() - (byStore.containsKey(OperationSummary.NO_STORE) ? 1 : 0);
    return OperationSummary.of(
            messages, toSend, canary, stores, money, targets, skipped, hash.value())
        .withSucceeded(succeeded)
        .withStores(byStore.values())
        .withExceptions(exceptions)
        .withSuperseded(
            superseded == 0 ? null : new SupersededSent(superseded, newer.stream().toList(), why));
  }
}
