package io.tillpost.console.recovery.list;

import io.tillpost.console.recovery.BusinessObject;
import io.tillpost.console.recovery.EarlierClaims;
import io.tillpost.console.recovery.Eligibility;
import io.tillpost.console.recovery.KnownClaims;
import io.tillpost.console.recovery.RecoveryRecords;
import io.tillpost.console.recovery.earlier.Superseding;
import io.tillpost.message.Message;
import io.tillpost.recovery.ItemState;
import io.tillpost.recovery.RecoveryAction;
import io.tillpost.recovery.RecoveryClaim;
import io.tillpost.store.DocumentQuery;
import io.tillpost.store.DocumentQuery.Condition;
import io.tillpost.store.Documents.Versioned;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What is known, when a list is frozen, against sending its messages. A search may miss what was
 * written in the last second; the same questions are asked again of claims by their ids before
 * anything is dispatched.
 */
public final class PlanChecks {
  private static final int CHUNK = 2_000;
  private static final int PAGE = 5_000;

  private final RecoveryRecords records;
  private final Superseding superseding;
  private final EarlierClaims earlierClaims;
  private final RecoveryAction action;
  private final boolean byItself;
  private final boolean sendsSuperseded;
  private final Map<String, String> newestOfObject;
  private final Map<String, String> inSpiteOf = new HashMap<>();
  private final Map<String, Integer> claimed = new HashMap<>();
  private final Map<String, String> inOperation = new HashMap<>();

  /**
   * @param action what is to be done with the messages
   * @param messages of the list, or a part of them
   * @param newestOfObject of all messages on the list ({@link ChosenList#newestOfObject})
   * @param byItself whether a person chose one message, having looked at it
   * @param superseded whether messages go that a newer one makes needless
   */
  public PlanChecks(
      RecoveryRecords records,
      Superseding superseding,
      RecoveryAction action,
      Collection<Message> messages,
      Map<String, String> newestOfObject,
      boolean byItself,
      boolean superseded) {
    this.records = records;
    this.superseding = superseding;
    this.action = action;
    this.newestOfObject = newestOfObject;
    this.byItself = byItself;
    this.sendsSuperseded = superseded;
    Map<String, String> running = new HashMap<>();
    records.underWay().forEach(found -> running.put(found.id(), found.value().requestedBy()));
    List<String> ids = messages.stream().map(message -> message.id().value()).toList();
    for (int from = 0; from < ids.size(); from += CHUNK) {
      Set<String> these = Set.copyOf(ids.subList(from, Math.min(ids.size(), from + CHUNK)));
      lookUpClaims(these);
      lookUpOperations(these, running);
    }
    this.earlierClaims =
        action == RecoveryAction.RESTORE
            ? new EarlierClaims(records)
            : new EarlierClaims(KnownClaims.of(records, attemptsClaimed(messages)));
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

  /** Whether an operation that is under way takes care of the message. */
  public boolean isInOperation(Message message) {
    return inOperation.containsKey(message.id().value());
  }

  /** Why the message is not to be sent, as a sentence; empty if it is. */
  public Optional<String> objection(Message message) {
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
    return superseded(message)
        .or(
            () ->
                claimed.containsKey(id)
                    ? earlierClaims.objection(action, message, nextAttempt(message), byItself)
                    : Optional.empty());
  }

  /**
   * The id of the newer message that makes this one needless, in spite of which it goes; null where
   * there is none. To be asked after {@link #objection}.
   */
  @Nullable String inSpiteOf(Message message) {
    return inSpiteOf.get(message.id().value());
  }

  private Optional<String> superseded(Message message) {
    Optional<Superseding.Newer> newer = newer(message);
    if (!sendsSuperseded) {
      return newer.map(Superseding.Newer::words);
    }
    newer.ifPresent(one -> inSpiteOf.put(message.id().value(), one.id()));
    return Optional.empty();
  }

  private Optional<Superseding.Newer> newer(Message message) {
    if (action == RecoveryAction.DISCARD) {
      return Optional.empty();
    }
    return BusinessObject.of(message)
        .map(newestOfObject::get)
        .filter(newest -> !newest.equals(message.id().value()))
        .map(Superseding.Newer::onList)
        .or(() -> superseding.newerConfirmed(message, _ -> true));
  }

  /** Those of each message that were claimed. */
  private Set<String> attemptsClaimed(Collection<Message> messages) {
    Set<String> ids = new HashSet<>();
    for (Message message : messages) {
      String id = message.id().value();
      int last = claimed.getOrDefault(id, 0);
      for (int attempt = EarlierClaims.FIRST; attempt <= last; attempt++) {
        ids.add(RecoveryClaim.id(id, attempt));
      }
    }
    return ids;
  }

  private static int highest(Message message) {
    return message.currentAttempt().number();
  }

  private void lookUpClaims(Set<String> ids) {
    DocumentQuery these = DocumentQuery.ALL.and(new Condition.AnyOf("message_id", ids));
    records
        .claims()
        .findAll(
            these.page(PAGE, null),
            each(claim -> claimed.merge(claim.messageId(), claim.attempt(), Math::max)));
  }

  /**
   * Only items of operations that are under way are read: those of lists that somebody looked at
   * and left stay planned for ever.
   *
   * @param running who asked for each operation that is under way, by its id
   */
  private void lookUpOperations(Set<String> ids, Map<String, String> running) {
    if (running.isEmpty()) {
      return;
    }
    DocumentQuery open =
        DocumentQuery.ALL
            .and(new Condition.AnyOf("message_id", ids))
            .and(new Condition.AnyOf("state", ItemState.openNames()))
            .and(new Condition.AnyOf("operation_id", running.keySet()));
    records
        .items()
        .findAll(
            open.page(PAGE, null),
            each(
                item ->
                    inOperation.put(
                        item.messageId(),
                        "In an operation of " + running.get(item.operationId()))));
  }

  private static <T> Consumer<List<Versioned<T>>> each(Consumer<T> found) {
    return part -> part.forEach(one -> found.accept(one.value()));
  }
}
