package io.tillpost.store.memory;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import io.tillpost.message.Message;
import io.tillpost.message.MessageStatus;
import io.tillpost.message.Stage;
import io.tillpost.store.ImpactQueries;
import io.tillpost.store.Messages.StoredMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

final class MemoryImpactQueries implements ImpactQueries {
  private final Memory memory;

  MemoryImpactQueries(Memory memory) {
    this.memory = memory;
  }

  @Override
  public List<Slice> attention(Instant now, Set<String> workflows) {
    return memory.messages().stream()
        .filter(m -> MessageMatch.any(workflows, m.message().workflow()))
        .filter(m -> MessageMatch.needsAttention(m, now))
        .collect(groupingBy(m -> SliceKey.of(m.message())))
        .entrySet()
        .stream()
        .map(entry -> slice(entry.getKey(), entry.getValue()))
        .toList();
  }

  @Override
  public List<List<Point>> trends(List<Set<String>> sets, Instant from, Instant to, Duration step) {
    return sets.stream().map(workflows -> trendOf(workflows, from, to, step)).toList();
  }

  @Override
  public List<Kept> kept(Instant from, Instant to) {
    return memory.messages().stream()
        .filter(m -> !m.dueAt().isBefore(from) && m.dueAt().isBefore(to))
        .collect(groupingBy(m -> m.message().workflow(), TreeMap::new, toList()))
        .entrySet()
        .stream()
        .map(entry -> kept(entry.getKey(), entry.getValue()))
        .toList();
  }

  @Override
  public Map<String, Instant> lastHeard(Instant since) {
    Map<String, Instant> last = new TreeMap<>();
    memory.messages().stream()
        .map(StoredMessage::message)
        .filter(m -> m.storeId() != null && !m.capturedAt().isBefore(since))
        .forEach(m -> last.merge(m.storeId(), m.capturedAt(), (a, b) -> a.isAfter(b) ? a : b));
    return last;
  }

  private List<Point> trendOf(Set<String> workflows, Instant from, Instant to, Duration step) {
    List<StoredMessage> messages =
        memory.messages().stream()
            .filter(m -> MessageMatch.any(workflows, m.message().workflow()))
            .toList();
    return Sums.points(
        from,
        to,
        step,
        s ->
            new Point(s.end(), messages.stream().filter(m -> neededAttention(m, s.end())).count()));
  }

  private static boolean neededAttention(StoredMessage stored, Instant moment) {
    return stored
            .message()
            .attentionFrom(stored.dueAt())
            .filter(f -> !f.isAfter(moment))
            .isPresent()
        && stored.message().finishedAt().filter(f -> !f.isAfter(moment)).isEmpty();
  }

  private static Slice slice(SliceKey key, List<StoredMessage> messages) {
    return new Slice(
        key.workflow(),
        key.storeId(),
        key.failed(),
        key.reachedMiddleware(),
        messages.size(),
        Sums.money(messages),
        Sums.oldest(messages));
  }

  private static Kept kept(String workflow, List<StoredMessage> messages) {
    return new Kept(
        workflow,
        messages.size(),
        messages.stream()
            .filter(m -> m.message().status() != MessageStatus.DISCARDED)
            .filter(m -> m.message().finishedAt().filter(f -> !f.isAfter(m.dueAt())).isPresent())
            .count(),
        messages.stream().map(m -> m.message().status()).filter(MessageStatus::isOpen).count());
  }

  private record SliceKey(
      String workflow, @Nullable String storeId, boolean failed, boolean reachedMiddleware) {
    static SliceKey of(Message message) {
      return new SliceKey(
          message.workflow(),
          message.storeId(),
          message.status().isFailed(),
          message.furthestStage().compareTo(Stage.RECEIVED) >= 0);
    }
  }
}
