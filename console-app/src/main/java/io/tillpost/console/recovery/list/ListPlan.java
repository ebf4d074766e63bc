package io.tillpost.console.recovery.list;

import io.tillpost.console.recovery.Contents;
import io.tillpost.console.recovery.RecoveryRecords;
import io.tillpost.console.recovery.RetryRequest;
import io.tillpost.console.recovery.StartProperties;
import io.tillpost.console.recovery.automatic.TriagedFailures;
import io.tillpost.console.recovery.earlier.EarlierMessages;
import io.tillpost.console.recovery.earlier.EarlierOnList;
import io.tillpost.console.recovery.earlier.Superseding;
import io.tillpost.console.security.StoreScope;
import io.tillpost.message.Message;
import io.tillpost.recovery.OperationScope;
import io.tillpost.recovery.OperationState;
import io.tillpost.recovery.OperationSummary;
import io.tillpost.recovery.Preparation;
import io.tillpost.recovery.RecoveryAction;
import io.tillpost.recovery.RecoveryOperation;
import io.tillpost.store.Messages;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntPredicate;

/**
 * Freezes the list of an operation: one item for each message, with the attempt it will make, or
 * with the reason why it makes none. Part by part where the list is long.
 */
final class ListPlan {
  private final RecoveryRecords records;
  private final Messages messages;
  private final Superseding superseding;
  private final EarlierMessages earlierMessages;
  private final StartProperties start;
  private final TriagedFailures triaged;
  private final Clock clock;

  ListPlan(
      RecoveryRecords records,
      Messages messages,
      Superseding superseding,
      EarlierMessages earlierMessages,
      StartProperties start,
      TriagedFailures triaged,
      Clock clock) {
    this.records = records;
    this.messages = messages;
    this.superseding = superseding;
    this.earlierMessages = earlierMessages;
    this.start = start;
    this.triaged = triaged;
    this.clock = clock;
  }

  /**
   * Writes the items, and then the operation with its list frozen. Until that is written none of
   * the items means anything.
   *
   * @param operation as it was created
   * @param stores whose messages are on it; others are left out
   * @param chosen the messages
   * @param contents what is sent for each of them
   * @param request why, and what becomes of those with an earlier one that has failed
   * @param added how many earlier ones were put on the list
   * @param goesOn is asked after each part, with how many items are written, at least
   * @param then what follows at once, in the same write; may be asked several times
   * @return the operation as it is then, or empty where it was given up meanwhile
   */
  Optional<RecoveryOperation> freeze(
      RecoveryOperation operation,
      StoreScope stores,
      ChosenList chosen,
      Contents contents,
      RetryRequest request,
      int added,
      IntPredicate goesOn,
      Function<RecoveryOperation, Optional<RecoveryOperation>> then) {
    Instant now = clock.instant();
    boolean byItself = operation.scope().kind() == OperationScope.Kind.MESSAGE;
    EarlierOnList earlier =
        new EarlierOnList(
            earlierMessages, records, superseding, operation.action(), request.earlier());
    // What is only written down goes nowhere, so there is nothing to try out.
    FrozenItems items =
        new FrozenItems(operation, operation.action().onlyRecorded() ? null : start, earlier, now);
    // While one part is written the next one is looked at.
    Ahead<Boolean> writing = new Ahead<>();
    boolean whole =
        chosen.each(
            part -> {
              PlanChecks checks =
                  new PlanChecks(
                      records,
                      superseding,
                      operation.action(),
                      part,
                      chosen.newestOfObject(),
                      byItself,
                      request.superseded().sends());
              earlier.lookUp(part);
              // What a correction or a replay came to says nothing of trying again as it is.
              if (operation.action() == RecoveryAction.RETRY) {
                items.classed(triaged.classes(part));
              }
              if (operation.scope().fingerprint() == null) {
                items.ofExceptions(messages.exceptionsOf(part));
              }
              Contents prepared = contents.of(part);
              int before = items.size();
              for (Message message : part) {
                items.add(
                    message,
                    stores.has(message.storeId())
                        ? checks.objection(message)
                        : Optional.of(StoreScope.LEFT_OUT),
                    checks.nextAttempt(message),
                    checks.isInOperation(message),
                    checks.inSpiteOf(message),
                    prepared);
              }
              FrozenItems.Part written = items.part();
              writing.next(() -> written.write(records));
              return goesOn.test(before);
            });
    writing.last();
    if (!whole) {
      return givenUp(operation.id(), chosen.size(), items.size());
    }
    OperationSummary summary =
        items
            .end(request.superseded().why(request.reason()))
            .withEarlier(earlier.told(added, request.reason()));
    items.part().write(records);
    return records
        .change(operation.id(), planned -> planned.frozen(summary, now).flatMap(then))
        .or(() -> givenUp(operation.id(), chosen.size(), items.size()));
  }

  /**
   * What was written since it was given up may have come after the others were removed; so it is
   * said that there is something left.
   */
  private Optional<RecoveryOperation> givenUp(String id, int messages, int frozen) {
    Preparation left = new Preparation(messages, frozen, clock.instant());
    var _ =
        records.change(
            id,
            operation ->
                operation.state() == OperationState.ABANDONED
                    ? Optional.of(operation.preparing(left))
                    : Optional.empty());
    return Optional.empty();
  }
}
