package io.tillpost.console.alerting.ui;

import io.tillpost.alerting.evaluate.Words;
import io.tillpost.alerting.rule.AlertRule;
import io.tillpost.alerting.rule.Condition;
import io.tillpost.alerting.rule.Grouping;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A rule in one sentence. */
final class RuleWords {
  /** A place that an alert fills in, like {@code {{ region }}}. */
  private static final Pattern PLACE = Pattern.compile("\\{\\{\\s*([^{}]*?)\\s*}}");

  private RuleWords() {}

  /** What it means, with the name of what an alert fills in: "Stock of ‹region› is wrong". */
  static String meaning(AlertRule rule) {
    return PLACE.matcher(rule.annotations().meaning()).replaceAll("‹$1›");
  }

  /** Like "when count of stores is at least 10 for 1 min, one alert for each region". */
  static String explanation(AlertRule rule) {
    return "when "
        + condition(rule, rule.when(), false)
        + (rule.over() == null ? "" : " over " + Words.duration(rule.over()))
        + (rule.holdFor().isZero() ? "" : ", for " + Words.duration(rule.holdFor()))
        + (rule.grouping() == Grouping.NONE
            ? ""
            : "; one alert for each " + grouping(rule.grouping()))
        + (rule.keepFiringFor().isZero()
            ? ""
            : "; ends when that is gone for " + Words.duration(rule.keepFiringFor()));
  }

  private static String condition(AlertRule rule, Condition condition, boolean inner) {
    return switch (condition) {
      case Condition.All(List<Condition> parts) -> joined(rule, parts, " and ", inner);
      case Condition.Any(List<Condition> parts) -> joined(rule, parts, " or ", inner);
      case Condition.Compare compare ->
          switch (compare.quantity()) {
                case COUNT -> "the number of " + rule.measure().counted(2);
                case MONEY -> "the money";
                case OLDEST -> "the oldest";
                case PERCENT -> "the share";
              }
              + " is "
              + Words.wanted(compare);
    };
  }

  private static String joined(AlertRule rule, List<Condition> parts, String word, boolean inner) {
    String text =
        parts.stream().map(part -> condition(rule, part, true)).collect(Collectors.joining(word));
    return inner && parts.size() > 1 ? "(" + text + ")" : text;
  }

  private static String grouping(Grouping grouping) {
    return grouping == Grouping.API ? "system" : grouping.word();
  }
}
