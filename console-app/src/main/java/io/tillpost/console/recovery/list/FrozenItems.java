package io.tillpost.console.recovery.list;

import io.tillpost.console.recovery.BusinessObject;
import io.tillpost.console.recovery.Contents;
import io.tillpost.console.recovery.RecoveryRecords;
import io.tillpost.console.recovery.StartProperties;
import io.tillpost.console.recovery.earlier.EarlierOnList;
import io.tillpost.failure.FailureClass;
import io.tillpost.failure.Fingerprint;
import io.tillpost.message.Message;
import io.tillpost.message.MessageId;
import io.tillpost.message.MessageStatus;
import io.tillpost.recovery.ItemEvent;
import io.tillpost.recovery.ItemState;
import io.tillpost.recovery.OperationSummary;
import io.tillpost.recovery.PlannedMessage;
import io.tillpost.recovery.RecoveryContent;
import io.tillpost.recovery.RecoveryItem;
import io.tillpost.recovery.RecoveryOperation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The items of a list that is being frozen, made one after the other in the order of the list. Of
 * those that were handed on only a line of the hash and the latest one of each business object are
 * kept. For one thread.
 */
final class FrozenItems {
  private final RecoveryOperation operation;
  private final @Nullable StartProperties start;
  private final EarlierOnList earlier;
  private final Instant now;
  private final ListTally tally = new ListTally();
  private final Map<String, String> latestOfObject = new HashMap<>();

  /** Whether those go first is known when there are enough others. */
  private final List<RecoveryItem> perhapsFirst = new ArrayList<>();

  private Map<MessageId, FailureClass> classes = Map.of();
  private Map<MessageId, Fingerprint> exceptions = Map.of();

  /** One text for all messages of an exception. */
  private final Map<String, String> shares = new HashMap<>();

  /** Likewise of a failure. */
  private final Map<String, String> failures = new HashMap<>();

  private boolean canary;
  private Part part = new Part(new LinkedHashMap<>(), new LinkedHashMap<>());

  /**
   * @param start says how many go first; null for none
   * @param earlier knows earlier messages of those that are added, before they are
   */
  FrozenItems(
      RecoveryOperation operation,
      @Nullable StartProperties start,
      EarlierOnList earlier,
      Instant now) {
    this.operation = operation;
    this.start = start;
    this.earlier = earlier;
    this.now = now;
  }

  /**
   * Items and corrected contents that are to be written.
   *
   * @param items by their ids
   * @param contents by the ids of their items
   */
  record Part(Map<String, RecoveryItem> items, Map<String, RecoveryContent> contents) {
    /** Writes what is not there yet; returns whether there was anything to write. */
    boolean write(RecoveryRecords records) {
      if (!contents.isEmpty()) {
        records.contents().createAll(contents);
      }
      if (!items.isEmpty()) {
        records.items().createAll(items);
      }
      return !items.isEmpty();
    }

    private void put(RecoveryItem item) {
      items.put(RecoveryItem.id(item.operationId(), item.messageId()), item);
    }
  }

  /**
   * The classes of the failures of those that are added next; of those without one none is kept.
   */
  void classed(Map<MessageId, FailureClass> newClasses) {
    classes = newClasses;
  }

  /**
   * The exceptions of those that are added next. Not asked for where the whole list is of one,
   * which the operation says itself.
   */
  void ofExceptions(Map<MessageId, Fingerprint> newExceptions) {
    exceptions = newExceptions;
  }

  /**
   * The next message of the list.
   *
   * @param objection why it is not to be sent; empty if it is
   * @param attempt that it would make
   * @param underWay whether another operation takes care of it
   * @param newer the id of a message that makes it needless, in spite of which it goes; or null
   */
  void add(
      Message message,
      Optional<String> objection,
      int attempt,
      boolean underWay,
      @Nullable String newer,
      Contents contents) {
    RecoveryItem item = left(planned(message, attempt), objection).in(operation.action());
    if (item.state() == ItemState.PLANNED) {
      item = withContent(item, contents.of(message));
    }
    item = earlier.decide(item, message, underWay, now);
    if (item.state() != ItemState.PLANNED) {
      part.contents().remove(RecoveryItem.id(operation.id(), item.messageId()));
    }
    boolean sent = item.state() == ItemState.PLANNED;
    if (sent) {
      item = inLine(newer == null ? item : item.inSpiteOf(newer));
    }
    tally.add(item, message.status() == MessageStatus.CONFIRMED, exceptionOf(message));
    if (sent && start != null && !canary && perhapsFirst.size() < start.canary()) {
      perhapsFirst.add(item);
    } else {
      part.put(item);
    }
    if (start != null && !canary && start.canaryOf(tally.toSend()) > 0) {
      canary = true;
      perhapsFirst.forEach(first -> part.put(first.first()));
    }
  }

  /** How many were made. */
  int size() {
    return tally.messages();
  }

  /** What was made since this was asked before; it is the caller's now. */
  Part part() {
    Part made = part;
    part = new Part(new LinkedHashMap<>(), new LinkedHashMap<>());
    return made;
  }

  /**
   * There are no more messages. The last items are in {@link #part} then.
   *
   * @param why messages go that a newer one makes needless, where any does
   */
  OperationSummary end(String why) {
    if (!canary) {
      perhapsFirst.forEach(part::put);
    }
    return tally.summary(canary ? perhapsFirst.size() : 0, why);
  }

  private RecoveryItem planned(Message message, int attempt) {
    PlannedMessage planned =
        new PlannedMessage(
            message.workflow(),
            message.storeId(),
            message.target(),
            message.amount(),
            BusinessObject.of(message).orElse(null),
            message.capturedAt(),
            classes.get(message.id()),
            shareOf(message),
            message.fingerprint().map(Fingerprint::value).map(this::once).orElse(null));
    return RecoveryItem.planned(
        operation.id(), message.id().value(), planned, tally.messages(), attempt, now);
  }

  private String once(String failure) {
    return failures.computeIfAbsent(failure, one -> one);
  }

  private @Nullable String shareOf(Message message) {
    String exception = exceptionOf(message);
    return exception == null
        ? null
        : shares.computeIfAbsent(exception, one -> PlannedMessage.share(operation.id(), one));
  }

  private @Nullable String exceptionOf(Message message) {
    Fingerprint exception = exceptions.get(message.id());
    return exception == null ? null : exception.value();
  }

  private RecoveryItem left(RecoveryItem item, Optional<String> reason) {
    return reason.flatMap(why -> item.after(new ItemEvent.Skipped(why), now)).orElse(item);
  }

  /** Behind the latest one of the list that is about the same business object. */
  private RecoveryItem inLine(RecoveryItem item) {
    String object = item.message().objectKey();
    String before = object == null ? null : latestOfObject.put(object, item.messageId());
    return before == null || item.actionOrRetry().onlyRecorded() ? item : item.behind(before);
  }

  private RecoveryItem withContent(RecoveryItem item, Contents.Answer answer) {
    return switch (answer) {
      case Contents.Answer.AsItIs _ -> item;
      case Contents.Answer.Left left -> left(item, Optional.of(left.reason()));
      case Contents.Answer.Corrected c -> {
        RecoveryContent content =
            new RecoveryContent(
                item.operationId(),
                item.messageId(),
                item.attempt(),
                c.contentType(),
                c.body(),
                c.changes(),
                item.plannedAt());
        part.contents().put(RecoveryItem.id(item.operationId(), item.messageId()), content);
        yield item.sending(content.hash());
      }
    };
  }
}
