package io.tillpost.alerting.evaluate;

import io.tillpost.store.DocumentQuery;
import io.tillpost.store.DocumentQuery.Condition;
import io.tillpost.store.DocumentStore;
import io.tillpost.store.Documents;
import io.tillpost.store.Documents.Versioned;
import io.tillpost.store.Page;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Keeps alerts and their history. A list is found by search; what is written is decided by create
 * and compare-and-set alone, so any number of evaluators may run.
 */
public final class AlertStates {
  private static final int MAX_TRIES = 5;

  private final Documents<Alert> states;
  private final Documents<AlertTransition> history;

  public AlertStates(DocumentStore documents) {
    this.states = documents.of(Alert.DOCUMENTS);
    this.history = documents.of(AlertTransition.DOCUMENTS);
  }

  /** The alert as it is now. */
  public Optional<Alert> find(String id) {
    return states.get(id).map(Versioned::value);
  }

  /** All alerts in one of these states, at most 10,000. */
  public List<Versioned<Alert>> in(AlertPhase... phases) {
    Set<String> names = Arrays.stream(phases).map(Enum::name).collect(Collectors.toSet());
    return states
        .find(
            DocumentQuery.ALL
                .and(new Condition.AnyOf("phase", names))
                .sorted("since", true)
                .page(10_000, null))
        .items();
  }

  /** The latest transitions, latest first. */
  public Page<AlertTransition> transitions(int size, @Nullable String after) {
    Page<Versioned<AlertTransition>> page =
        history.find(DocumentQuery.ALL.sorted("at", true).page(size, after));
    return new Page<>(
        page.items().stream().map(Versioned::value).toList(), page.total(), page.next());
  }

  /**
   * Creates the alert, then its first transition.
   *
   * @return false if somebody else has created it
   */
  boolean create(Alert alert) {
    boolean created = states.create(alert.id(), alert);
    if (created) {
      record(alert);
    }
    return created;
  }

  /**
   * Replaces the alert if nobody else has, then records the transition if there was one.
   *
   * @return false if somebody else has replaced it
   */
  boolean replace(Versioned<Alert> expected, Alert alert) {
    boolean replaced = states.replace(expected, alert);
    if (replaced && alert.sequence() != expected.value().sequence()) {
      record(alert);
    }
    return replaced;
  }

  /** The document to be replaced. */
  Optional<Versioned<Alert>> read(String id) {
    return states.get(id);
  }

  /** Records the last transition of the alert; once, however often it is called. */
  void record(Alert alert) {
    if (alert.sequence() > 0) {
      AlertTransition transition = AlertTransition.lastOf(alert);
      history.create(transition.documentId(), transition);
    }
  }

  /**
   * Changes the alert by compare-and-set.
   *
   * @param change gives the alert to be written, empty to leave it as it is; called again where
   *     somebody else was faster
   * @return the alert as it is now; empty if there is none
   */
  public Optional<Alert> change(String id, Function<Alert, Optional<Alert>> change) {
    for (int i = 0; i < MAX_TRIES; i++) {
      Optional<Versioned<Alert>> read = states.get(id);
      if (read.isEmpty()) {
        return Optional.empty();
      }
      Optional<Alert> changed = change.apply(read.get().value());
      if (changed.isEmpty()) {
        return Optional.of(read.get().value());
      }
      if (states.replace(read.get(), changed.get())) {
        return changed;
      }
    }
    throw new IllegalStateException("Alert " + id + " is written by too many at once");
  }
}
