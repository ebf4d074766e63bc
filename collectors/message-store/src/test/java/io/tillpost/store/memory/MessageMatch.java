package io.tillpost.store.memory;

import io.tillpost.failure.Fingerprint;
import io.tillpost.failure.Grouping;
import io.tillpost.message.Message;
import io.tillpost.store.GroupingStore;
import io.tillpost.store.MessageQuery;
import io.tillpost.store.Messages.StoredMessage;
import io.tillpost.store.SearchWords;
import io.tillpost.trace.TraceId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Whether a message is asked for. */
final class MessageMatch {
  private MessageMatch() {}

  static boolean matches(MessageQuery query, StoredMessage stored, Grouping grouping) {
    Message message = stored.message();
    return hasWords(query.text(), message)
        && (query.sharing() == null || shares(query.sharing(), message))
        && any(query.workflows(), message.workflow())
        && any(query.statuses(), message.status())
        && any(query.storeIds(), message.storeId())
        && any(query.targets(), message.target())
        && (query.exceptions().isEmpty() || isIn(query.exceptions(), message, grouping))
        && (query.correlationId() == null || query.correlationId().equals(message.correlationId()))
        && (query.traceId() == null || traceIds(message).anyMatch(query.traceId()::equals))
        && (query.capturedFrom() == null || !message.capturedAt().isBefore(query.capturedFrom()))
        && (query.capturedTo() == null || message.capturedAt().isBefore(query.capturedTo()))
        && (query.attentionAt() == null || needsAttention(stored, query.attentionAt()));
  }

  private static boolean isIn(Set<Fingerprint> exceptions, Message message, Grouping grouping) {
    Optional<Fingerprint> own = exceptionOf(message, grouping);
    return own.isPresent()
        && exceptions.stream().anyMatch(one -> grouping.root(one).equals(own.get()));
  }

  /** The exception to which a message belongs; empty unless it is failed. */
  static Optional<Fingerprint> exceptionOf(Message message, Grouping grouping) {
    return message
        .fingerprint()
        .map(failure -> grouping.exceptionOf(failure, GroupingStore.conditionsOf(message)));
  }

  /** Whether the message is open and has failed or is overdue at that moment. */
  static boolean needsAttention(StoredMessage stored, Instant moment) {
    return stored.message().status().isOpen()
        && stored
            .message()
            .attentionFrom(stored.dueAt())
            .filter(f -> !f.isAfter(moment))
            .isPresent();
  }

  static <T> boolean any(Collection<T> wanted, @Nullable T value) {
    return wanted.isEmpty() || (value != null && wanted.contains(value));
  }

  private static boolean hasWords(@Nullable String text, Message message) {
    List<String> asked = SearchWords.asked(text);
    Set<String> kept = asked.isEmpty() ? Set.of() : SearchWords.of(message);
    return asked.stream().allMatch(word -> SearchWords.matches(word, kept));
  }

  private static boolean shares(MessageQuery.Sharing sharing, Message message) {
    Set<String> kept = SearchWords.of(message);
    return !sharing.except().contains(message.id().value())
        && (sharing.any().isEmpty()
            || sharing.any().stream().anyMatch(group -> has(group, kept, message)));
  }

  private static boolean has(MessageQuery.Words group, Set<String> kept, Message message) {
    MessageQuery.BusinessDay day = group.day();
    if (day != null && !Objects.equals(day.date(), message.businessKey().businessDate())) {
      return false;
    }
    return group.all().stream()
        .allMatch(words -> words.isEmpty() || words.stream().anyMatch(kept::contains));
  }

  private static Stream<String> traceIds(Message message) {
    return message.attempts().values().stream()
        .map(attempt -> attempt.traceId())
        .filter(Objects::nonNull)
        .map(latest -> latest.value())
        .map(TraceId::value);
  }
}
