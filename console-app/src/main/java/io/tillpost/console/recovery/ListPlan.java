package io.tillpost.console.recovery;

import io.tillpost.console.security.StoreScope;
import io.tillpost.message.Message;
import io.tillpost.message.MessageStatus;
import io.tillpost.message.MoneySum;
import io.tillpost.recovery.ItemEvent;
import io.tillpost.recovery.ItemState;
import io.tillpost.recovery.OperationScope;
import io.tillpost.recovery.OperationSummary;
import io.tillpost.recovery.PlannedMessage;
import io.tillpost.recovery.RecoveryContent;
import io.tillpost.recovery.RecoveryItem;
import io.tillpost.recovery.RecoveryOperation;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Freezes the list of an operation: one item for each message, with the attempt it will make, or
 * with the reason why it makes none.
 */
final class ListPlan {
  private final RecoveryRecords records;
  private final Superseding superseding;
  private final StartProperties start;
  private final Clock clock;

  ListPlan(RecoveryRecords records, Superseding superseding, StartProperties start, Clock clock) {
    this.records = records;
    this.superseding = superseding;
    this.start = start;
    this.clock = clock;
  }

  /**
   * Writes the items, and then the operation with its list frozen.
   *
   * @param operation as it was created
   * @param stores whose messages are on it; others are left out
   * @param messages by id, the oldest first; at least one
   * @param contents what is sent for each of them
   * @param then what follows at once, in the same write; may be asked several times
   * @return the operation as it is then, or empty where it was given up meanwhile
   */
  Optional<RecoveryOperation> freeze(
      RecoveryOperation operation,
      StoreScope stores,
      Map<String, Message> messages,
      Contents contents,
      Function<RecoveryOperation, Optional<RecoveryOperation>> then) {
    Instant now = clock.instant();
    boolean byItself = operation.scope().kind() == OperationScope.Kind.MESSAGE;
    PlanChecks checks =
        new PlanChecks(records, superseding, operation.action(), messages.values(), byItself);
    Contents prepared = contents.of(messages.values());
    Map<String, RecoveryItem> items = new LinkedHashMap<>();
    Map<String, RecoveryContent> corrected = new LinkedHashMap<>();
    Map<String, String> latestOfObject = new HashMap<>();
    int toSend = 0;
    int canary = 0;
    int succeeded = 0;
    for (Message message : messages.values()) {
      RecoveryItem item =
          item(operation.id(), message, items.size(), stores, checks, now).in(operation.action());
      if (item.state() == ItemState.PLANNED) {
        item = withContent(item, prepared.of(message), corrected, now);
      }
      if (item.state() == ItemState.PLANNED) {
        item = inLine(item, latestOfObject);
        toSend++;
        succeeded += message.status() == MessageStatus.CONFIRMED ? 1 : 0;
      }
      items.put(RecoveryItem.id(operation.id(), item.messageId()), item);
    }
    // What is only written down goes nowhere, so there is nothing to try out.
    int first = operation.action().onlyRecorded() ? 0 : start.canaryOf(toSend);
    for (Map.Entry<String, RecoveryItem> entry : items.entrySet()) {
      if (canary < first && entry.getValue().state() == ItemState.PLANNED) {
        entry.setValue(entry.getValue().first());
        canary++;
      }
    }
    if (!corrected.isEmpty()) {
      records.contents().createAll(corrected);
    }
    records.items().createAll(items);
    OperationSummary summary =
        summary(List.copyOf(items.values()), canary).withSucceeded(succeeded);
    return records.change(operation.id(), planned -> planned.frozen(summary, now).flatMap(then));
  }

  private static RecoveryItem item(
      String operationId,
      Message message,
      int position,
      StoreScope stores,
      PlanChecks checks,
      Instant now) {
    PlannedMessage planned =
        new PlannedMessage(
            message.workflow(),
            message.storeId(),
            message.target(),
            message.amount(),
            BusinessObject.of(message).orElse(null),
            message.capturedAt());
    RecoveryItem item =
        RecoveryItem.planned(
            operationId, message.id().value(), planned, position, checks.nextAttempt(message), now);
    Optional<String> objection =
        stores.has(message.storeId())
            ? checks.objection(message)
            : Optional.of(StoreScope.LEFT_OUT);
    return objection.flatMap(reason -> item.after(new ItemEvent.Skipped(reason), now)).orElse(item);
  }

  /** Behind the latest one of the list that is about the same business object. */
  private static RecoveryItem inLine(RecoveryItem item, Map<String, String> latestOfObject) {
    String object = item.message().objectKey();
    String before = object == null ? null : latestOfObject.put(object, item.messageId());
    return before == null || item.actionOrRetry().onlyRecorded() ? item : item.behind(before);
  }

  private static RecoveryItem withContent(
      RecoveryItem item,
      Contents.Answer answer,
      Map<String, RecoveryContent> corrected,
      Instant now) {
    return switch (answer) {
      case Contents.Answer.AsItIs _ -> item;
      case Contents.Answer.Left left ->
          item.after(new ItemEvent.Skipped(left.reason()), now).orElse(item);
      case Contents.Answer.Corrected c -> {
        RecoveryContent content =
            new RecoveryContent(
                item.operationId(),
                item.messageId(),
                item.attempt(),
                c.contentType(),
                c.body(),
                c.changes());
        corrected.put(RecoveryItem.id(item.operationId(), item.messageId()), content);
        yield item.sending(content.hash());
      }
    };
  }

  private static OperationSummary summary(List<RecoveryItem> items, int canary) {
    ListHash hash = new ListHash();
    items.forEach(hash::add);
    List<RecoveryItem> toSend =
        items.stream().filter(item -> item.state() == ItemState.PLANNED).toList();
    return OperationSummary.of(
        items.size(),
        toSend.size(),
        canary,
        (int) toSend.stream().map(RecoveryItem::storeId).filter(s -> s != null).distinct().count(),
        money(toSend),
        counted(toSend, item -> item.message().targetName()),
        counted(
            items.stream().filter(item -> item.state() == ItemState.SKIPPED).toList(),
            item -> SkipReasons.counted(String.valueOf(item.reason()))),
        hash.value());
  }

  private static MoneySum money(List<RecoveryItem> items) {
    return items.stream()
        .flatMap(item -> Optional.ofNullable(item.message().amount()).stream())
        .map(MoneySum::of)
        .reduce(MoneySum.NONE, MoneySum::plus);
  }

  private static Map<String, Integer> counted(
      List<RecoveryItem> items, Function<RecoveryItem, String> by) {
    return items.stream().collect(Collectors.groupingBy(by, Collectors.summingInt(_ -> 1)));
  }
}
