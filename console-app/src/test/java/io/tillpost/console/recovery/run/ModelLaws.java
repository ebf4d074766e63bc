package io.tillpost.console.recovery.run;

import static io.tillpost.console.recovery.RecoveryWorld.itemsOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.tillpost.console.audit.AuditTrails;
import io.tillpost.console.recovery.BusinessObject;
import io.tillpost.console.recovery.Following;
import io.tillpost.console.recovery.RecoveryRecords;
import io.tillpost.console.recovery.TestTriage;
import io.tillpost.message.Attempt;
import io.tillpost.message.Message;
import io.tillpost.message.MessageId;
import io.tillpost.recovery.ItemState;
import io.tillpost.recovery.OperationScope;
import io.tillpost.recovery.RecoveryAction;
import io.tillpost.recovery.RecoveryClaim;
import io.tillpost.recovery.RecoveryItem;
import io.tillpost.recovery.RecoveryKinds;
import io.tillpost.recovery.RecoveryOperation;
import io.tillpost.store.DocumentQuery;
import io.tillpost.store.DocumentQuery.Condition;
import io.tillpost.store.Documents.Versioned;
import io.tillpost.store.memory.InMemoryStores;
import io.tillpost.testing.MessageBuilder;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What holds whatever happens: at each request that reaches the middleware, and when everything has
 * come to its end.
 *
 * @param sales by message id
 * @param automatically how often at most a message is retried without anybody asking
 * @param accepted the ids of operations that were asked for although an earlier attempt is in doubt
 */
