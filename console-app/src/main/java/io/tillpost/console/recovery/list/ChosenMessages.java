package io.tillpost.console.recovery.list;

import io.tillpost.console.recovery.Chosen;
import io.tillpost.console.recovery.Eligibility;
import io.tillpost.console.recovery.ListFilter;
import io.tillpost.console.recovery.OperationAnswer;
import io.tillpost.console.recovery.RecoveryRecords;
import io.tillpost.console.recovery.Words;
import io.tillpost.console.recovery.earlier.Superseding;
import io.tillpost.failure.Fingerprint;
import io.tillpost.message.Message;
import io.tillpost.message.MessageId;
import io.tillpost.message.MessageStatus;
import io.tillpost.recovery.ItemState;
import io.tillpost.recovery.OperationScope;
import io.tillpost.recovery.RecoveryAction;
import io.tillpost.recovery.RecoveryItem;
import io.tillpost.recovery.RecoveryOperation;
import io.tillpost.store.Documents.Versioned;
import io.tillpost.store.MessageQuery;
import io.tillpost.store.Messages;
import io.tillpost.store.Messages.StoredMessage;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds the messages that somebody chose, and says in words where the list came from. */
final class ChosenMessages {
  private static final Set<ItemState> REST =
      EnumSet.of(ItemState.FAILED, ItemState.REFUSED, ItemState.REJECTED, ItemState.SKIPPED);

  /** Each that people regrouped is a condition of its own, of which a query has not any number. */
  private static final int EXCEPTIONS_AT_A_TIME = 250;

  private static final Set<ItemState> ALL = EnumSet.allOf(ItemState.class);
  private static final Set<ItemState> DISCARDED = EnumSet.of(ItemState.DISCARDED);

  private final RecoveryRecords records;
  private final Messages messages;
  private final Superseding superseding;
  private final PlanSize size;
  private final MatchingMessages matching;
  private final ListScopes scopes;

  ChosenMessages(
      RecoveryRecords records, Messages messages, Superseding superseding, PlanSize size) {
    this.records = records;
    this.messages = messages;
    this.superseding = superseding;
    this.size = size;
    this.matching = new MatchingMessages(messages, size.most());
    this.scopes = new ListScopes(records, size.most());
  }

  /** What was found. */
  sealed interface Answer {}

  /** Messages, at least one. */
  record Found(OperationScope scope, ChosenList messages) implements Answer {}

  /** There is nothing of that name, or nothing to be done with. */
  record Missing(String reason) implements Answer {}

  /** It cannot be told yet which messages, or these are not taken. */
  record NotNow(String reason) implements Answer {}

  /** Nobody wants them any more. */
  record Left() implements Answer {}

  /** What is answered where they were not found. */
  static OperationAnswer refusal(Answer answer) {
    return switch (answer) {
      case Missing missing -> new OperationAnswer.NotFound(missing.reason());
      case NotNow notNow -> new OperationAnswer.Refused(notNow.reason());
      case Left _ -> new OperationAnswer.Refused("Nobody wants it any more");
      case Found _ -> throw new IllegalArgumentException("They were found");
    };
  }

  /** Where the list comes from, without a look at the messages. */
  OperationScope scope(Chosen chosen) {
    return scopes.of(chosen);
  }

  /** Where a long list comes from, and about how many messages are on it. */
  OperationScope scope(Chosen chosen, Expected expected) {
    return scopes.of(chosen, expected.about());
  }

  /**
   * How a list stands that is not read yet.
   *
   * @param about how many messages there are, about
   * @param length how it is read
   */
  record Expected(long about, Length length) {}

  /** How a list is read, by how many messages are expected. */
  enum Length {
    /** While somebody waits, and all of them are held. */
    SHORT,
    /** While somebody waits, since there is little to read; only lines of them are held. */
    KNOWN,
    /** Some time later, since reading takes longer than anybody waits. */
    LONG
  }

  /** How many messages there are, about, and so how they are read. */
  Expected expect(RecoveryAction action, Chosen chosen) {
    long about = about(action, chosen);
    if (about <= size.held()) {
      return new Expected(about, Length.SHORT);
    }
    return new Expected(
        about,
        switch (chosen) {
          case Chosen.One _, Chosen.Several _, Chosen.DueOf _ -> Length.KNOWN;
          default -> Length.LONG;
        });
  }

