package io.tillpost.console.recovery;

import io.tillpost.failure.Fingerprint;
import io.tillpost.message.Message;
import io.tillpost.message.MessageId;
import io.tillpost.message.MessageStatus;
import io.tillpost.recovery.ItemState;
import io.tillpost.recovery.OperationScope;
import io.tillpost.recovery.RecoveryAction;
import io.tillpost.recovery.RecoveryOperation;
import io.tillpost.store.Documents.Versioned;
import io.tillpost.store.MessageQuery;
import io.tillpost.store.Messages;
import io.tillpost.store.Messages.StoredMessage;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

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

  ChosenMessages(
      RecoveryRecords records, Messages messages, Superseding superseding, PlanSize size) {
    this.records = records;
    this.messages = messages;
    this.superseding = superseding;
    this.size = size;
    this.matching = new MatchingMessages(messages, size.most());
  }

  /** What was found. */
  sealed interface Answer {}

  /** Messages, at least one. */
  record Found(OperationScope scope, ChosenList messages) implements Answer {}

  /** There is nothing of that name, or nothing to be done with. */
  record Missing(String reason) implements Answer {}

  /** It cannot be told yet which messages. */
  record NotNow(String reason) implements Answer {}

  /** Where the list comes from, without a look at the messages. */
  OperationScope scope(Chosen chosen) {
    return switch (chosen) {
      case Chosen.One one ->
          scope(OperationScope.Kind.MESSAGE, one.id().value(), null, "Message " + one.id());
      case Chosen.OfException e -> exception(e.fingerprint(), "Exception " + e.fingerprint());
      case Chosen.OfExceptions several -> exceptions(several, words(several));
      case Chosen.DueOf due -> exception(due.fingerprint(), words(due));
      case Chosen.Several several -> {
        int count = distinct(several).size();
        yield scope(
            OperationScope.Kind.SELECTION,
            Integer.toString(count),
            null,
            count == 1 ? "1 chosen message" : "%,d chosen messages".formatted(count));
      }
      case Chosen.Matching m ->
          scope(OperationScope.Kind.FILTER, m.filter().words(), null, m.filter().words());
      case Chosen.RestOf rest -> operation(rest.operationId(), "The rest of");
      case Chosen.ListOf list -> operation(list.operationId(), "Anew");
      case Chosen.DiscardedBy discarded -> operation(discarded.operationId(), "Discarded by");
    };
  }

  /**
   * The messages as they are now.
   *
   * @param room whether there is room for one more list that is too long to be held; asked before
   *     such a list is collected
   */
  Answer find(RecoveryAction action, Chosen chosen, BooleanSupplier room) {
    long expected = expected(action, chosen);
    boolean collected = !(chosen instanceof Chosen.OfExceptions) || expected <= size.most();
    return collected && expected > size.held() && !room.getAsBoolean()
        ? new NotNow(LongPlans.FULL)
        : find(action, chosen, expected);
  }

  private Answer find(RecoveryAction action, Chosen chosen, long expected) {
    return switch (chosen) {
      case Chosen.One one -> one(one.id());
      case Chosen.OfException e -> ofException(e.fingerprint(), expected);
      case Chosen.OfExceptions several -> ofExceptions(several, expected);
      case Chosen.DueOf due ->
          new Found(scope(due), list().addAll(due.messages().values()).inOrder());
      case Chosen.Several several -> several(several);
      case Chosen.Matching m ->
          matching(m.filter(), m.filter().query(Eligibility.statuses(action)), expected);
      case Chosen.RestOf rest -> ofOperation(action, chosen, rest.operationId(), REST, expected);
      case Chosen.ListOf list -> ofOperation(action, chosen, list.operationId(), ALL, expected);
      case Chosen.DiscardedBy discarded ->
          ofOperation(action, chosen, discarded.operationId(), DISCARDED, expected);
    };
  }

  /** How many there are, about. */
  private long expected(RecoveryAction action, Chosen chosen) {
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
      case Chosen.DiscardedBy discarded -> records.count(discarded.operationId(), DISCARDED);
    };
  }

  private Answer one(MessageId id) {
    Message message = messages.find(id).map(StoredMessage::message).orElse(null);
    if (message == null) {
      return new Missing("There is no message " + id);
    }
    String fingerprint = messages.exceptionOf(message).map(Fingerprint::value).orElse(null);
    return new Found(
        scope(OperationScope.Kind.MESSAGE, id.value(), fingerprint, "Message " + id),
        list().add(message).inOrder());
  }

  private Answer ofException(Fingerprint fingerprint, long expected) {
    ChosenList.Collector list = list();
    list.expect(expected);
    long total = matching.addTo(list, failedIn(fingerprint));
    return list.size() == 0
        ? new Missing("No message of this exception is failed any more")
        : new Found(
            exception(
                fingerprint,
                MatchingMessages.words(list.size(), total, "failed messages of the exception")),
            list.inOrder());
  }

  /** Which of too many are the oldest could only be told after all were read, so none are taken. */
  private Answer ofExceptions(Chosen.OfExceptions several, long expected) {
    ChosenList.Collector list = list();
    list.expect(expected);
    boolean all = expected <= size.most();
    for (MessageQuery query : failedIn(several)) {
      // Counted before, so that none are read in vain; what fails meanwhile may still be too much.
      int before = list.size();
      all = all && matching.addTo(list, query) == list.size() - before;
    }
    if (!all) {
      return new NotNow(
          "The chosen exceptions have more than %,d failed messages; choose fewer"
              .formatted(size.most()));
    }
    if (list.size() == 0) {
      return new Missing("No message of these exceptions is failed any more");
    }
    return new Found(
        exceptions(
            several,
            "%,d failed %s of %s"
                .formatted(list.size(), list.size() == 1 ? "message" : "messages", words(several))),
        list.oldestFirst());
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

  private static String words(Chosen.OfExceptions several) {
    int count = several.fingerprints().size();
    return count == 1 ? "1 chosen exception" : "%,d chosen exceptions".formatted(count);
  }

  private static OperationScope exceptions(Chosen.OfExceptions several, String description) {
    return scope(OperationScope.Kind.SELECTION, words(several), null, description);
  }

  private Answer matching(ListFilter filter, MessageQuery query, long expected) {
    ChosenList.Collector list = list();
    list.expect(expected);
    long total = matching.addTo(list, query);
    return list.size() == 0
        ? new Missing("No message matches: " + filter.words())
        : new Found(
            scope(
                OperationScope.Kind.FILTER,
                filter.words(),
                null,
                MatchingMessages.words(list.size(), total, "messages of: ") + filter.words()),
            list.inOrder());
  }

  private Answer ofOperation(
      RecoveryAction action, Chosen chosen, String id, Set<ItemState> states, long expected) {
    Optional<RecoveryOperation> operation = records.operations().get(id).map(Versioned::value);
    if (operation.isEmpty()) {
      return new Missing("There is no operation " + id);
    }
    if (chosen instanceof Chosen.RestOf && !operation.get().action().hasRestFor(action)) {
      return new NotNow(
          "The rest of this operation is planned anew: "
              + Words.of(action)
              + " would do something else with it");
    }
    if (operation.get().state().open() && !(chosen instanceof Chosen.ListOf)) {
      return new NotNow("The operation has not come to its end yet");
    }
    ChosenList.Collector list = list();
    list.expect(expected);
    records.eachItem(
        id,
        states,
        part ->
            messages
                .findAll(
                    part.stream()
                        .map(Versioned::value)
                        .collect(
                            Collectors.toMap(
                                item -> new MessageId(item.messageId()),
                                item -> item.message().capturedAt())))
                .values()
                .forEach(found -> list.add(found.message())));
    return listed(chosen, list);
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

  private OperationScope operation(String id, String words) {
    Optional<OperationScope> earlier =
        records.operations().get(id).map(Versioned::value).map(RecoveryOperation::scope);
    return scope(
        OperationScope.Kind.OPERATION,
        id,
        earlier.map(OperationScope::fingerprint).orElse(null),
        words + ": " + earlier.map(OperationScope::description).orElse(id));
  }

  private static String words(Chosen.DueOf due) {
    int count = due.messages().size();
    return count == 1
        ? "1 failed message of the exception that is due"
        : "%,d failed messages of the exception that are due".formatted(count);
  }

  private static Set<String> distinct(Chosen.Several several) {
    return several.ids().stream()
        .map(MessageId::value)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private static OperationScope exception(Fingerprint fingerprint, String description) {
    return scope(
        OperationScope.Kind.EXCEPTION, fingerprint.value(), fingerprint.value(), description);
  }

  private static OperationScope scope(
      OperationScope.Kind kind,
      String subjectId,
      @Nullable String fingerprint,
      String description) {
    return new OperationScope(kind, subjectId, fingerprint, description);
  }
}
