package io.tillpost.alerting.rule;

/** The numbers in one line, for rules that give no summary. */
final class UsualSummary {
  private UsualSummary() {}

  static String of(Measure measure) {
    return switch (measure) {
      case STORES_WITH_UNSENT_TRANSACTIONS, UNSENT_TRANSACTIONS, RETURNS_AWAITING_CONFIRMATION ->
          "{{ counted }}, {{ money }}, oldest {{ oldest }}";
      case INVENTORY_DELAYED -> "{{ counted }}, oldest {{ oldest }}";
      case OBJECTIVE_IN_TIME_PERCENT -> "{{ percent }} in time of {{ counted }} in {{ over }}";
      case STORE_SILENT -> "{{ counted }}, longest {{ oldest }}";
      case INGEST_LAG -> "{{ oldest }} behind";
      case INGEST_FULL -> "{{ counted }}";
      case REFUSED_KEYS, REFUSED_STORES, OVER_QUOTA, REFUSED_RECORDS, INGEST_BUSY ->
          "{{ counted }} in {{ over }}";
      case PARKED_RECORDS -> "{{ counted }}, oldest {{ oldest }}";
      case API_CALLS_SHARE_OF_LIMIT -> "{{ percent }} of the limit, {{ counted }}";
    };
  }
}
