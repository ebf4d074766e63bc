package io.tillpost.console.recovery;

import io.tillpost.recovery.ItemEvent;
import io.tillpost.recovery.ItemState;
import io.tillpost.recovery.OperationEvent;
import io.tillpost.recovery.OperationLease;
import io.tillpost.recovery.OperationState;
import io.tillpost.recovery.RecoveryClaim;
import io.tillpost.recovery.RecoveryContent;
import io.tillpost.recovery.RecoveryItem;
import io.tillpost.recovery.RecoveryKinds;
import io.tillpost.recovery.RecoveryOperation;
import io.tillpost.recovery.RecoveryTurn;
import io.tillpost.recovery.TargetFreeze;
import io.tillpost.recovery.TargetQuestion;
import io.tillpost.store.DocumentQuery;
import io.tillpost.store.DocumentQuery.Condition;
import io.tillpost.store.DocumentStore;
import io.tillpost.store.Documents;
import io.tillpost.store.Documents.Versioned;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The documents of recovery, and how an event is written to one of them. */
public final class RecoveryRecords {
  private static final int PAGE = 2_000;
  private static final int PART = 1_000;

  private final Documents<RecoveryOperation> operations;
  private final Documents<RecoveryItem> items;
  private final Documents<RecoveryContent> contents;
  private final Documents<RecoveryClaim> claims;
  private final Documents<OperationLease> leases;
  private final Documents<RecoveryTurn> turns;
  private final Documents<AutomaticStanding> standings;
  private final Documents<TargetQuestion> questions;
  private final Documents<TargetFreeze> freezes;

  public RecoveryRecords(DocumentStore documents) {
    this.operations = documents.of(RecoveryKinds.OPERATIONS);
    this.items = documents.of(RecoveryKinds.ITEMS);
    this.contents = documents.of(RecoveryKinds.CONTENTS);
    this.claims = documents.of(RecoveryKinds.CLAIMS);
    this.leases = documents.of(RecoveryKinds.LEASES);
    this.turns = documents.of(RecoveryKinds.TURNS);
    this.standings = documents.of(AutomaticStanding.KIND);
    this.questions = documents.of(RecoveryKinds.QUESTIONS);
    this.freezes = documents.of(RecoveryKinds.FREEZES);
  }

  /** Operations, by their ids. */
  public Documents<RecoveryOperation> operations() {
    return operations;
  }

  /** What is on their lists, by operation and message. */
  public Documents<RecoveryItem> items() {
    return items;
  }

  /** Corrected payloads, each under the id of its item. */
  public Documents<RecoveryContent> contents() {
    return contents;
  }

  /** Who may make an attempt, by message and attempt. */
  public Documents<RecoveryClaim> claims() {
    return claims;
  }

  /** Which console dispatches, or plans automatic retries. */
  public Documents<OperationLease> leases() {
    return leases;
  }

  /** Which item about a business object is on its way. */
  public Documents<RecoveryTurn> turns() {
    return turns;
  }

  /** What automatic retry found when it last looked, by exception. */
  public Documents<AutomaticStanding> standings() {
    return standings;
  }

  /** What targets are being asked about unconfirmed messages. */
  public Documents<TargetQuestion> questions() {
    return questions;
  }

  /** Which targets are frozen, by their names. */
  public Documents<TargetFreeze> freezes() {
    return freezes;
  }

  /** The operations that are under way, paused ones too, those that were asked for first first. */
  public List<Versioned<RecoveryOperation>> active() {
    return all(
        operations,
        DocumentQuery.ALL
            .and(new Condition.AnyOf("state", OperationState.activeNames()))
            .sorted("requested_at", false));
  }

  /**
   * Of the {@link #active} ones those that have to do something for messages: nothing ever goes out
   * of what was cancelled before it began, also while its items do not say so yet.
   */
  public List<Versioned<RecoveryOperation>> underWay() {
    return active().stream()
        .filter(
            operation ->
                operation.value().state() != OperationState.CANCELLING
                    || operation.value().hasBegun())
        .toList();
  }

  /** The item with that document id, as it is now. */
  public Optional<RecoveryItem> item(String id) {
    return items.get(id).map(Versioned::value);
  }

