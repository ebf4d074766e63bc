package io.tillpost.store;

import io.tillpost.failure.Fingerprint;
import io.tillpost.message.Message;
import io.tillpost.message.MessageEvent;
import io.tillpost.message.MessageId;
import io.tillpost.message.Payload;
import io.tillpost.message.Stage;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Reads messages. What was written is seen within about a second. */
public interface Messages {
  /** The message with this id. */
  Optional<StoredMessage> find(MessageId id);

  /**
   * Those of these messages that are stored, by id, as they are now; several at a time.
   *
   * @param capturedAt by id, when each came into being, as it was read before; at most 1,000
   */
  default Map<MessageId, StoredMessage> findAll(Map<MessageId, Instant> capturedAt) {
    Map<MessageId, StoredMessage> found = new HashMap<>();
    capturedAt.keySet().forEach(id -> find(id).ifPresent(message -> found.put(id, message)));
    return found;
  }

  /** The messages that match, in the query's order. */
  Page<StoredMessage> search(MessageQuery query);

  /**
   * Hands over all messages that match, in the query's order, in parts of the query's size. The
   * next part may be read while one is looked at; what is written meanwhile may be seen or not.
   *
   * @param each is asked with each part, at least one message, whether to go on
   */
  default void searchAll(MessageQuery query, Predicate<List<StoredMessage>> each) {
    String after = query.after();
    boolean goesOn;
    do {
      Page<StoredMessage> page = search(query.page(query.size(), after));
      goesOn = !page.items().isEmpty() && each.test(page.items());
      after = page.next();
    } while (goesOn && after != null);
  }

  /** How many match; exact. */
  long count(MessageQuery query);

  /**
   * The exception to which a message belongs, by its fingerprint and as people put failures
   * together; empty unless it is failed.
   */
  Optional<Fingerprint> exceptionOf(Message message);

  /**
   * {@link #exceptionOf} of each of these that is failed, all as people put failures together at
   * one moment; the others are not in the answer. Asked for a part of a list at once: what people
   * did is read once.
   */
  Map<MessageId, Fingerprint> exceptionsOf(Collection<Message> messages);

  /** All events of a message, payloads left out, ordered by time and then by id; at most 10,000. */
  List<MessageEvent> events(MessageId id);

  /**
   * The payloads that were sent with the events of a message, ordered by time; the last one counts.
   */
  List<PayloadVersion> payloads(MessageId id);

  /**
   * The payload that counts, the last one that was sent, of each of these messages that has any.
   *
   * @param ids at most 50, because payloads are large
   */
  Map<MessageId, Payload> latestPayloads(Collection<MessageId> ids);

  /**
   * Those of these messages of which at least one payload is stored.
   *
   * @param ids at most 10,000
   */
  Set<MessageId> withPayload(Collection<MessageId> ids);

  /**
   * A message and what follows from its workflow's objective.
   *
   * @param message the state
   * @param dueAt when it should be finished
   */
  record StoredMessage(Message message, Instant dueAt) {
    /** Whether it is finished too late, or open past its due time at that moment. */
    public boolean isBreachedAt(Instant now) {
      return message.finishedAt().orElse(now).isAfter(dueAt);
    }
  }

  /** A payload as one event sent it. */
  record PayloadVersion(Instant time, Stage stage, int attempt, String source, Payload payload) {}
}
