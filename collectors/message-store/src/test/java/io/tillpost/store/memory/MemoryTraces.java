package io.tillpost.store.memory;

import static java.util.Comparator.comparing;
import static java.util.Comparator.reverseOrder;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import io.tillpost.store.SearchWords;
import io.tillpost.store.Traces;
import io.tillpost.trace.Span;
import io.tillpost.trace.SpanKind;
import io.tillpost.trace.SpanStatus;
import io.tillpost.trace.TraceId;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

final class MemoryTraces implements Traces {
  private final Memory memory;

  MemoryTraces(Memory memory) {
    this.memory = memory;
  }

  @Override
  public List<Span> trace(TraceId id) {
    return memory.allSpans().stream()
        .filter(span -> span.traceId().equals(id))
        .sorted(comparing(Span::start).thenComparing(span -> span.id().value()))
        .limit(10_000)
        .toList();
  }

  @Override
  public List<Span> search(TraceQuery query) {
    return memory.allSpans().stream()
        .filter(span -> within(span, query.from(), query.to()))
        .filter(span -> begins(query, span))
        .filter(span -> !query.errorsOnly() || span.status() == SpanStatus.ERROR)
        .filter(
            span ->
                query.minDuration() == null || span.duration().compareTo(query.minDuration()) >= 0)
        .filter(span -> hasWords(query, span))
        .sorted(comparing(Span::start, reverseOrder()).thenComparing(Span::documentId))
        .limit(query.size())
        .toList();
  }

  @Override
  public List<ApiUse> apiUse(Instant from, Instant to) {
    return calls(from, to)
        .collect(groupingBy(span -> Objects.requireNonNull(span.peer())))
        .entrySet()
        .stream()
        .map(entry -> use(entry.getKey(), entry.getValue(), to))
        .sorted(comparing(ApiUse::calls, reverseOrder()).thenComparing(ApiUse::api))
        .toList();
  }

  private Stream<Span> calls(Instant from, Instant to) {
    return memory.allSpans().stream().filter(span -> within(span, from, to) && span.peer() != null);
  }

  private static boolean within(Span span, Instant from, Instant to) {
    return !span.start().isBefore(from) && span.start().isBefore(to);
  }

  private static boolean begins(TraceQuery query, Span span) {
    if (query.service() == null) {
      return span.parentId() == null;
    }
    return query.service().equals(span.service())
        && (span.parentId() == null
            || span.kind() == SpanKind.SERVER
            || span.kind() == SpanKind.CONSUMER);
  }

  private static boolean hasWords(TraceQuery query, Span span) {
    List<String> asked = SearchWords.asked(query.text());
    Set<String> words = SearchWords.ofName(span.name());
    return asked.stream()
        .allMatch(
            word ->
                SearchWords.matches(word, words)
                    || word.equals(span.traceId().value())
                    || (span.messageId() != null
                        && word.equals(span.messageId().toLowerCase(Locale.ROOT))));
  }

  private static ApiUse use(String api, List<Span> calls, Instant to) {
    Instant minute = to.truncatedTo(ChronoUnit.MINUTES);
    List<Duration> durations = calls.stream().map(Span::duration).sorted().toList();
    return new ApiUse(
        api,
        calls.size(),
        calls.stream().filter(span -> span.status() == SpanStatus.ERROR).count(),
        calls.stream()
            .collect(groupingBy(span -> span.start().truncatedTo(ChronoUnit.MINUTES), counting()))
            .values()
            .stream()
            .max(Long::compare)
            .orElse(0L),
        calls.stream()
            .filter(span -> within(span, minute.minus(1, ChronoUnit.MINUTES), minute))
            .count(),
        percentile(durations, 0.50),
        percentile(durations, 0.95),
        percentile(durations, 0.99));
  }

  private static Duration percentile(List<Duration> sorted, double share) {
    return sorted.get((int) Math.ceil(share * sorted.size()) - 1);
  }
}
