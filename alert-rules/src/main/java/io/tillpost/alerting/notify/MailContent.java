package io.tillpost.alerting.notify;

import io.tillpost.alerting.evaluate.AffectedStore;
import io.tillpost.alerting.evaluate.Alert;
import io.tillpost.alerting.evaluate.Comparison;
import io.tillpost.alerting.evaluate.Words;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Everything a mail says, before it becomes text or HTML.
 *
 * @param kind what the mail says
 * @param alert the alert it speaks of
 * @param now when it is written
 * @param zone in which its times are shown
 * @param link opens the alert in the console
 */
record MailContent(NotificationKind kind, Alert alert, Instant now, ZoneId zone, URI link) {
  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss z", Locale.ENGLISH);

  /** Like {@code [FIRING] Store silent · Germany North: 3 stores, longest 45 min}. */
  String subject() {
    return OneLine.of("[" + kind.words() + "] " + alert.title() + ": " + headline());
  }

  /** The numbers, or how long it took. */
  String headline() {
    return switch (kind) {
      case FIRING, STILL_FIRING -> alert.message().summary();
      case RESOLVED -> "back to normal after " + Words.age(Duration.between(firingSince(), end()));
      case MENTION -> throw new IllegalStateException("A mention is of no alert");
    };
  }

  /** What happened, in sentences. */
  String story() {
    String since = moment(firingSince());
    return switch (kind) {
      case FIRING -> "Since " + since + ".";
      case STILL_FIRING ->
          "Since "
              + since
              + ", for "
              + Words.age(Duration.between(firingSince(), now))
              + ". Nobody has acknowledged it.";
      case RESOLVED ->
          "From "
              + since
              + " to "
              + moment(end())
              + ". At last it was: "
              + alert.message().summary()
              + ".";
      case MENTION -> throw new IllegalStateException("A mention is of no alert");
    };
  }

  /** Why, one line for each comparison of the rule that holds; empty for an all-clear. */
  List<String> reasons() {
    return kind == NotificationKind.RESOLVED
        ? List.of()
        : alert.comparisons().stream().filter(Comparison::holds).map(MailContent::reason).toList();
  }

  private static String reason(Comparison comparison) {
    return comparison.quantity().word()
        + " is "
        + comparison.measured()
        + ", "
        + comparison.wanted();
  }

  /** Severity and labels. */
  String attributes() {
    String labels =
        alert.labels().entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(e -> " · " + e.getKey() + " " + e.getValue())
            .collect(Collectors.joining());
    return "Severity " + alert.severity().word() + labels;
  }

  /** The worst stores; empty for an all-clear. */
  List<AffectedStore> stores() {
    return kind == NotificationKind.RESOLVED ? List.of() : alert.reading().stores();
  }

  /** Above the list of stores. */
  String storesTitle() {
    int further = alert.reading().furtherStores();
    int named = alert.reading().stores().size();
    return further == 0
        ? "Stores"
        : "Stores (the worst " + named + " of " + (named + further) + ")";
  }

  String age(AffectedStore store) {
    Instant oldest = store.oldest();
    return oldest == null ? "–" : Words.age(Duration.between(oldest, now));
  }

  /** In the zone of the alert, which is named. */
  String moment(Instant moment) {
    return MOMENT.format(moment.atZone(zone));
  }

  private Instant firingSince() {
    Instant since = alert.firingSince();
    return since == null ? alert.since() : since;
  }

  /** When it was resolved. */
  private Instant end() {
    return alert.since();
  }
}
