package io.tillpost.console.recovery.run;

import io.tillpost.console.recovery.earlier.EarlierMessages;
import io.tillpost.console.recovery.earlier.EarlierOnes;
import io.tillpost.recovery.RecoveryItem;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Looks which earlier messages there are about the objects of items that are to go next, for many
 * of them with one search. How these stand is looked at message by message right before an item
 * goes: a search is a second late, and one may fail in between.
 */
final class EarlierLook {
  private static final int AT_A_TIME = 500;

  /** Of so many of one object it is read whether they have failed; of others it is searched. */
  private static final EarlierMessages.Bound BOUND = EarlierMessages.Bound.ofEach(100, 101);

  private final EarlierMessages messages;

  EarlierLook(EarlierMessages messages) {
    this.messages = messages;
  }

  /**
   * The next ones of which it is not known. What cannot go, because its target is closed, must not
   * keep away the others.
   *
   * @param canaryOnly whether only those that go first are meant
   * @param closed whether nothing goes to that target now; asked once for each
   */
  static List<OpenItem> next(
      List<OpenItem> held, boolean canaryOnly, Predicate<String> closed, Instant now) {
    List<OpenItem> next = new ArrayList<>();
    Map<String, Boolean> targets = new HashMap<>();
    for (OpenItem item : held) {
      if (next.size() == AT_A_TIME) {
        break;
      }
      if (item.earlierUnknown(now)
          && !item.leftAloneAt(now)
          && !item.waitsForAnother()
          && !targets.computeIfAbsent(item.target(), closed::test)
          && (!canaryOnly || item.known().value().canary())) {
        next.add(item);
      }
    }
    return next;
  }

  /** Looks, and tells each of them; what was seen holds from then on, however long it took. */
  void tell(Map<OpenItem, RecoveryItem> items, Clock clock) {
    Map<OpenItem, EarlierMessages.Later> later = new HashMap<>();
    items.forEach(
        (open, item) -> EarlierMessages.Later.of(item).ifPresent(one -> later.put(open, one)));
    Map<String, EarlierOnes> found =
        messages.of(later.values(), _ -> List.of(), EarlierMessages.NOT_THROUGH, BOUND);
    Instant now = clock.instant();
    later.forEach(
        (open, one) ->
            open.earlierAre(found.getOrDefault(one.object(), EarlierOnes.NONE).before(one), now));
  }
}
