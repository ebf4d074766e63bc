package io.tillpost.alerting.evaluate;

import io.tillpost.alerting.rule.AlertRule;
import io.tillpost.alerting.rule.Grouping;
import io.tillpost.alerting.rule.Measure;
import io.tillpost.message.MoneySum;
import io.tillpost.store.DocumentQuery;
import io.tillpost.store.DocumentQuery.Condition;
import io.tillpost.store.DocumentStore;
import io.tillpost.store.RefusalReason;
import io.tillpost.store.Refusals;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What ingest refused, by sender. It is counted by {@link Refusals#SLOT}, so the beginning of the
 * time looked at is as exact as that.
 */
final class RefusalCounts {
  private static final int MOST = 10_000;

  private final DocumentStore documents;

  RefusalCounts(DocumentStore documents) {
    this.documents = documents;
  }

  /** One reading for each sender, or one in all; nothing where nothing was refused. */
  List<Measurement> measure(AlertRule rule, Duration over, Instant now) {
    Set<RefusalReason> reasons = reasons(rule.measure());
    Map<String, Long> counts = new TreeMap<>();
    Instant from = now.minus(over);
    DocumentQuery lately =
        DocumentQuery.ALL
            .and(new Condition.Between("since", from.minus(Refusals.SLOT), null))
            .sorted("since", true)
            .page(MOST, null);
    documents.of(Refusals.DOCUMENTS).find(lately).items().stream()
        .flatMap(found -> found.value().lines().stream())
        .filter(line -> reasons.contains(line.reason()) && line.lastAt().isAfter(from))
        .forEach(
            line ->
                counts.merge(
                    rule.grouping() == Grouping.SENDER ? line.sender() : "",
                    line.count(),
                    Long::sum));
    return counts.entrySet().stream()
        .map(
            count ->
                new Measurement(
                    count.getKey(),
                    count.getKey(),
                    new Reading(count.getValue(), MoneySum.NONE, null, null, null, List.of(), 0)))
        .toList();
  }

  private static Set<RefusalReason> reasons(Measure measure) {
    return switch (measure) {
      case REFUSED_KEYS ->
          EnumSet.of(
              RefusalReason.UNKNOWN_KEY,
              RefusalReason.REVOKED_KEY,
              RefusalReason.EXPIRED_KEY,
              RefusalReason.REVOKED_CERTIFICATE,
              RefusalReason.REMOVED_CERTIFICATE,
              RefusalReason.REPLACED_CERTIFICATE);
      case REFUSED_STORES -> EnumSet.of(RefusalReason.OTHER_STORE);
      case OVER_QUOTA -> EnumSet.of(RefusalReason.OVER_QUOTA);
      case REFUSED_RECORDS ->
          EnumSet.of(
              RefusalReason.INVALID,
              RefusalReason.CLOCK,
              RefusalReason.TOO_LARGE,
              RefusalReason.UNREADABLE);
      case INGEST_BUSY -> EnumSet.of(RefusalReason.BUSY);
      default -> throw new IllegalArgumentException(measure.word() + " is about something else");
    };
  }
}