  /** What is wrong with the choice whichever messages it is of; empty if nothing is. */
  Optional<Answer> objection(RecoveryAction action, Chosen chosen, Expected expected) {
    return switch (chosen) {
      case Chosen.OfExceptions _ when expected.about() > size.most() -> Optional.of(tooMany());
      case Chosen.RestOf rest -> objection(action, chosen, rest.operationId());
      case Chosen.ListOf list -> objection(action, chosen, list.operationId());
      case Chosen.AgainOf again -> objection(again);
      case Chosen.DiscardedBy discarded -> objection(action, chosen, discarded.operationId());
      default -> Optional.empty();
    };
  }

  private Optional<Answer> objection(Chosen.AgainOf again) {
    Optional<RecoveryOperation> edit = operation(again.operationId());
    return edit.isEmpty()
        ? noOperation(again.operationId())
        : edit.flatMap(EditedList::objection).map(NotNow::new);
  }

  private Set<ItemState> states(Chosen.AgainOf again) {
    return operation(again.operationId())
        .map(edit -> EditedList.states(edit, REST))
        .orElse(Set.of());
  }

  private Optional<RecoveryOperation> operation(String id) {
    return records.operations().get(id).map(Versioned::value);
  }

  private static Optional<Answer> noOperation(String id) {
    return Optional.of(new Missing("There is no operation " + id));
  }

  private Optional<Answer> objection(RecoveryAction action, Chosen chosen, String id) {
    Optional<RecoveryOperation> operation = operation(id);
    if (operation.isEmpty()) {
      return noOperation(id);
    }
    if (chosen instanceof Chosen.RestOf && !operation.get().action().hasRestFor(action)) {
      return Optional.of(
          new NotNow(
              "The rest of this operation is planned anew: "
                  + Words.of(action)
                  + " would do something else with it"));
    }
    return operation.get().state().open() && !(chosen instanceof Chosen.ListOf)
        ? Optional.of(new NotNow("The operation has not come to its end yet"))
        : Optional.empty();
  }

  /**
   * The messages as they are now.
   *
   * @param expected what {@link #expect} said
   */
  Answer find(RecoveryAction action, Chosen chosen, Expected expected, ListReading reading) {
    Optional<Answer> objection = objection(action, chosen, expected);
    if (objection.isPresent()) {
      return objection.get();
    }
    Answer found = find(action, chosen, expected.about(), reading);
    return reading.isLeft() ? new Left() : found;
  }

  private Answer find(RecoveryAction action, Chosen chosen, long expected, ListReading reading) {
    return switch (chosen) {
      case Chosen.One one -> one(one.id());
      case Chosen.OfException e -> ofException(e.fingerprint(), expected, reading);
      case Chosen.OfExceptions several -> ofExceptions(several, expected, reading);
      case Chosen.DueOf due ->
          new Found(scope(due), list().addAll(due.messages().values()).inOrder());
      case Chosen.Several several -> several(several);
      case Chosen.Matching m ->
          matching(m.filter(), m.filter().query(Eligibility.statuses(action)), expected, reading);
      case Chosen.RestOf rest -> ofOperation(chosen, rest.operationId(), REST, expected, reading);
      case Chosen.ListOf list -> ofOperation(chosen, list.operationId(), ALL, expected, reading);
      case Chosen.AgainOf again ->
          ofOperation(chosen, again.operationId(), states(again), expected, reading);
      case Chosen.DiscardedBy discarded ->
          ofOperation(chosen, discarded.operationId(), DISCARDED, expected, reading);
    };
  }

  private long about(RecoveryAction action, Chosen chosen) {
    return switch (chosen) {
      case Chosen.One _ -> 1;
      case Chosen.OfException e -> messages.count(failedIn(e.fingerprint()));
      case Chosen.OfExceptions several ->
          failedIn(several).stream().mapToLong(messages::count).sum();
      case Chosen.DueOf due -> due.messages().size();
      case Chosen.Several several -> distinct(several).size();
      case Chosen.Matching m -> messages.count(m.filter().query(Eligibility.statuses(action)));
      case Chosen.RestOf rest -> records.count(rest.operationId(), REST);
      case Chosen.ListOf list -> records.count(list.operationId(), ALL);
      case Chosen.AgainOf again -> records.count(again.operationId(), states(again));
      case Chosen.DiscardedBy discarded -> records.count(discarded.operationId(), DISCARDED);
    };
  }

