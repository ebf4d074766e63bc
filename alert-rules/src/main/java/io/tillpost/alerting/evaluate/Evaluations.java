package io.tillpost.alerting.evaluate;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** How the evaluation of each rule went, since this process runs. Thread-safe. */
public final class Evaluations {
  private final Map<String, Evaluation> byRule = new ConcurrentHashMap<>();

  /** How the rule was last evaluated; empty before the first time. */
  public Optional<Evaluation> of(String rule) {
    return Optional.ofNullable(byRule.get(rule));
  }

  /** All rules that were evaluated, by name. */
  public Map<String, Evaluation> all() {
    return Map.copyOf(byRule);
  }

  void succeeded(String rule, Instant at, Duration took) {
    byRule.put(rule, new Evaluation(at, at, took, null, null));
  }

  void failed(String rule, Instant at, Duration took, String error) {
    byRule.compute(
        rule,
        (name, before) ->
            new Evaluation(
                at,
                before == null ? null : before.succeededAt(),
                took,
                before == null || before.failingSince() == null ? at : before.failingSince(),
                error));
  }

  /**
   * One rule's last evaluation.
   *
   * @param at when
   * @param succeededAt when it last could be evaluated; null for never
   * @param took how long it took
   * @param failingSince when it could first not be evaluated; null if it can be
   * @param error why, in words; null if it can be
   */
  public record Evaluation(
      Instant at,
      @Nullable Instant succeededAt,
      Duration took,
      @Nullable Instant failingSince,
      @Nullable String error) {
    /** Whether the rule could be evaluated the last time. */
    public boolean succeeded() {
      return failingSince == null;
    }
  }
}
