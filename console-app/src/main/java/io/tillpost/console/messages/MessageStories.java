package io.tillpost.console.messages;

import io.tillpost.console.security.CurrentOperator;
import io.tillpost.console.security.ForeignStoreException;
import io.tillpost.console.security.StoreScope;
import io.tillpost.failure.Fingerprint;
import io.tillpost.failure.Grouping;
import io.tillpost.message.Message;
import io.tillpost.message.MessageId;
import io.tillpost.message.MessageStatus;
import io.tillpost.store.FailureQueries;
import io.tillpost.store.GroupingStore;
import io.tillpost.store.MessageQuery;
import io.tillpost.store.Messages;
import io.tillpost.store.Messages.StoredMessage;
import io.tillpost.store.Page;
import io.tillpost.store.Stores;
import io.tillpost.store.Traces;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Service;

/**
 * Finds messages and tells their stories. Storage that is away is a {@code
 * StoreUnavailableException}.
 */
@Service
@PreAuthorize("hasRole('VIEW')")
public class MessageStories {
  private static final int RELATED = 50;
  private static final int LOOKED_THROUGH = 1_000;

  private final Messages messages;
  private final Traces traces;
  private final FailureQueries failures;
  private final CurrentOperator currentOperator;

  MessageStories(Stores stores, CurrentOperator currentOperator) {
    this.currentOperator = currentOperator;
    this.messages = stores.messages();
    this.traces = stores.traces();
    this.failures = stores.failures();
  }

  /**
   * The messages that match. Of those of stores that are not the current operator's only {@link
   * ForeignMessages what everybody sees}.
   */
  public Page<StoredMessage> search(MessageQuery query) {
    Page<StoredMessage> found = messages.search(query);
    return new Page<>(ForeignMessages.veiled(found.items(), stores()), found.total(), found.next());
  }

  /**
   * The state of one message.
   *
   * @throws ForeignStoreException where its store is not the current operator's
   */
  public Optional<StoredMessage> find(MessageId id) {
    Optional<StoredMessage> found = messages.find(id);
    found
        .flatMap(stored -> stores().refusal(stored.message().storeId()))
        .ifPresent(
            why -> {
              throw new ForeignStoreException(why);
            });
    return found;
  }

  /** Why the current operator may not look into this message, in sentences; empty if they may. */
  public Optional<String> foreign(MessageId id) {
    return stores().isBound()
        ? messages.find(id).flatMap(stored -> stores().refusal(stored.message().storeId()))
        : Optional.empty();
  }

  /** Tells to which exceptions messages belong, as failures are put together at this moment. */
  public Function<Message, Optional<Fingerprint>> exceptions() {
    Grouping grouping = failures.grouping();
    return message ->
        message
            .fingerprint()
            .map(failure -> grouping.exceptionOf(failure, GroupingStore.conditionsOf(message)));
  }

  /**
   * Everything known of one message.
   *
   * @throws ForeignStoreException where its store is not the current operator's
   */
  public Optional<MessageStory> story(MessageId id) {
    return find(id).map(this::story);
  }

  /**
   * Everything known of the message that stands for an exception: the one that is named, or the
   * newest failed one of the current operator's stores; empty where none of the newest is.
   */
  public Optional<MessageStory> sample(Fingerprint exception, MessageId named) {
    StoreScope stores = stores();
    Optional<StoredMessage> found = messages.find(named);
    if (found.filter(stored -> stores.has(stored.message().storeId())).isPresent()
        || !stores.isBound()) {
      return found.map(this::story);
    }
    return messages
        .search(
            MessageQuery.ALL
                .withFingerprint(exception)
                .withStatuses(Set.of(MessageStatus.FAILED, MessageStatus.DEAD_LETTERED))
                .page(LOOKED_THROUGH, null))
        .items()
        .stream()
        .filter(stored -> stores.has(stored.message().storeId()))
        .findFirst()
        .map(this::story);
  }

  private StoreScope stores() {
    return currentOperator.stores();
  }

  private MessageStory story(StoredMessage stored) {
    MessageId id = stored.message().id();
    return new MessageStory(
        stored,
        messages.exceptionOf(stored.message()),
        messages.events(id),
        messages.payloads(id),
        related(stored),
        stored.message().traceId().map(traces::trace).orElse(List.of()));
  }

  private List<StoredMessage> related(StoredMessage stored) {
    String correlationId = stored.message().correlationId();
    if (correlationId == null) {
      return List.of();
    }
    return search(MessageQuery.ALL.withCorrelationId(correlationId).page(RELATED + 1, null))
        .items()
        .stream()
        .filter(other -> !other.message().id().equals(stored.message().id()))
        .limit(RELATED)
        .toList();
  }
}
