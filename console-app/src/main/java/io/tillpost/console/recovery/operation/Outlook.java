package io.tillpost.console.recovery.operation;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * How an operation is expected to go.
 *
 * @param expected from its beginning until everything is sent, at the targets' rates; freezes and
 *     other operations not counted
 * @param rates messages a second at most, by target
 * @param notices what holds it up now, as sentences; empty for nothing
 */
public record Outlook(Duration expected, Map<String, Double> rates, List<String> notices) {
  public Outlook {
    rates = Map.copyOf(rates);
    notices = List.copyOf(notices);
  }
}
