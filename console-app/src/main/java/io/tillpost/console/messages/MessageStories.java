package io.tillpost.console.messages;

import io.tillpost.failure.Fingerprint;
import io.tillpost.failure.Grouping;
import io.tillpost.message.Message;
import io.tillpost.message.MessageId;
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

  private final Messages messages;
  private final Traces traces;
  private final FailureQueries failures;

  MessageStories(Stores stores) {
    this.messages = stores.messages();
    this.traces = stores.traces();
    this.failures = stores.failures();
  }

  /** The messages that match. */
  public Page<StoredMessage> search(MessageQuery query) {
    return messages.search(query);
  }

  /** The state of one message. */
  public Optional<StoredMessage> find(MessageId id) {
    return messages.find(id);
  }

  /** Tells to which exceptions messages belong, as failures are put together at this moment. */
  public Function<Message, Optional<Fingerprint>> exceptions() {
    Grouping grouping = failures.grouping();
    return message ->
        message
            .fingerprint()
            .map(failure -> grouping.exceptionOf(failure, GroupingStore.conditionsOf(message)));
  }

  /** Everything known of one message. */
  public Optional<MessageStory> story(MessageId id) {
    return messages.find(id).map(this::story);
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
    return messages
        .search(MessageQuery.ALL.withCorrelationId(correlationId).page(RELATED + 1, null))
        .items()
        .stream()
        .filter(other -> !other.message().id().equals(stored.message().id()))
        .limit(RELATED)
        .toList();
  }
}
