package io.tillpost.console.recovery.run;

import io.tillpost.console.recovery.StartProperties;
import io.tillpost.recovery.OperationState;
import io.tillpost.recovery.OperationStep;
import io.tillpost.recovery.RecoveryOperation;
import java.time.Duration;
import java.time.Instant;

/** With how much of the target's rate an operation goes: less at first, then twice as much. */
public final class Ramp {
  private static final int MOST_DOUBLINGS = 7;

  private final StartProperties start;

  public Ramp(StartProperties start) {
    this.start = start;
  }

  /** The share of the target's rate, more than 0 and up to 1. */
  double share(RecoveryOperation operation, Instant now) {
    if (operation.state() != OperationState.RUNNING || start.canaryOf(operation.size()) == 0) {
      return 1;
    }
    OperationStep since = operation.latest();
    long millis = Math.max(0, Duration.between(since.at(), now).toMillis());
    long doublings = Math.min(MOST_DOUBLINGS, millis / start.rampEvery().toMillis());
    return Math.min(1, start.rampFrom() / 100d * (1L << doublings));
  }

  /** How long so many messages take at this rate, in whole seconds, the ramp included. */
  public Duration expected(int messages, double rate) {
    double left = messages - start.canaryOf(messages);
    double seconds = start.canaryOf(messages) / rate;
    double share = start.canaryOf(messages) == 0 ? 1 : start.rampFrom() / 100d;
    double step = Math.max(0.001, start.rampEvery().toMillis() / 1000d);
    while (share < 1 && left > rate * share * step) {
      left -= rate * share * step;
      seconds += step;
      share *= 2;
    }
    return Duration.ofSeconds((long) Math.ceil(seconds + left / (rate * Math.min(1, share))));
  }
}
