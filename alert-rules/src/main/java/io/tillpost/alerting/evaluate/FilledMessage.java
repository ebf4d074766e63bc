package io.tillpost.alerting.evaluate;

import io.tillpost.alerting.rule.AlertRule;
import io.tillpost.alerting.rule.Placeholder;
import io.tillpost.alerting.rule.Quantity;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Fills the placeholders of a rule's annotations. */
final class FilledMessage {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{\\s*([a-z]+)\\s*}}");
  private static final int NAMED_STORES = 3;

  private FilledMessage() {}

  static AlertMessage of(AlertRule rule, Measurement measurement, Instant now) {
    URI runbook = rule.annotations().runbook();
    return new AlertMessage(
        fill(rule.annotations().summary(), rule, measurement, now),
        fill(rule.annotations().meaning(), rule, measurement, now),
        fill(rule.annotations().whatToDo(), rule, measurement, now),
        runbook == null ? null : runbook.toString());
  }

  private static String fill(
      String template, AlertRule rule, Measurement measurement, Instant now) {
    return PLACEHOLDER
        .matcher(template)
        .replaceAll(
            match ->
                Matcher.quoteReplacement(
                    Placeholder.of(match.group(1))
                        .map(placeholder -> value(placeholder, rule, measurement, now))
                        .orElse(match.group())));
  }

  private static String value(
      Placeholder placeholder, AlertRule rule, Measurement measurement, Instant now) {
    Reading reading = measurement.reading();
    return switch (placeholder) {
      case ALERT -> rule.name();
      case SEVERITY -> rule.severity().word();
      case GROUP, REGION, WORKFLOW, API -> measurement.title();
      case COUNT -> Words.measured(Quantity.COUNT, reading, now);
      case COUNTED -> Words.number(reading.count()) + " " + rule.measure().counted(reading.count());
      case MONEY -> Words.measured(Quantity.MONEY, reading, now);
      case OLDEST -> Words.measured(Quantity.OLDEST, reading, now);
      case PERCENT -> Words.measured(Quantity.PERCENT, reading, now);
      case OVER -> {
        Duration over = rule.over();
        yield over == null ? "" : Words.duration(over);
      }
      case STORES -> stores(reading);
    };
  }

  private static String stores(Reading reading) {
    String named =
        reading.stores().stream()
            .limit(NAMED_STORES)
            .map(AffectedStore::name)
            .collect(Collectors.joining(", "));
    int others = reading.furtherStores() + Math.max(0, reading.stores().size() - NAMED_STORES);
    return others == 0 ? named : named + " and " + others + " more";
  }
}
