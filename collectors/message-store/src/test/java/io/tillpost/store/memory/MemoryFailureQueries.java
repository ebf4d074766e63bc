package io.tillpost.store.memory;

import static java.util.Comparator.comparing;
import static java.util.Comparator.reverseOrder;
import static java.util.stream.Collectors.groupingBy;

import io.tillpost.failure.Fingerprint;
import io.tillpost.failure.Grouping;
import io.tillpost.failure.SplitCondition;
import io.tillpost.message.Message;
import io.tillpost.store.FailureQueries;
import io.tillpost.store.GroupingStore;
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
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

final class MemoryFailureQueries implements FailureQueries {
  private final Memory memory;

  MemoryFailureQueries(Memory memory) {
    this.memory = memory;
  }

  @Override
  public Grouping grouping() {
    return new GroupingStore(memory.documentStore()).current();
  }

  @Override
  public List<Group> groups(FailureFilter filter, int limit) {
    Grouping grouping = grouping();
    return failed()
        .filter(m -> matches(filter, m.message()))
        .collect(groupingBy(m -> exceptionOf(m, grouping).orElseThrow()))
        .entrySet()
        .stream()
        .map(e -> group(e.getKey(), e.getValue(), grouping))
        .sorted(
            comparing(Group::messages, reverseOrder()).thenComparing(g -> g.fingerprint().value()))
        .limit(limit)
        .toList();
  }

  @Override
  public void eachGroup(int part, Consumer<List<Group>> each) {
    if (part < 1 || part > 10_000) {
      throw new IllegalArgumentException("A part has 1 to 10,000 groups");
    }
    List<Group> all = groups(FailureFilter.ALL, Integer.MAX_VALUE);
    for (int from = 0; from < all.size(); from += part) {
      each.accept(all.subList(from, Math.min(all.size(), from + part)));
    }
  }

  @Override
  public Set<Fingerprint> failing(Set<Fingerprint> exceptions) {
    Grouping grouping = grouping();
    Set<Fingerprint> failing =
        failed().flatMap(m -> exceptionOf(m, grouping).stream()).collect(Collectors.toSet());
    return exceptions.stream()
        .filter(exception -> failing.contains(grouping.root(exception)))
        .collect(Collectors.toSet());
  }

  @Override
  public Optional<Group> group(Fingerprint exception) {
    return group(exception, failedWith(exception).toList());
  }

  @Override
  public Optional<Group> part(Fingerprint exception, SplitCondition condition) {
    return group(
        exception,
        failedWith(exception)
            .filter(m -> GroupingStore.conditionsOf(m.message()).test(condition))
            .toList());
  }

  private Optional<Group> group(Fingerprint exception, List<StoredMessage> messages) {
    Grouping grouping = grouping();
    return messages.isEmpty()
        ? Optional.empty()
        : Optional.of(group(grouping.root(exception), messages, grouping));
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
    Grouping grouping = grouping();
    Optional<Fingerprint> root = Optional.of(grouping.root(fingerprint));
    return failed().filter(m -> exceptionOf(m, grouping).equals(root));
  }

  private static Optional<Fingerprint> exceptionOf(StoredMessage stored, Grouping grouping) {
    return MessageMatch.exceptionOf(stored.message(), grouping);
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

  private static Group group(
      Fingerprint exception, List<StoredMessage> messages, Grouping grouping) {
    Comparator<Message> byFailure =
        comparing((Message m) -> m.failedAt().orElseThrow()).thenComparing(Message::id);
    Message newest = messages.stream().map(StoredMessage::message).max(byFailure).orElseThrow();
    Optional<Fingerprint> leading = Optional.of(grouping.leading(exception));
    Message sample =
        messages.stream()
            .map(StoredMessage::message)
            .filter(m -> m.fingerprint().equals(leading))
            .max(byFailure)
            .orElse(newest);
    Message first = messages.stream().map(StoredMessage::message).min(byFailure).orElseThrow();
    return new Group(
        exception,
        sample.workflow(),
        sample.target(),
        sample.failure().orElseThrow(),
        sample.id(),
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
