package io.tillpost.console.ingest;

import io.tillpost.store.DocumentQuery;
import io.tillpost.store.DocumentQuery.Condition;
import io.tillpost.store.Documents;
import io.tillpost.store.Refusals;
import io.tillpost.store.Stores;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Service;

/** Reads what the ingest processes refused, and to whom. */
@Service
public class RefusalLog {
  private static final Duration DAY = Duration.ofDays(1);
  private static final int MOST = 10_000;

  private final Documents<Refusals> refusals;
  private final Clock clock;

  RefusalLog(Stores stores, Clock clock) {
    this.refusals = stores.documents().of(Refusals.DOCUMENTS);
    this.clock = clock;
  }

  /** One for each sender and reason of about the last 24 hours, the most first. */
  public List<Refused> lastDay() {
    Instant from = clock.instant().minus(DAY);
    DocumentQuery lately =
        DocumentQuery.ALL
            .and(new Condition.Between("since", from, null))
            .sorted("since", true)
            .page(MOST, null);
    Map<List<Object>, Refused> sums = new HashMap<>();
    refusals.find(lately).items().stream()
        .flatMap(found -> found.value().lines().stream())
        .map(line -> new Refused(line.sender(), line.reason(), line.count(), line.lastAt()))
        .forEach(one -> sums.merge(List.of(one.sender(), one.reason()), one, Refused::plus));
    return sums.values().stream()
        .sorted(
            Comparator.comparingLong(Refused::count)
                .reversed()
                .thenComparing(Refused::sender)
                .thenComparing(Refused::reason))
        .toList();
  }
}
