package io.tillpost.store.memory;

import io.tillpost.message.Message;
import io.tillpost.message.MessageEvent;
import io.tillpost.message.MessageId;
import io.tillpost.message.Workflows;
import io.tillpost.store.DocumentKind;
import io.tillpost.store.DocumentStore;
import io.tillpost.store.Documents;
import io.tillpost.store.Messages.StoredMessage;
import io.tillpost.store.StoreHealth;
import io.tillpost.store.StoreUnavailableException;
import io.tillpost.trace.Span;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is kept. Guarded by itself. */
final class Memory {
  final Map<String, MessageEvent> events = new LinkedHashMap<>();
  final Map<String, Span> spans = new LinkedHashMap<>();
  final Map<MessageId, Message> states = new LinkedHashMap<>();
  final Map<String, String> refusals = new HashMap<>();
  private final Map<String, MemoryDocuments<?>> documents = new HashMap<>();
  private final Workflows workflows;
  private @Nullable String broken;

  Memory(Workflows workflows) {
    this.workflows = workflows;
  }

  synchronized void breakDown(String reason) {
    broken = reason;
  }

  synchronized void recover() {
    broken = null;
  }

  synchronized void refuse(String documentId, String reason) {
    refusals.put(documentId, reason);
  }

  /** Why the storage does not answer. */
  synchronized Optional<String> brokenBecause() {
    return Optional.ofNullable(broken);
  }

  synchronized StoreHealth.State health() {
    return broken == null
        ? new StoreHealth.State.Up("in memory")
        : new StoreHealth.State.Down(broken);
  }

  /** A copy of all states, with when they are due. */
  synchronized List<StoredMessage> messages() {
    checkAnswers();
    return states.values().stream().map(this::stored).toList();
  }

  synchronized List<MessageEvent> allEvents() {
    checkAnswers();
    return List.copyOf(events.values());
  }

  synchronized List<Span> allSpans() {
    checkAnswers();
    return List.copyOf(spans.values());
  }

  synchronized void checkAnswers() {
    if (broken != null) {
      throw new StoreUnavailableException(broken, null);
    }
  }

  StoredMessage stored(Message message) {
    return new StoredMessage(
        message, workflows.get(message.workflow()).dueAt(message.capturedAt()));
  }

  DocumentStore documentStore() {
    return new DocumentStore() {
      @Override
      public <T> Documents<T> of(DocumentKind<T> kind) {
        return documentsOf(kind);
      }
    };
  }

  // A kind's name stands for one type; the kind that comes later may know more fields.
  @SuppressWarnings("unchecked")
  private synchronized <T> Documents<T> documentsOf(DocumentKind<T> kind) {
    return (Documents<T>)
        documents.computeIfAbsent(kind.name(), name -> new MemoryDocuments<>(this, kind));
  }
}