record ModelLaws(
    InMemoryStores stores,
    Map<String, MessageBuilder> sales,
    TestTriage triage,
    int automatically,
    Set<String> accepted) {
  /** Stands in the words of a person who did not look well. */
  static final String WRONGLY = "and saw another document";

  private static final String NOT_THERE = "It is not in the target, says ";
  private static final String THERE = "It is in the target, says ";

  /** A request for this message has reached the middleware. */
  void atRequest(MessageId id) {
    nothingBeforeItOnItsListHasStillToGo(id);
    noOtherOfItsObjectIsOnItsWay(id);
    nothingBeforeItIsFailedUnlessThatWasChosen(id);
    nothingBeginsByItselfThatIsLeftToPeople(id);
    nothingBeginsThatSomebodyHasSeenInTheTarget(id);
  }

  /** Nothing is under way any more. */
  void atTheEnd(ModelChannel middleware) {
    everyItemTellsTheTruth(middleware);
    noMessageWasRetriedByItselfTooOften();
    AuditTrails.assertIntact(stores.documents());
  }

  private void everyItemTellsTheTruth(ModelChannel middleware) {
    RecoveryRecords records = new RecoveryRecords(stores.documents());
    Set<String> claimed = new HashSet<>();
    for (RecoveryOperation operation : ModelConsole.operations(stores)) {
      List<Versioned<RecoveryItem>> items = itemsOf(records, operation.id());
      if (operation.summary() == null) {
        // A console died while it froze the list.
        assertThat(items).allMatch(item -> item.value().dispatches() == 0);
        continue;
      }
      assertThat(items).hasSize(operation.size());
      for (Versioned<RecoveryItem> versioned : items) {
        RecoveryItem item = versioned.value();
        String key = item.idempotencyKey();
        if (operation.state().waiting()) {
          assertThat(item.dispatches()).isZero();
          continue;
        }
        assertThat(item.state().open()).as(item.toString()).isFalse();
        assertThat(item.reason()).as(item.toString()).isNotBlank();
        if (item.dispatches() > 0) {
          assertThat(claimed.add(key)).as("two operations sent " + key).isTrue();
        }
        if (operation.action().onlyRecorded()) {
          assertThat(item.state()).isIn(ItemState.SKIPPED, ItemState.DISCARDED, ItemState.RESTORED);
          assertThat(middleware.requests())
              .as("a discard sends nothing: " + item)
              .doesNotContain(item.state() == ItemState.DISCARDED ? key : "");
          assertThat(isReported(item)).as(item.toString()).isEqualTo(ended(item));
        }
        if (item.state() == ItemState.CONFIRMED) {
          assertThat(middleware.hasSince(item.messageId(), item.attempt()))
              .as(item.toString())
              .isTrue();
        }
        boolean wrongly = item.reason().contains(WRONGLY);
        if (item.dispatches() > 0 && middleware.has(key) && !wrongly) {
          assertThat(item.state()).isIn(ItemState.CONFIRMED, ItemState.ALREADY_DONE);
        }
      }
    }
    assertThat(claimed).containsAll(middleware.requests());
  }

  private void noMessageWasRetriedByItselfTooOften() {
    Map<String, Long> claims =
        stores
            .documents()
            .of(RecoveryKinds.CLAIMS)
            .find(DocumentQuery.ALL.page(10_000, null))
            .items()
            .stream()
            .map(Versioned::value)
            .filter(claim -> claim.claimedBy().equals(RecoveryOperation.AUTOMATIC))
            .collect(Collectors.groupingBy(RecoveryClaim::messageId, Collectors.counting()));
    assertThat(claims)
        .allSatisfy((_, count) -> assertThat(count).isLessThanOrEqualTo(automatically));
  }

  /** Of one list, what is about the same business object goes in the order of the list. */
  private void nothingBeforeItOnItsListHasStillToGo(MessageId id) {
    List<RecoveryItem> sent =
        stores.documents().of(RecoveryKinds.ITEMS).find(ofMessage(id)).items().stream()
            .map(Versioned::value)
            .filter(item -> item.state() == ItemState.CLAIMED && item.dispatches() > 0)
            .filter(item -> item.message().objectKey() != null)
            .toList();
    for (RecoveryItem item : sent) {
      assertThat(itemsOf(new RecoveryRecords(stores.documents()), item.operationId()))
          .map(Versioned::value)
          .filteredOn(other -> other.position() < item.position() && other.state().open())
          .filteredOn(other -> item.message().objectKey().equals(other.message().objectKey()))
          .as("has to go before " + id)
          .isEmpty();
    }
  }

  /** Two messages about one business object are never on their way at once, over all operations. */
  private void noOtherOfItsObjectIsOnItsWay(MessageId id) {
    List<RecoveryItem> onTheirWay =
        stores
            .documents()
            .of(RecoveryKinds.ITEMS)
            .find(
                DocumentQuery.ALL.and(
                    new Condition.AnyOf(
                        "state", Set.of(ItemState.CLAIMED.name(), ItemState.SENT.name()))))
            .items()
            .stream()
            .map(Versioned::value)
            .filter(item -> !item.actionOrRetry().onlyRecorded())
            .toList();
    Set<String> objects =
        onTheirWay.stream()
            .filter(item -> item.messageId().equals(id.value()))
            .flatMap(item -> Optional.ofNullable(item.message().objectKey()).stream())
            .collect(Collectors.toSet());
    assertThat(onTheirWay)
        .filteredOn(item -> !item.messageId().equals(id.value()))
        .filteredOn(item -> objects.contains(String.valueOf(item.message().objectKey())))
        .as("on their way beside " + id)
        .isEmpty();
  }

  /**
   * No message begins before an earlier one about its object that is failed at that moment, unless
   * it is one of those that somebody let it pass.
   */
  private void nothingBeforeItIsFailedUnlessThatWasChosen(MessageId id) {
    Message message = stored(id);
    Optional<String> object = BusinessObject.of(message);
    List<Message> failed =
        sales.values().stream()
            .map(sale -> stored(sale.messageId()))
            .filter(other -> other.capturedAt().isBefore(message.capturedAt()))
            .filter(other -> object.isPresent() && BusinessObject.of(other).equals(object))
            .filter(other -> other.status().isFailed())
            .toList();
    assertThat(stores.documents().of(RecoveryKinds.ITEMS).find(ofMessage(id)).items())
        .map(Versioned::value)
        .filteredOn(item -> item.dispatches() == 1 && item.state() == ItemState.CLAIMED)
        .filteredOn(item -> item.holder() != null && !item.inDoubt())
        .filteredOn(item -> failed.stream().anyMatch(other -> !EarlierGuard.mayPass(item, other)))
        .as("begins before " + failed.stream().map(Message::id).toList())
        .isEmpty();
  }

  /** What was not claimed before that goes out for people only. */
  private void nothingBeginsByItselfThatIsLeftToPeople(MessageId id) {
    if (triage.lets()) {
      return;
    }
    Set<String> automatic =
        ModelConsole.operations(stores).stream()
            .filter(RecoveryOperation::isAutomatic)
            .map(RecoveryOperation::id)
            .collect(Collectors.toSet());
    assertThat(stores.documents().of(RecoveryKinds.ITEMS).find(ofMessage(id)).items())
        .map(Versioned::value)
        .filteredOn(item -> item.dispatches() == 1 && item.state() == ItemState.CLAIMED)
        .filteredOn(item -> item.holder() != null && !item.inDoubt())
        .filteredOn(item -> automatic.contains(item.operationId()))
        .as("begun by itself although it is left to people: " + id)
        .isEmpty();
  }

  /**
   * No attempt is claimed of a message that somebody has seen in the target, unless an event tells
   * of the attempt that they looked for that it failed. A replay sends again what is there.
   */
  private void nothingBeginsThatSomebodyHasSeenInTheTarget(MessageId id) {
    RecoveryRecords records = new RecoveryRecords(stores.documents());
    Message message = stored(id);
    List<RecoveryItem> items =
        stores.documents().of(RecoveryKinds.ITEMS).find(ofMessage(id)).items().stream()
            .map(Versioned::value)
            .toList();
    List<RecoveryItem> seen =
        items.stream()
            .filter(item -> item.state() == ItemState.ALREADY_DONE)
            .filter(item -> String.valueOf(item.reason()).startsWith(THERE))
            .filter(item -> !hasFailed(message, item.attempt()))
            .toList();
    assertThat(items)
        .filteredOn(item -> item.dispatches() == 1 && item.state() == ItemState.CLAIMED)
        .filteredOn(item -> item.holder() != null && !item.inDoubt())
        .filteredOn(item -> item.actionOrRetry() != RecoveryAction.REPLAY)
        .filteredOn(
            item -> {
              Instant claimed = records.claim(id.value(), item.attempt()).orElseThrow().claimedAt();
              return seen.stream().anyMatch(one -> one.history().getLast().at().isBefore(claimed));
            })
        .as("claimed although somebody has seen it in the target: " + id)
        .isEmpty();
  }

  private static boolean hasFailed(Message message, int attempt) {
    Attempt made = message.attempts().get(attempt);
    return made != null && made.status().isFailed();
  }

  private static boolean ended(RecoveryItem item) {
    return item.state() == ItemState.DISCARDED || item.state() == ItemState.RESTORED;
  }

  /** Whether Tillpost's own message event of this item is there. */
  private boolean isReported(RecoveryItem item) {
    return stores.messages().events(new MessageId(item.messageId())).stream()
        .anyMatch(
            event ->
                event.id().source().equals(ItemRecording.SOURCE)
                    && event.id().id().startsWith(item.operationId()));
  }

  private Message stored(MessageId id) {
    return stores.messages().find(id).orElseThrow().message();
  }

  private static DocumentQuery ofMessage(MessageId id) {
    return DocumentQuery.ALL.where("message_id", id.value());
  }

  /** Whether a person looked at this message by itself, knowing that of that attempt. */
  boolean acceptsTheDoubt(String operationId, MessageId message, int earlier) {
    if (isSaidNotToBeThere(message, earlier)) {
      return true;
    }
    RecoveryRecords records = new RecoveryRecords(stores.documents());
    OperationScope scope =
        records.operations().get(operationId).map(Versioned::value).orElseThrow().scope();
    return scope.kind() == OperationScope.Kind.MESSAGE
        && accepted.contains(operationId)
        && records
            .claim(message.value(), earlier)
            .flatMap(records::itemOf)
            .filter(Following::isInDoubt)
            .isPresent();
  }

  /** Whether somebody has said that the attempt is not in the target: then another one may go. */
  private boolean isSaidNotToBeThere(MessageId message, int attempt) {
    RecoveryRecords records = new RecoveryRecords(stores.documents());
    return records
        .claim(message.value(), attempt)
        .flatMap(records::itemOf)
        .filter(item -> item.state() == ItemState.FAILED)
        .filter(item -> String.valueOf(item.reason()).startsWith(NOT_THERE))
        .isPresent();
  }
}