  /** The claim of that attempt, as it is now. */
  public Optional<RecoveryClaim> claim(String messageId, int attempt) {
    return claims.get(RecoveryClaim.id(messageId, attempt)).map(Versioned::value);
  }

  /** The item of the operation that holds the claim, as it is now. */
  public Optional<RecoveryItem> itemOf(RecoveryClaim claim) {
    return items.get(RecoveryItem.id(claim.operationId(), claim.messageId())).map(Versioned::value);
  }

  /**
   * Writes the event to the item, whoever else writes at the same time; returns the item as it is
   * then. Where the event means nothing any more, the item stays as it is.
   */
  public Versioned<RecoveryItem> apply(
      Versioned<RecoveryItem> known, ItemEvent event, Instant now) {
    Versioned<RecoveryItem> current = known;
    while (true) {
      Optional<RecoveryItem> next = current.value().after(event, now);
      if (next.isEmpty()) {
        return current;
      }
      boolean written = items.replace(current, next.get());
      current = again(current);
      if (written) {
        return current;
      }
    }
  }

  /**
   * Writes that a request goes out now, if nobody has touched the item since it was read: of two
   * dispatchers only one may send.
   *
   * @return the item as it is then, or empty where somebody was quicker
   */
  public Optional<Versioned<RecoveryItem>> startDispatch(
      Versioned<RecoveryItem> known, ItemEvent.DispatchStarted event, Instant now) {
    return known
        .value()
        .after(event, now)
        .filter(next -> items.replace(known, next))
        .map(_ -> again(known));
  }

  /** The item as it is now. */
  public Versioned<RecoveryItem> again(Versioned<RecoveryItem> known) {
    return items
        .get(known.id())
        .orElseThrow(() -> new IllegalStateException("The item " + known.id() + " is gone"));
  }

  /**
   * Writes the event to the operation, whoever else writes at the same time; empty where it means
   * nothing in its state.
   *
   * @param actor the user name of who did it, or null where it came about by itself
   * @param why in words, or null
   */
  public Optional<RecoveryOperation> apply(
      String operationId,
      OperationEvent event,
      @Nullable String actor,
      @Nullable String why,
      Instant now) {
    return change(operationId, operation -> operation.after(event, actor, why, now));
  }

  /**
   * Writes the change to the operation, whoever else writes at the same time.
   *
   * @param step makes the next version, empty for none; may be asked several times
   */
  public Optional<RecoveryOperation> change(
      String operationId, Function<RecoveryOperation, Optional<RecoveryOperation>> step) {
    while (true) {
      Optional<Versioned<RecoveryOperation>> known = operations.get(operationId);
      Optional<RecoveryOperation> next = known.flatMap(v -> step.apply(v.value()));
      if (known.isEmpty() || next.isEmpty()) {
        return Optional.empty();
      }
      if (operations.replace(known.get(), next.get())) {
        return next;
      }
    }
  }

  /** Hands over all items of an operation as search shows them, in parts, in no order. */
  public void eachItem(String operationId, Consumer<List<Versioned<RecoveryItem>>> each) {
    items.findAll(DocumentQuery.ALL.where("operation_id", operationId).page(PAGE, null), each);
  }

  /** The same for those in one of these states only, in parts of up to 1,000. */
  public void eachItem(
      String operationId, Set<ItemState> states, Consumer<List<Versioned<RecoveryItem>>> each) {
    items.findAll(in(operationId, states).page(PART, null), each);
  }

  /** How many those are, as search shows them. */
  public long count(String operationId, Set<ItemState> states) {
    return items.count(in(operationId, states));
  }

  private static DocumentQuery in(String operationId, Set<ItemState> states) {
    return DocumentQuery.ALL
        .where("operation_id", operationId)
        .and(
            new Condition.AnyOf(
                "state", states.stream().map(Enum::name).collect(Collectors.toSet())));
  }

  /** Page after page, so that none is left out however many there are. */
  private static <T> List<Versioned<T>> all(Documents<T> documents, DocumentQuery query) {
    List<Versioned<T>> all = new ArrayList<>();
    documents.findAll(query.page(PAGE, null), all::addAll);
    return all;
  }
}
