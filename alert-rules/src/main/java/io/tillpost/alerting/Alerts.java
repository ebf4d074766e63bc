package io.tillpost.alerting;

import io.tillpost.alerting.evaluate.Acknowledgement;
import io.tillpost.alerting.evaluate.Alert;
import io.tillpost.alerting.evaluate.AlertPhase;
import io.tillpost.alerting.evaluate.AlertStates;
import io.tillpost.alerting.evaluate.AlertTransition;
import io.tillpost.alerting.evaluate.Evaluations;
import io.tillpost.store.Documents.Versioned;
import io.tillpost.store.Page;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Alerts as they stand and as they stood. Methods throw {@link
 * io.tillpost.store.StoreUnavailableException} while the storage does not answer. Thread-safe.
 */
public final class Alerts {
  /** The longest note of an acknowledgement, in characters. */
  public static final int MAX_NOTE = 500;

  /** Firing before pending, then the more urgent, then the longer. */
  private static final Comparator<Alert> WORST_FIRST =
      Comparator.comparing(Alert::phase, Comparator.reverseOrder())
          .thenComparing(Alert::severity, Comparator.reverseOrder())
          .thenComparing(Alert::since)
          .thenComparing(Alert::title);

  private final AlertStates states;
  private final Evaluations evaluations;
  private final AlertAudit audit;
  private final Clock clock;

  Alerts(AlertStates states, Evaluations evaluations, AlertAudit audit, Clock clock) {
    this.states = states;
    this.evaluations = evaluations;
    this.audit = audit;
    this.clock = clock;
  }

  /** What is pending or firing now, worst first. */
  public List<Alert> active() {
    return states.in(AlertPhase.PENDING, AlertPhase.FIRING).stream()
        .map(Versioned::value)
        .sorted(WORST_FIRST)
        .toList();
  }

  /** Alerts that fired and are resolved, latest first. */
  public List<Alert> resolved() {
    return states.in(AlertPhase.RESOLVED).stream().map(Versioned::value).toList();
  }

  /** The alert with this id, in whatever state. */
  public Optional<Alert> find(String id) {
    return states.find(id);
  }

  /**
   * What happened, latest first.
   *
   * @param size 1 to 1,000
   * @param after {@link Page#next} of the part before, or null for the first
   */
  public Page<AlertTransition> history(int size, @Nullable String after) {
    return states.transitions(size, after);
  }

  /** How each rule was last evaluated by this process, by the rule's name. */
  public Map<String, Evaluations.Evaluation> evaluations() {
    return evaluations.all();
  }

  /**
   * Takes a firing alert: it makes no further mail until it is resolved. Somebody who has taken it
   * already keeps it.
   *
   * @param by the login name of who takes it
   * @param note may be empty; cut at {@link #MAX_NOTE} characters
   */
  public Acknowledged acknowledge(String id, String by, String note) {
    Acknowledgement taken = new Acknowledgement(by, clock.instant(), shortened(note.strip()));
    AtomicReference<Acknowledged> outcome = new AtomicReference<>(new Acknowledged.NotFound());
    states.change(
        id,
        alert -> {
          Optional<Acknowledgement> before = alert.acknowledged();
          if (alert.phase() != AlertPhase.FIRING) {
            outcome.set(new Acknowledged.NotFiring(alert.phase()));
            return Optional.empty();
          }
          if (before.isPresent()) {
            outcome.set(new Acknowledged.Already(before.get()));
            return Optional.empty();
          }
          Alert changed = alert.with(taken);
          outcome.set(new Acknowledged.Done(changed));
          return Optional.of(changed);
        });
    if (outcome.get() instanceof Acknowledged.Done(Alert alert)) {
      audit.acknowledged(alert, taken);
    }
    return outcome.get();
  }

  private static String shortened(String note) {
    return note.length() <= MAX_NOTE ? note : note.substring(0, MAX_NOTE);
  }

  /** What became of an acknowledgement. */
  public sealed interface Acknowledged {
    /** The alert as it is now. */
    record Done(Alert alert) implements Acknowledged {}

    /** Somebody was faster, or it was done before. */
    record Already(Acknowledgement by) implements Acknowledged {}

    /** Only an alert that fires can be taken. */
    record NotFiring(AlertPhase phase) implements Acknowledged {}

    /** There is no such alert. */
    record NotFound() implements Acknowledged {}
  }
}
