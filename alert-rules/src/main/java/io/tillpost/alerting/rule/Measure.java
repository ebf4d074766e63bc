package io.tillpost.alerting.rule;

import static io.tillpost.alerting.rule.Quantity.COUNT;
import static io.tillpost.alerting.rule.Quantity.MONEY;
import static io.tillpost.alerting.rule.Quantity.OLDEST;
import static io.tillpost.alerting.rule.Quantity.PERCENT;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a rule can measure; a closed list, so that a rule file can be checked and explained whole.
 */
public enum Measure {
  /** Counts stores of which at least one transaction has not reached its target in time. */
  STORES_WITH_UNSENT_TRANSACTIONS(
      "store",
      "stores",
      Set.of(COUNT, MONEY, OLDEST),
      List.of(Grouping.REGION, Grouping.WORKFLOW, Grouping.NONE),
      null),
  /** Counts the transactions that have not reached their target in time. */
  UNSENT_TRANSACTIONS(
      "transaction",
      "transactions",
      Set.of(COUNT, MONEY, OLDEST),
      List.of(Grouping.REGION, Grouping.WORKFLOW, Grouping.NONE),
      null),
  /** Counts the returns that the ERP has not confirmed in time. */
  RETURNS_AWAITING_CONFIRMATION(
      "return",
      "returns",
      Set.of(COUNT, MONEY, OLDEST),
      List.of(Grouping.REGION, Grouping.WORKFLOW, Grouping.NONE),
      null),
  /** Counts the stock updates that are late. */
  INVENTORY_DELAYED(
      "update",
      "updates",
      Set.of(COUNT, OLDEST),
      List.of(Grouping.REGION, Grouping.WORKFLOW, Grouping.NONE),
      null),
  /** The share of messages that kept their workflow's objective, of those that became due. */
  OBJECTIVE_IN_TIME_PERCENT(
      "message due",
      "messages due",
      Set.of(COUNT, PERCENT),
      List.of(Grouping.WORKFLOW, Grouping.NONE),
      Duration.ofHours(1)),
  /** Counts open stores that nothing was heard of. */
  STORE_SILENT(
      "store", "stores", Set.of(COUNT, OLDEST), List.of(Grouping.REGION), Duration.ofMinutes(30)),
  /** How far what is stored lies behind what is sent: our own heartbeat. */
  INGEST_LAG("process", "processes", Set.of(OLDEST), List.of(), null),
  /** Counts ingest processes that turn every sender away, because their log is full. */
  INGEST_FULL("process", "processes", Set.of(COUNT), List.of(), null),
  /** Counts records that were received and cannot be stored, and wait for somebody to look. */
  PARKED_RECORDS("parked record", "parked records", Set.of(COUNT, OLDEST), List.of(), null),
  /** Counts requests with no key, or one that is unknown, revoked or replaced. */
  REFUSED_KEYS(
      "request without a valid key",
      "requests without a valid key",
      Set.of(COUNT),
      List.of(Grouping.NONE, Grouping.SENDER),
      Duration.ofMinutes(15)),
  /** Counts records that senders sent for stores that are not theirs. */
  REFUSED_STORES(
      "record for another store",
      "records for other stores",
      Set.of(COUNT),
      List.of(Grouping.SENDER, Grouping.NONE),
      Duration.ofMinutes(15)),
  /** Counts requests of senders that were over their quota. */
  OVER_QUOTA(
      "request over the quota",
      "requests over the quota",
      Set.of(COUNT),
      List.of(Grouping.SENDER, Grouping.NONE),
      Duration.ofMinutes(15)),
  /** Counts what can never be accepted: not valid, not readable, too large, of a wrong time. */
  REFUSED_RECORDS(
      "refusal",
      "refusals",
      Set.of(COUNT),
      List.of(Grouping.SENDER, Grouping.NONE),
      Duration.ofMinutes(15)),
  /** Counts requests that were told to come back later, because ingest had no room for them. */
  INGEST_BUSY(
      "request turned away",
      "requests turned away",
      Set.of(COUNT),
      List.of(Grouping.NONE, Grouping.SENDER),
      Duration.ofMinutes(15)),
  /** The calls to a system in its busiest minute, as a share of what it allows. */
  API_CALLS_SHARE_OF_LIMIT(
      "call a minute",
      "calls a minute",
      Set.of(COUNT, PERCENT),
      List.of(Grouping.API),
      Duration.ofMinutes(5));

  private final String one;
  private final String many;

  @SuppressWarnings("ImmutableEnumChecker") // made by Set.of
  private final Set<Quantity> quantities;

  @SuppressWarnings("ImmutableEnumChecker") // made by List.of
  private final List<Grouping> groupings;

  private final @Nullable Duration usualWindow;

  Measure(
      String one,
      String many,
      Set<Quantity> quantities,
      List<Grouping> groupings,
      @Nullable Duration usualWindow) {
    this.one = one;
    this.many = many;
    this.quantities = quantities;
    this.groupings = groupings;
    this.usualWindow = usualWindow;
  }

  /** As it is written in rule files: {@code store-silent}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** What {@link Quantity#COUNT} counts, for so many of it: {@code store} or {@code stores}. */
  public String counted(long count) {
    return count == 1 ? one : many;
  }

  /** What a condition can compare. */
  public Set<Quantity> quantities() {
    return quantities;
  }

  /** How it can be grouped, the usual way first; empty where there is only one alert in all. */
  public List<Grouping> groupings() {
    return groupings;
  }

  /** The grouping of a rule that says none. */
  public Grouping usualGrouping() {
    return groupings.isEmpty() ? Grouping.NONE : groupings.getFirst();
  }

  /** How far back it looks unless {@code over} says otherwise; null where it looks at now only. */
  public @Nullable Duration usualWindow() {
    return usualWindow;
  }

  /** Whether a rule can name the workflows that it looks at. */
  public boolean takesWorkflows() {
    return switch (this) {
      case STORES_WITH_UNSENT_TRANSACTIONS,
          UNSENT_TRANSACTIONS,
          RETURNS_AWAITING_CONFIRMATION,
          INVENTORY_DELAYED,
          OBJECTIVE_IN_TIME_PERCENT ->
          true;
      case STORE_SILENT,
          INGEST_LAG,
          INGEST_FULL,
          PARKED_RECORDS,
          REFUSED_KEYS,
          REFUSED_STORES,
          OVER_QUOTA,
          REFUSED_RECORDS,
          INGEST_BUSY,
          API_CALLS_SHARE_OF_LIMIT ->
          false;
    };
  }
}