  private Answer one(MessageId id) {
    Message message = messages.find(id).map(StoredMessage::message).orElse(null);
    if (message == null) {
      return new Missing("There is no message " + id);
    }
    String fingerprint = messages.exceptionOf(message).map(Fingerprint::value).orElse(null);
    return new Found(ListScopes.message(id, fingerprint), list().add(message).inOrder());
  }

  private Answer ofException(Fingerprint fingerprint, long expected, ListReading reading) {
    ChosenList.Collector list = list();
    list.expect(expected);
    long total = matching.addTo(list, failedIn(fingerprint), reading);
    return list.size() == 0
        ? new Missing("No message of this exception is failed any more")
        : new Found(
            ListScopes.exception(
                fingerprint,
                MatchingMessages.words(list.size(), total, "failed messages of the exception")),
            list.inOrder());
  }

  /** Which of too many are the oldest could only be told after all were read, so none are taken. */
  private Answer ofExceptions(Chosen.OfExceptions several, long expected, ListReading reading) {
    ChosenList.Collector list = list();
    list.expect(expected);
    boolean all = true;
    for (MessageQuery query : failedIn(several)) {
      // Counted before, so that none are read in vain; what fails meanwhile may still be too much.
      int before = list.size();
      all =
          all && !reading.isLeft() && matching.addTo(list, query, reading) == list.size() - before;
    }
    if (!all) {
      return tooMany();
    }
    if (list.size() == 0) {
      return new Missing("No message of these exceptions is failed any more");
    }
    return new Found(ListScopes.exceptions(several, list.size()), list.oldestFirst());
  }

  private Answer tooMany() {
    return new NotNow(
        "The chosen exceptions have more than %,d failed messages; choose fewer"
            .formatted(size.most()));
  }

  private static MessageQuery failedIn(Fingerprint fingerprint) {
    return failedIn(Set.of(fingerprint));
  }

  /** Several exceptions with each query: one for each would be thousands for a click. */
  private static List<MessageQuery> failedIn(Chosen.OfExceptions several) {
    List<Fingerprint> all = several.fingerprints();
    List<MessageQuery> queries = new ArrayList<>();
    for (int from = 0; from < all.size(); from += EXCEPTIONS_AT_A_TIME) {
      int to = Math.min(all.size(), from + EXCEPTIONS_AT_A_TIME);
      queries.add(failedIn(Set.copyOf(all.subList(from, to))));
    }
    return queries;
  }

  private static MessageQuery failedIn(Set<Fingerprint> exceptions) {
    return MessageQuery.ALL
        .withFingerprints(exceptions)
        .withStatuses(Set.of(MessageStatus.FAILED, MessageStatus.DEAD_LETTERED))
        .withOrder(MessageQuery.Order.OLDEST_FIRST);
  }

  private Answer matching(
      ListFilter filter, MessageQuery query, long expected, ListReading reading) {
    ChosenList.Collector list = list();
    list.expect(expected);
    long total = matching.addTo(list, query, reading);
    return list.size() == 0
        ? new Missing("No message matches: " + filter.words())
        : new Found(
            ListScopes.filter(filter, MatchingMessages.words(list.size(), total, "messages of: ")),
            list.inOrder());
  }

  private Answer ofOperation(
      Chosen chosen, String id, Set<ItemState> states, long expected, ListReading reading) {
    ChosenList.Collector list = list();
    list.expect(expected);
    records.eachItem(
        id,
        states,
        part -> {
          if (reading.goesOn(list.size())) {
            read(part).forEach(found -> list.add(found.message()));
          }
        });
    return listed(chosen, list);
  }

  private Collection<StoredMessage> read(List<Versioned<RecoveryItem>> part) {
    return messages
        .findAll(
            part.stream()
                .map(Versioned::value)
                .collect(
                    Collectors.toMap(
                        item -> new MessageId(item.messageId()),
                        item -> item.message().capturedAt())))
        .values();
  }

  private Answer several(Chosen.Several several) {
    List<Message> found =
        distinct(several).parallelStream()
            .flatMap(id -> messages.find(new MessageId(id)).stream())
            .map(StoredMessage::message)
            .toList();
    return listed(several, list().addAll(found));
  }

  private Answer listed(Chosen chosen, ChosenList.Collector list) {
    return list.size() == 0
        ? new Missing("None of these messages is stored")
        : new Found(scope(chosen), list.oldestFirst());
  }

  private ChosenList.Collector list() {
    return new ChosenList.Collector(messages, superseding, size);
  }

  private static Set<String> distinct(Chosen.Several several) {
    return several.ids().stream()
        .map(MessageId::value)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }
}
