package io.tillpost.console.recovery.automatic;

import io.tillpost.console.recovery.AutomaticProperties;
import io.tillpost.console.recovery.automatic.TriagedFailures.Standing;
import io.tillpost.failure.FailureClass;
import java.util.Map;

/** Which failures are retried although nobody asked for it. */
public final class AutomaticRules {
  private final Map<FailureClass, AutomaticProperties> configured;

  public AutomaticRules(Map<FailureClass, AutomaticProperties> configured) {
    this.configured = configured;
  }

  /** What holds for a failure. */
  public sealed interface Verdict {
    /** It is retried so. */
    record Goes(AutomaticProperties how) implements Verdict {}

    /** It would be, but somebody stopped that. */
    record Stopped(AutomaticProperties how, String by) implements Verdict {}

    /** It is left to people, for a reason in words. */
    record LeftToPeople(String why) implements Verdict {}
  }

  /** Whether nothing is retried so at all. */
  public boolean areNone() {
    return configured.isEmpty();
  }

  /** What holds for failures of which triage says this. */
  public Verdict of(Standing standing) {
    FailureClass byHand = standing.byHand();
    if (byHand != null && byHand != FailureClass.TRANSIENT) {
      return new Verdict.LeftToPeople("A person classified it as " + AutomaticWords.of(byHand));
    }
    AutomaticProperties how = configured.get(standing.failureClass());
    if (how == null || !how.isFor(standing.target())) {
      return new Verdict.LeftToPeople(
          "It is classified as %s, which is not retried automatically"
              .formatted(AutomaticWords.of(standing.failureClass())));
    }
    String stoppedBy = standing.stoppedBy();
    return stoppedBy == null ? new Verdict.Goes(how) : new Verdict.Stopped(how, stoppedBy);
  }
}
