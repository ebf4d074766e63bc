package io.tillpost.alerting.evaluate;

import io.tillpost.alerting.rule.AlertRule;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One evaluation of one alert: from the alert as it was to the alert as it is. No side effect. */
final class Step {
  private final AlertRule rule;
  private final Measurement measurement;
  private final Instant now;
  private final Verdict verdict;

  Step(AlertRule rule, Measurement measurement, Instant now) {
    this.rule = rule;
    this.measurement = measurement;
    this.now = now;
    this.verdict = Verdict.of(rule.when(), measurement.reading(), now);
  }

  /** The step of an alert whose group has nothing to be measured any more. */
  static Step nothingMeasured(AlertRule rule, Alert alert, Instant now) {
    return new Step(rule, new Measurement(alert.group(), alert.groupTitle(), Reading.NOTHING), now);
  }

  String id() {
    return Alert.idOf(rule.name(), measurement.group());
  }

  /** The alert to be written; empty where nothing is to be told. */
  Optional<Alert> from(Optional<Alert> before) {
    Standing standing = before.map(Alert::standing).orElseGet(() -> Standing.inactive(now));
    Standing next = standing.next(verdict.holds(), now, rule.holdFor(), rule.keepFiringFor());
    boolean quiet = next.phase() == AlertPhase.INACTIVE || next.phase() == AlertPhase.RESOLVED;
    if (quiet && next.phase() == standing.phase()) {
      return Optional.empty();
    }
    return Optional.of(
        before.map(alert -> continued(alert, next)).orElseGet(() -> first(standing, next)));
  }

  private Alert first(Standing before, Standing next) {
    return alert(
        next,
        1,
        before.phase(),
        firingSince(null, before, next),
        FilledMessage.of(rule, measurement, now),
        null,
        Mailed.NOTHING);
  }

  private Alert continued(Alert alert, Standing next) {
    boolean moved = next.phase() != alert.phase();
    boolean firesAnew = moved && next.phase() == AlertPhase.FIRING;
    return alert(
        next,
        moved ? alert.sequence() + 1 : alert.sequence(),
        moved ? alert.phase() : alert.previousPhase(),
        firingSince(alert.firingSince(), alert.standing(), next),
        verdict.holds() ? FilledMessage.of(rule, measurement, now) : alert.message(),
        firesAnew ? null : alert.acknowledgement(),
        alert.mailed());
  }

  private static @Nullable Instant firingSince(
      @Nullable Instant before, Standing from, Standing to) {
    return to.phase() == AlertPhase.FIRING && from.phase() != AlertPhase.FIRING
        ? to.since()
        : before;
  }

  private Alert alert(
      Standing standing,
      long sequence,
      AlertPhase previousPhase,
      @Nullable Instant firingSince,
      AlertMessage message,
      @Nullable Acknowledgement acknowledgement,
      Mailed mailed) {
    return new Alert(
        id(),
        rule.name(),
        rule.grouping(),
        measurement.group(),
        measurement.title(),
        rule.severity(),
        rule.labels(),
        standing.phase(),
        standing.since(),
        standing.heldSince(),
        standing.lastHeld(),
        firingSince,
        sequence,
        previousPhase,
        measurement.reading(),
        verdict.comparisons(),
        message,
        now,
        acknowledgement,
        mailed);
  }

  /** The alert of a rule that is gone, moved on. */
  static Alert moved(Alert alert, Standing next, Reading reading, Instant now) {
    return new Alert(
        alert.id(),
        alert.rule(),
        alert.grouping(),
        alert.group(),
        alert.groupTitle(),
        alert.severity(),
        alert.labels(),
        next.phase(),
        next.since(),
        next.heldSince(),
        next.lastHeld(),
        alert.firingSince(),
        alert.sequence() + 1,
        alert.phase(),
        reading,
        List.of(),
        alert.message(),
        now,
        alert.acknowledgement(),
        alert.mailed());
  }
}
