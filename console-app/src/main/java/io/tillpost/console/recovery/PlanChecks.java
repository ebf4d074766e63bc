package io.tillpost.console.recovery;

import io.tillpost.message.Message;
import io.tillpost.recovery.ItemState;
import io.tillpost.recovery.RecoveryAction;
import io.tillpost.recovery.RecoveryItem;
import io.tillpost.recovery.RecoveryOperation;
import io.tillpost.store.DocumentQuery;
import io.tillpost.store.DocumentQuery.Condition;
import io.tillpost.store.Documents.Versioned;
import io.tillpost.store.Page;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What is known, when a list is frozen, against sending its messages. A search may miss what was
 * written in the last second; the same questions are asked again of claims by their ids before
 * anything is dispatched.
 */
final class PlanChecks {
  private static final int CHUNK = 500;
  private static final int PAGE = 5_000;

  private final RecoveryRecords records;
  private final Superseding superseding;
  private final EarlierClaims earlierClaims;
  private final RecoveryAction action;
  private final boolean byItself;
  private final Map<String, Integer> claimed = new HashMap<>();
  private final Map<String, String> inOperation = new HashMap<>();
  private final Map<String, String> newestOfObject = new HashMap<>();

  /**
   * @param action what is to be done with the messages
   * @param messages of the list, the oldest first
   * @param byItself whether a person chose one message, having looked at it
   */
  PlanChecks(
      RecoveryRecords records,
      Superseding superseding,
      RecoveryAction action,
      Collection<Message> messages,
      boolean byItself) {
    this.records = records;
    this.superseding = superseding;
    this.earlierClaims = new EarlierClaims(records);
    this.action = action;
    this.byItself = byItself;
    List<String> ids = messages.stream().map(message -> message.id().value()).toList();
    for (int from = 0; from < ids.size(); from += CHUNK) {
      lookUp(Set.copyOf(ids.subList(from, Math.min(ids.size(), from + CHUNK))));
    }
    messages.stream()
        .filter(message -> superseding.in(message.workflow()))
        .forEach(
            message ->
                BusinessObject.of(message)
                    .ifPresent(object -> newestOfObject.put(object, message.id().value())));
  }

  /**
   * The attempt to be made: one more than every attempt known. A discard takes its place, so that
   * nobody makes it meanwhile; what is restored is the current attempt.
   */
  int nextAttempt(Message message) {
    if (action == RecoveryAction.RESTORE) {
      return highest(message);
    }
    return Math.max(highest(message), claimed.getOrDefault(message.id().value(), 0)) + 1;
  }

  /** Why the message is not to be sent, as a sentence; empty if it is. */
  Optional<String> objection(Message message) {
    String id = message.id().value();
    Optional<String> standing = Eligibility.objection(action, message);
    if (standing.isPresent()) {
      return standing;
    }
    String other = inOperation.get(id);
    if (other != null && !byItself) {
      return Optional.of(other);
    }
    if (action == RecoveryAction.RESTORE) {
      return Optional.empty();
    }
    return (action == RecoveryAction.DISCARD ? Optional.<String>empty() : superseded(message))
        .or(
            () ->
                claimed.containsKey(id)
                    ? earlierClaims.objection(message, nextAttempt(message), byItself)
                    : Optional.empty());
  }

  private Optional<String> superseded(Message message) {
    String id = message.id().value();
    return Optional.ofNullable(
            BusinessObject.of(message)
                .map(newestOfObject::get)
                .filter(newest -> !newest.equals(id))
                .map(SkipReasons::supersededBy)
                .orElse(null))
        .or(() -> superseding.newerConfirmed(message));
  }

  private static int highest(Message message) {
    return message.currentAttempt().number();
  }

  private void lookUp(Set<String> ids) {
    DocumentQuery these = DocumentQuery.ALL.and(new Condition.AnyOf("message_id", ids));
    pages(
        after -> records.claims().find(these.page(PAGE, after)),
        claim -> claimed.merge(claim.messageId(), claim.attempt(), Math::max));
    Map<String, Optional<RecoveryOperation>> operations = new HashMap<>();
    List<RecoveryItem> open = new ArrayList<>();
    DocumentQuery openOnes = these.and(new Condition.AnyOf("state", ItemState.openNames()));
    pages(after -> records.items().find(openOnes.page(PAGE, after)), open::add);
    for (RecoveryItem item : open) {
      operations
          .computeIfAbsent(
              item.operationId(), id -> records.operations().get(id).map(Versioned::value))
          .filter(operation -> operation.state().active())
          .ifPresent(
              operation ->
                  inOperation.put(
                      item.messageId(), "In an operation of " + operation.requestedBy()));
    }
  }

  private static <T> void pages(
      java.util.function.Function<@org.jspecify.annotations.Nullable String, Page<Versioned<T>>>
          asking,
      Consumer<T> found) {
    String after = null;
    do {
      Page<Versioned<T>> page = asking.apply(after);
      page.items().forEach(one -> found.accept(one.value()));
      after = page.next();
    } while (after != null);
  }
}
