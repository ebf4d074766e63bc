package io.tillpost.console.recovery.list;

import io.tillpost.console.recovery.RecoveryRecords;
import io.tillpost.console.recovery.Wish;
import io.tillpost.console.recovery.earlier.EarlierMessages;
import io.tillpost.console.recovery.earlier.EarlierOnList;
import io.tillpost.console.recovery.earlier.EarlierOnes;
import io.tillpost.console.text.CountText;
import io.tillpost.message.Message;
import io.tillpost.recovery.EarlierChoice;
import io.tillpost.recovery.OperationScope;
import java.util.Collection;
import java.util.List;

/** Puts earlier messages that have failed on a list, where that is wished. */
final class WithEarlier {
  private final EarlierMessages earlier;
  private final RecoveryRecords records;
  private final int most;

  /**
   * @param most how many messages one operation takes
   */
  WithEarlier(EarlierMessages earlier, RecoveryRecords records, int most) {
    this.earlier = earlier;
    this.records = records;
    this.most = most;
  }

  /**
   * The list with them.
   *
   * @param reading is asked again and again whether to go on
   * @return the list, or why it is not taken
   */
  ChosenMessages.Answer of(Wish wish, ChosenMessages.Found found, ListReading reading) {
    if (wish.request().earlier().choice() != EarlierChoice.INCLUDE
        || wish.action().onlyRecorded()) {
      return found;
    }
    ChosenList.Collector all = found.messages().collector();
    boolean whole =
        found
            .messages()
            .each(
                part -> addEarlier(part, all) && all.size() <= most && reading.goesOn(all.size()));
    if (reading.isLeft()) {
      return new ChosenMessages.Left();
    }
    int added = all.size() - found.messages().size();
    if (!whole || all.size() > most) {
      return new ChosenMessages.NotNow(
          "With the earlier messages (at least %,d) these are more than %,d; choose fewer"
              .formatted(added, most));
    }
    return added == 0
        ? found
        : new ChosenMessages.Found(with(found.scope(), added), all.oldestFirst());
  }

  /** Returns whether all there are of these were added; of too many it stops looking. */
  private boolean addEarlier(List<Message> part, ChosenList.Collector all) {
    int room = Math.max(most - all.size(), 0) + 1;
    Collection<EarlierOnes> found =
        EarlierOnList.failedBefore(
                earlier, records, part, _ -> List.of(), new EarlierMessages.Bound(room, room, room))
            .values();
    all.addAll(earlier.read(found.stream().flatMap(ones -> ones.oldest().stream()).toList()));
    return found.stream().allMatch(ones -> ones.more() == 0);
  }

  /** A message is by itself no more where another one goes with it. */
  private static OperationScope with(OperationScope scope, int added) {
    OperationScope.Kind kind =
        scope.kind() == OperationScope.Kind.MESSAGE ? OperationScope.Kind.SELECTION : scope.kind();
    return new OperationScope(
        kind,
        scope.subjectId(),
        scope.fingerprint(),
        scope.description() + " and " + CountText.of(added, "earlier message"));
  }
}
