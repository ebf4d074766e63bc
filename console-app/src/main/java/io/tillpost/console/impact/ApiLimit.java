package io.tillpost.console.impact;

import io.tillpost.store.Traces.ApiUse;
import java.time.Duration;

/**
 * What a called system bears, as configured.
 *
 * @param callsPerMinute its limit; zero for none
 * @param latency what its 95th percentile should stay under; zero for no threshold
 */
public record ApiLimit(long callsPerMinute, Duration latency) {
  private static final double NEAR = 0.8;

  /** How much of the limit the last full minute used, 1 for all of it; zero without a limit. */
  public double shareOfCalls(ApiUse use) {
    return callsPerMinute == 0 ? 0 : (double) use.lastMinute() / callsPerMinute;
  }

  /** How much of the latency threshold the 95th percentile uses; zero without a threshold. */
  public double shareOfLatency(ApiUse use) {
    return latency.isZero() ? 0 : (double) use.p95().toNanos() / latency.toNanos();
  }

  /** How near the limit: over it is critical, over 80 % of it a warning. */
  public ImpactLevel level(ApiUse use) {
    double share = Math.max(shareOfCalls(use), shareOfLatency(use));
    if (share >= 1) {
      return ImpactLevel.CRITICAL;
    }
    return share >= NEAR ? ImpactLevel.WARNING : ImpactLevel.OK;
  }
}
