package io.tillpost.store.memory;

import static java.util.Comparator.comparing;
import static java.util.Comparator.reverseOrder;
import static java.util.stream.Collectors.groupingBy;

import io.tillpost.failure.Fingerprint;
import io.tillpost.message.Message;
import io.tillpost.store.FailureQueries;
import io.tillpost.store.ImpactQueries.Point;
import io.tillpost.store.Messages.StoredMessage;
import io.tillpost.store.SearchWords;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

final class MemoryFailureQueries implements FailureQueries {
  private final Memory memory;

  MemoryFailureQueries(Memory memory) {
    this.memory = memory;
  }

  @Override
  public List<Group> groups(FailureFilter filter, int limit) {
    return failed()
        .filter(m -> matches(filter, m.message()))
        .collect(groupingBy(m -> m.message().fingerprint().orElseThrow()))
        .values()
        .stream()
        .map(MemoryFailureQueries::group)
        .sorted(
            comparing(Group::messages, reverseOrder()).thenComparing(g -> g.fingerprint().value()))
        .limit(limit)
        .toList();
  }

  @Override
  public Optional<Group> group(Fingerprint fingerprint) {
    List<StoredMessage> messages = failedWith(fingerprint).toList();
    return messages.isEmpty() ? Optional.empty() : Optional.of(group(messages));
  }

  @Override
  public Map<Fingerprint, List<Point>> histories(
      Set<Fingerprint> fingerprints, Instant from, Instant to, Duration step) {
    Map<Fingerprint, List<Point>> histories = new HashMap<>();
    fingerprints.forEach(print -> histories.put(print, historyOf(print, from, to, step)));
    return histories;
  }

  private List<Point> historyOf(Fingerprint fingerprint, Instant from, Instant to, Duration step) {
    List<Instant> failedAt =
        failedWith(fingerprint).map(m -> m.message().failedAt().orElseThrow()).toList();
    return Sums.points(
        from,
        to,
        step,
        s ->
            new Point(
                s.start(),
                failedAt.stream()
                    .filter(at -> !at.isBefore(s.start()) && at.isBefore(s.end()))
                    .count()));
  }

  @Override
  public List<StoreCount> stores(Fingerprint fingerprint, int limit) {
    Map<String, List<StoredMessage>> byStore =
        failedWith(fingerprint)
            .filter(m -> m.message().storeId() != null)
            .collect(groupingBy(m -> Objects.requireNonNull(m.message().storeId())));
    return byStore.entrySet().stream()
        .map(e -> new StoreCount(e.getKey(), e.getValue().size(), Sums.money(e.getValue())))
        .sorted(comparing(StoreCount::messages, reverseOrder()).thenComparing(StoreCount::storeId))
        .limit(limit)
        .toList();
  }

  private Stream<StoredMessage> failed() {
    return memory.messages().stream().filter(m -> m.message().status().isFailed());
  }

  private Stream<StoredMessage> failedWith(Fingerprint fingerprint) {
    return failed().filter(m -> m.message().fingerprint().equals(Optional.of(fingerprint)));
  }

  private static boolean matches(FailureFilter filter, Message message) {
    return MessageMatch.any(filter.workflows(), message.workflow())
        && MessageMatch.any(filter.targets(), message.target())
        && MessageMatch.any(filter.storeIds(), message.storeId())
        && message.businessKey().keys().entrySet().containsAll(filter.keys().entrySet())
        && hasWords(filter.text(), message);
  }

  private static boolean hasWords(@Nullable String text, Message message) {
    Set<String> kept = new HashSet<>(SearchWords.of(message));
    message.failure().ifPresent(failure -> kept.addAll(SearchWords.of(failure)));
    return SearchWords.asked(text).stream().allMatch(word -> SearchWords.matches(word, kept));
  }

  private static Group group(List<StoredMessage> messages) {
    Comparator<Message> byFailure =
        comparing((Message m) -> m.failedAt().orElseThrow()).thenComparing(Message::id);
    Message newest = messages.stream().map(StoredMessage::message).max(byFailure).orElseThrow();
    Message first = messages.stream().map(StoredMessage::message).min(byFailure).orElseThrow();
    return new Group(
        newest.fingerprint().orElseThrow(),
        newest.workflow(),
        newest.target(),
        newest.failure().orElseThrow(),
        newest.id(),
        messages.size(),
        messages.stream()
            .map(m -> m.message().storeId())
            .filter(Objects::nonNull)
            .distinct()
            .count(),
        Sums.money(messages),
        Sums.oldest(messages),
        first.failedAt().orElseThrow(),
        newest.failedAt().orElseThrow());
  }
}
