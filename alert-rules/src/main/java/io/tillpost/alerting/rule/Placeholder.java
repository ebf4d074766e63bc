package io.tillpost.alerting.rule;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What may stand between double braces in an annotation: {@code {{ count }}}. */
public enum Placeholder {
  /** The rule's name. */
  ALERT,
  SEVERITY,
  /** The region, workflow or called system that the alert stands for. */
  GROUP,
  REGION,
  WORKFLOW,
  API,
  /** How many, a number. */
  COUNT,
  /** How many of what: {@code 12 stores}. */
  COUNTED,
  /** The money behind it, per currency. */
  MONEY,
  /** The age of the oldest. */
  OLDEST,
  PERCENT,
  /** How far back the rule looks. */
  OVER,
  /** The names of the worst stores. */
  STORES;

  /** As it is written: {@code count}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The placeholder of that word. */
  public static Optional<Placeholder> of(String word) {
    return Arrays.stream(values()).filter(p -> p.word().equals(word)).findFirst();
  }

  /** Those that a rule of this measure and grouping can fill, in this order. */
  public static List<Placeholder> of(Measure measure, Grouping grouping) {
    return Arrays.stream(values()).filter(p -> p.isFilledBy(measure, grouping)).toList();
  }

  private boolean isFilledBy(Measure measure, Grouping grouping) {
    return switch (this) {
      case ALERT, SEVERITY -> true;
      case GROUP -> grouping != Grouping.NONE;
      case REGION -> grouping == Grouping.REGION;
      case WORKFLOW -> grouping == Grouping.WORKFLOW;
      case API -> grouping == Grouping.API;
      case COUNT, COUNTED -> measure.quantities().contains(Quantity.COUNT);
      case MONEY -> measure.quantities().contains(Quantity.MONEY);
      case OLDEST -> measure.quantities().contains(Quantity.OLDEST);
      case PERCENT -> measure.quantities().contains(Quantity.PERCENT);
      case OVER -> measure.usualWindow() != null;
      case STORES ->
          switch (measure) {
            case STORES_WITH_UNSENT_TRANSACTIONS,
                UNSENT_TRANSACTIONS,
                RETURNS_AWAITING_CONFIRMATION,
                INVENTORY_DELAYED,
                STORE_SILENT ->
                true;
            case OBJECTIVE_IN_TIME_PERCENT,
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
    };
  }
}
