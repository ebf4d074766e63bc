package io.tillpost.store.memory;

import static java.util.Comparator.comparing;

import io.tillpost.failure.Fingerprint;
import io.tillpost.failure.Grouping;
import io.tillpost.message.Message;
import io.tillpost.message.MessageEvent;
import io.tillpost.message.MessageId;
import io.tillpost.message.Payload;
import io.tillpost.store.Cursor;
import io.tillpost.store.GroupingStore;
import io.tillpost.store.MessageQuery;
import io.tillpost.store.Messages;
import io.tillpost.store.Page;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

final class MemoryMessages implements Messages {
  private final Memory memory;

  MemoryMessages(Memory memory) {
    this.memory = memory;
  }

  @Override
  public Optional<StoredMessage> find(MessageId id) {
    return memory.messages().stream().filter(m -> m.message().id().equals(id)).findAny();
  }

  @Override
  public Map<MessageId, StoredMessage> findAll(Map<MessageId, Instant> capturedAt) {
    if (capturedAt.size() > 1_000) {
      throw new IllegalArgumentException("Messages are read 1,000 at a time");
    }
    return Messages.super.findAll(capturedAt);
  }

  @Override
  public Page<StoredMessage> search(MessageQuery query) {
    Comparator<Position> order = order(query);
    Position after = query.after() == null ? null : Position.read(query.after());
    List<StoredMessage> all = matching(query).toList();
    List<StoredMessage> rest =
        all.stream()
            .sorted(comparing(Position::of, order))
            .filter(m -> after == null || order.compare(Position.of(m), after) > 0)
            .limit(query.size() + 1L)
            .toList();
    if (rest.size() <= query.size()) {
      return new Page<>(rest, all.size(), null);
    }
    List<StoredMessage> items = rest.subList(0, query.size());
    return new Page<>(items, all.size(), Position.of(items.getLast()).cursor());
  }

  @Override
  public long count(MessageQuery query) {
    return matching(query).count();
  }

  @Override
  public Optional<Fingerprint> exceptionOf(Message message) {
    return MessageMatch.exceptionOf(message, new GroupingStore(memory.documentStore()).current());
  }

  @Override
  public Map<MessageId, Fingerprint> exceptionsOf(Collection<Message> messages) {
    Map<MessageId, Fingerprint> exceptions = new HashMap<>();
    messages.forEach(
        message -> exceptionOf(message).ifPresent(found -> exceptions.put(message.id(), found)));
    return exceptions;
  }

  @Override
  public List<MessageEvent> events(MessageId id) {
    return inOrder(id).map(MemoryMessages::withoutPayload).toList();
  }

  @Override
  public Map<MessageId, Payload> latestPayloads(Collection<MessageId> ids) {
    if (Set.copyOf(ids).size() > 50) {
      throw new IllegalArgumentException("Payloads are read of 50 messages at a time");
    }
    Map<MessageId, Payload> found = new HashMap<>();
    for (MessageId id : ids) {
      payloads(id).forEach(version -> found.put(id, version.payload()));
    }
    return found;
  }

  @Override
  public Set<MessageId> withPayload(Collection<MessageId> ids) {
    return ids.stream().filter(id -> !payloads(id).isEmpty()).collect(Collectors.toSet());
  }

  @Override
  public List<PayloadVersion> payloads(MessageId id) {
    return inOrder(id).flatMap(MemoryMessages::payload).toList();
  }

  private Stream<StoredMessage> matching(MessageQuery query) {
    Grouping grouping = new GroupingStore(memory.documentStore()).current();
    return memory.messages().stream().filter(m -> MessageMatch.matches(query, m, grouping));
  }

  private Stream<MessageEvent> inOrder(MessageId id) {
    return memory.allEvents().stream()
        .filter(event -> event.messageId().equals(id))
        .sorted(comparing(MessageEvent::time).thenComparing(event -> event.id().documentId()));
  }

  private static Stream<PayloadVersion> payload(MessageEvent event) {
    return event.payload() == null
        ? Stream.empty()
        : Stream.of(
            new PayloadVersion(
                event.time(),
                event.stage(),
                event.attempt(),
                event.id().source(),
                event.payload()));
  }

  private static MessageEvent withoutPayload(MessageEvent event) {
    return new MessageEvent(
        event.id(),
        event.messageId(),
        event.workflow(),
        event.stage(),
        event.attempt(),
        event.time(),
        event.capturedAt(),
        event.correlationId(),
        event.source(),
        event.target(),
        event.businessKey(),
        event.amount(),
        event.schemaVersion(),
        event.failure(),
        null,
        event.traceId(),
        event.spanId());
  }

  private static Comparator<Position> order(MessageQuery query) {
    Comparator<Position> byTime = Comparator.comparingLong(Position::millis);
    return (query.order() == MessageQuery.Order.NEWEST_FIRST ? byTime.reversed() : byTime)
        .thenComparing(Position::id);
  }

  /** Where a message stands in the list. */
  private record Position(long millis, String id) {
    static Position of(StoredMessage stored) {
      return new Position(
          stored.message().capturedAt().toEpochMilli(), stored.message().id().value());
    }

    static Position read(String cursor) {
      List<@Nullable Object> values = Cursor.values(cursor, 2);
      if (values.get(0) instanceof Long millis && values.get(1) instanceof String id) {
        return new Position(millis, id);
      }
      throw new IllegalArgumentException("This is not where a part of a list of messages begins");
    }

    String cursor() {
      return Cursor.of(List.of(millis, id));
    }
  }
}
