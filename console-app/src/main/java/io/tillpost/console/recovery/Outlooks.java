package io.tillpost.console.recovery;

import io.tillpost.recovery.OperationSummary;
import io.tillpost.recovery.RecoveryOperation;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Works out how operations are expected to go. */
final class Outlooks {
  private final TargetGates targets;
  private final Ramp ramp;
  private final Clock clock;

  Outlooks(TargetGates targets, StartProperties start, Clock clock) {
    this.targets = targets;
    this.ramp = new Ramp(start);
    this.clock = clock;
  }

  Outlook of(RecoveryOperation operation) {
    OperationSummary summary = operation.summary();
    if (summary == null || operation.action().onlyRecorded()) {
      return new Outlook(Duration.ZERO, Map.of(), List.of());
    }
    Instant now = clock.instant();
    Duration longest = Duration.ZERO;
    Map<String, Double> rates = new TreeMap<>();
    List<String> notices = new ArrayList<>();
    for (Map.Entry<String, Integer> target : summary.targets().entrySet()) {
      TargetGate gate = targets.of(target.getKey());
      Duration expected = ramp.expected(target.getValue(), gate.rate());
      longest = expected.compareTo(longest) > 0 ? expected : longest;
      rates.put(target.getKey(), gate.rate());
      gate.closed(now)
          .ifPresent(
              window ->
                  notices.add(
                      "Nothing is sent to %s until %s: %s"
                          .formatted(target.getKey(), window.to(), window.reason())));
    }
    return new Outlook(longest, rates, notices);
  }
}
