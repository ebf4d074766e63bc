package io.tillpost.alerting.evaluate;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.tillpost.alerting.rule.AlertRule;
import io.tillpost.location.StoreDirectory;
import io.tillpost.message.Workflows;
import io.tillpost.store.Documents.Versioned;
import io.tillpost.store.StoreUnavailableException;
import io.tillpost.store.Stores;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Evaluates all rules once. A rule that cannot be evaluated leaves its alerts as they are. Safe to
 * run in several processes at once, and again after a crash at any point.
 */
public final class Evaluator {
  private static final Logger LOG = LoggerFactory.getLogger(Evaluator.class);
  private static final int MAX_TRIES = 3;

  private final List<AlertRule> rules;
  private final boolean rulesComplete;
  private final Stores stores;
  private final AlertStates states;
  private final Measurer measurer;
  private final Evaluations evaluations;
  private final Clock clock;
  private final MeterRegistry meters;
  private boolean historyComplete;

  /**
   * An evaluator of these rules.
   *
   * @param rules the rules
   * @param rulesComplete whether all rule files could be read; otherwise alerts of rules that are
   *     not known are left as they are
   */
  public Evaluator(
      List<AlertRule> rules,
      boolean rulesComplete,
      Stores stores,
      StoreDirectory directory,
      Workflows workflows,
      ApiLimits apiLimits,
      Evaluations evaluations,
      Clock clock,
      MeterRegistry meters) {
    this.rules = List.copyOf(rules);
    this.rulesComplete = rulesComplete;
    this.stores = stores;
    this.states = new AlertStates(stores.documents());
    this.measurer =
        new Measurer(
            directory,
            workflows,
            new IngestLag(stores.documents()),
            new ParkedRecords(stores.documents()),
            new RefusalCounts(stores.documents()),
            apiLimits);
    this.evaluations = evaluations;
    this.clock = clock;
    this.meters = meters;
  }

  /** Evaluates all rules now; one call at a time. Failures are recorded, never thrown. */
  public synchronized void run() {
    Timer.Sample sample = Timer.start(meters);
    Instant now = clock.instant();
    try {
      Map<String, Versioned<Alert>> known =
          states.in(AlertPhase.values()).stream()
              .collect(Collectors.toMap(Versioned::id, versioned -> versioned));
      completeHistory(known);
      Round round = new Round(stores, now);
      rules.forEach(rule -> evaluate(rule, round, known));
      if (rulesComplete) {
        resolveOrphans(known, now);
      }
    } catch (StoreUnavailableException e) {
      LOG.warn("Alerts could not be evaluated: {}", e.getMessage());
      rules.forEach(rule -> failed(rule, now, e));
    } finally {
      sample.stop(meters.timer("tillpost.alerting.evaluation"));
    }
  }

  /** After a crash between a state and its history entry, the entry is written here. */
  private void completeHistory(Map<String, Versioned<Alert>> known) {
    if (!historyComplete) {
      known.values().forEach(versioned -> states.record(versioned.value()));
      historyComplete = true;
    }
  }

  // Whatever goes wrong with one rule must not keep the others from being evaluated.
  @SuppressWarnings("CatchingUnchecked")
  private void evaluate(AlertRule rule, Round round, Map<String, Versioned<Alert>> known) {
    Instant now = round.now();
    try {
      Set<String> measured = new HashSet<>();
      for (Measurement measurement : measurer.measure(rule, round)) {
        String id = Alert.idOf(rule.name(), measurement.group());
        measured.add(id);
        move(new Step(rule, measurement, now), Optional.ofNullable(known.get(id)));
      }
      for (Versioned<Alert> versioned : known.values()) {
        Alert alert = versioned.value();
        if (alert.rule().equals(rule.name()) && !measured.contains(alert.id())) {
          move(Step.nothingMeasured(rule, alert, now), Optional.of(versioned));
        }
      }
      evaluations.succeeded(rule.name(), now, Duration.between(now, clock.instant()));
    } catch (StoreUnavailableException e) {
      LOG.warn("Alert rule '{}' could not be evaluated: {}", rule.name(), e.getMessage());
      failed(rule, now, e);
    } catch (RuntimeException e) {
      LOG.error("Alert rule '{}' could not be evaluated", rule.name(), e);
      failed(rule, now, e);
    }
  }

  private void failed(AlertRule rule, Instant now, RuntimeException e) {
    String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    evaluations.failed(rule.name(), now, Duration.between(now, clock.instant()), message);
    meters.counter("tillpost.alerting.evaluation.failures", "rule", rule.name()).increment();
  }

  /** Moves one alert by compare-and-set; where somebody else was faster, from what they wrote. */
  private void move(Step step, Optional<Versioned<Alert>> found) {
    Optional<Versioned<Alert>> current = found;
    for (int i = 0; i < MAX_TRIES; i++) {
      Optional<Alert> next = step.from(current.map(Versioned::value));
      boolean done =
          next.isEmpty()
              || (current.isEmpty()
                  ? states.create(next.get())
                  : states.replace(current.get(), next.get()));
      if (done) {
        return;
      }
      current = states.read(step.id());
    }
    LOG.info("Alert '{}' was moved by another evaluator", step.id());
  }

  /** Alerts of rules that are gone are resolved, so that nobody waits for their end for ever. */
  private void resolveOrphans(Map<String, Versioned<Alert>> known, Instant now) {
    Map<String, AlertRule> byName = new HashMap<>();
    rules.forEach(rule -> byName.put(rule.name(), rule));
    for (Versioned<Alert> versioned : known.values()) {
      Alert alert = versioned.value();
      if (alert.isActive() && !byName.containsKey(alert.rule())) {
        Standing gone = alert.standing().next(false, now, Duration.ZERO, Duration.ZERO);
        if (states.replace(versioned, Step.moved(alert, gone, alert.reading(), now))) {
          LOG.info("Alert '{}' ended because its rule is gone", alert.title());
        }
      }
    }
  }
}
