package io.tillpost.alerting.evaluate;

import io.tillpost.alerting.rule.AlertRule;
import io.tillpost.alerting.rule.Grouping;
import io.tillpost.location.StoreDirectory;
import io.tillpost.message.ImpactKind;
import io.tillpost.message.MoneySum;
import io.tillpost.message.Workflows;
import io.tillpost.store.ImpactQueries.Kept;
import io.tillpost.store.Traces.ApiUse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Measures what rules ask for. A group of which nothing is to be said is left out. */
final class Measurer {
  private final StoreDirectory directory;
  private final Workflows workflows;
  private final IngestLag ingestLag;
  private final ParkedRecords parkedRecords;
  private final RefusalCounts refusals;
  private final ApiLimits apiLimits;

  Measurer(
      StoreDirectory directory,
      Workflows workflows,
      IngestLag ingestLag,
      ParkedRecords parkedRecords,
      RefusalCounts refusals,
      ApiLimits apiLimits) {
    this.directory = directory;
    this.workflows = workflows;
    this.ingestLag = ingestLag;
    this.parkedRecords = parkedRecords;
    this.refusals = refusals;
    this.apiLimits = apiLimits;
  }

  List<Measurement> measure(AlertRule rule, Round round) {
    return switch (rule.measure()) {
      case STORES_WITH_UNSENT_TRANSACTIONS -> stuck(rule, ImpactKind.UNSENT_TRANSACTIONS, round);
      case UNSENT_TRANSACTIONS -> stuck(rule, ImpactKind.UNSENT_TRANSACTIONS, round);
      case RETURNS_AWAITING_CONFIRMATION ->
          stuck(rule, ImpactKind.RETURNS_AWAITING_CONFIRMATION, round);
      case INVENTORY_DELAYED -> stuck(rule, ImpactKind.INVENTORY_DELAYED, round);
      case OBJECTIVE_IN_TIME_PERCENT -> objectives(rule, round);
      case STORE_SILENT -> new SilentStores(directory).measure(window(rule), round);
      case INGEST_LAG -> ingestLag.measure(round.now());
      case INGEST_FULL -> ingestLag.full(round.now());
      case PARKED_RECORDS -> parkedRecords.measure();
      case REFUSED_KEYS, REFUSED_STORES, OVER_QUOTA, REFUSED_RECORDS, INGEST_BUSY ->
          refusals.measure(rule, window(rule), round.now());
      case API_CALLS_SHARE_OF_LIMIT -> apis(rule, round);
    };
  }

  private List<Measurement> stuck(AlertRule rule, ImpactKind impact, Round round) {
    Set<String> names =
        rule.workflows().isEmpty() ? Set.copyOf(workflows.named(impact)) : rule.workflows();
    if (names.isEmpty()) {
      return List.of();
    }
    Map<String, StuckMessages> groups = new LinkedHashMap<>();
    round
        .attention(names)
        .forEach(
            slice -> {
              String group =
                  switch (rule.grouping()) {
                    case REGION -> directory.regionOf(slice.storeId());
                    case WORKFLOW -> slice.workflow();
                    case API, SENDER, NONE -> "";
                  };
              groups.computeIfAbsent(group, g -> new StuckMessages(directory)).add(slice);
            });
    List<Measurement> measurements = new ArrayList<>();
    groups.forEach(
        (group, stuck) ->
            measurements.add(
                new Measurement(group, title(rule, group), stuck.reading(rule.measure()))));
    return measurements;
  }

  private List<Measurement> objectives(AlertRule rule, Round round) {
    List<Kept> kept =
        round.kept(window(rule)).stream()
            .filter(k -> rule.workflows().isEmpty() || rule.workflows().contains(k.workflow()))
            .toList();
    if (rule.grouping() == Grouping.NONE) {
      return List.of(inAll(kept));
    }
    return kept.stream()
        .map(
            k ->
                new Measurement(
                    k.workflow(),
                    title(rule, k.workflow()),
                    share(k.due(), k.inTime(), promised(k.workflow()))))
        .toList();
  }

  private Measurement inAll(List<Kept> kept) {
    long due = kept.stream().mapToLong(Kept::due).sum();
    long inTime = kept.stream().mapToLong(Kept::inTime).sum();
    double strictest = kept.stream().mapToDouble(k -> promised(k.workflow())).max().orElse(0);
    return new Measurement("", "", share(due, inTime, strictest));
  }

  private double promised(String workflow) {
    return workflows.get(workflow).objective().targetPercent();
  }

  private static Reading share(long due, long inTime, double promised) {
    Double percent = due == 0 ? null : 100.0 * inTime / due;
    return new Reading(due, MoneySum.NONE, null, percent, promised, List.of(), 0);
  }

  private List<Measurement> apis(AlertRule rule, Round round) {
    List<Measurement> measurements = new ArrayList<>();
    for (ApiUse use : round.apiUse(window(rule))) {
      OptionalLong limit = apiLimits.callsPerMinute(use.api());
      if (limit.isPresent() && limit.getAsLong() > 0) {
        double percent = 100.0 * use.busiestMinute() / limit.getAsLong();
        measurements.add(
            new Measurement(
                use.api(),
                use.api(),
                new Reading(
                    use.busiestMinute(), MoneySum.NONE, null, percent, null, List.of(), 0)));
      }
    }
    return measurements;
  }

  private String title(AlertRule rule, String group) {
    return rule.grouping() == Grouping.WORKFLOW ? workflows.get(group).title() : group;
  }

  private static Duration window(AlertRule rule) {
    @Nullable Duration over = rule.over();
    if (over == null) {
      throw new IllegalArgumentException(rule.measure().word() + " looks back a while");
    }
    return over;
  }
}
