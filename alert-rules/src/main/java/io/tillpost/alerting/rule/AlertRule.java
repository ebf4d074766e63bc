package io.tillpost.alerting.rule;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One alert rule.
 *
 * @param name as shown, like {@code Stores with unsent transactions}; unique over all rule files
 * @param group names the part of the file that it stands in
 * @param file where it was read from
 * @param line its first line there, from 1
 * @param measure what is measured
 * @param workflows only these; empty for all that have the measure's impact
 * @param grouping what one alert stands for
 * @param over how far back it looks; null where the measure looks at now only
 * @param when when the alert is on
 * @param holdFor how long the condition has to hold before the alert fires ({@code for}); maybe
 *     zero
 * @param keepFiringFor how long the condition has to be gone before the alert is resolved; maybe
 *     zero
 * @param severity how bad it is
 * @param labels further words about the alert
 * @param annotations what it tells people
 */
public record AlertRule(
    String name,
    String group,
    String file,
    int line,
    Measure measure,
    Set<String> workflows,
    Grouping grouping,
    @Nullable Duration over,
    Condition when,
    Duration holdFor,
    Duration keepFiringFor,
    Severity severity,
    Map<String, String> labels,
    Annotations annotations) {
  public AlertRule {
    workflows = Set.copyOf(workflows);
    labels = Map.copyOf(labels);
  }
}
