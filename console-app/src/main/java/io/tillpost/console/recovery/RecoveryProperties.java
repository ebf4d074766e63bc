package io.tillpost.console.recovery;

import io.tillpost.failure.FailureClass;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Keys under {@code tillpost.recovery}: how quickly and how gently recovery works.
 *
 * @param lease how long a console keeps the dispatching to itself without a sign of life
 * @param followEvery how often messages that were sent are looked at, at first
 * @param backOffFrom the first pause before a request goes out again
 * @param backOffTo the longest pause before a request goes out again
 * @param sweepEvery how often operations that nobody runs are looked for
 * @param lateEvery how often unconfirmed messages are looked at
 * @param lateFor for how long after their deadline
 * @param abandonAfter when an operation whose planning was interrupted is given up
 * @param start how an operation begins, and when it pauses by itself
 * @param targets how gently each target is treated, by its name; {@code default} is for all that
 *     are not named, unless there are {@code otherTargets}
 * @param otherTargets how gently all are treated that are not named; where this is given, {@code
 *     default} is a target of that name like any other
 * @param fourEyes when a second person has to approve
 * @param supersede workflows in which a newer message about the same business object makes older
 *     ones needless, like stock counts
 * @param edit which fields of a payload may be corrected
 * @param automaticEvery how often failures are looked at that are retried automatically
 * @param longestList how many messages one operation takes, 1 to 100,000
 * @param automatic failures of which class are retried although nobody asks for it, and when; none
 *     if empty
 */
@ConfigurationProperties(value = "tillpost.recovery", ignoreUnknownFields = false)
public record RecoveryProperties(
    @DefaultValue("30s") Duration lease,
    @DefaultValue("1s") Duration followEvery,
    @DefaultValue("1s") Duration backOffFrom,
    @DefaultValue("30s") Duration backOffTo,
    @DefaultValue("1s") Duration sweepEvery,
    @DefaultValue("30s") Duration lateEvery,
    @DefaultValue("7d") Duration lateFor,
    @DefaultValue("2m") Duration abandonAfter,
    @DefaultValue StartProperties start,
    @DefaultValue Map<String, TargetProperties> targets,
    @Nullable TargetProperties otherTargets,
    @DefaultValue FourEyesProperties fourEyes,
    @DefaultValue("inventory-sync") Set<String> supersede,
    @DefaultValue EditProperties edit,
    @DefaultValue("10s") Duration automaticEvery,
    @DefaultValue("100000") int longestList,
    @DefaultValue Map<FailureClass, AutomaticProperties> automatic) {
  private static final String ALL_OTHERS = "default";

  /** The longest list that may be asked for. */
  private static final int LONGEST = 100_000;

  private static final Set<FailureClass> MAY_HEAL =
      EnumSet.of(FailureClass.TRANSIENT, FailureClass.MASTER_DATA, FailureClass.UNKNOWN);

  public RecoveryProperties {
    targets = Map.copyOf(targets);
    supersede = Set.copyOf(supersede);
    automatic = Map.copyOf(automatic);
    if (!MAY_HEAL.containsAll(automatic.keySet())) {
      throw new IllegalArgumentException(
          "tillpost.recovery.automatic: TRANSIENT, MASTER_DATA and UNKNOWN may be retried"
              + " automatically; the others would fail again");
    }
    if (longestList < 1 || longestList > LONGEST) {
      throw new IllegalArgumentException("tillpost.recovery: longest-list is 1 to 100,000");
    }
    if (!automaticEvery.isPositive() || lease.compareTo(automaticEvery.multipliedBy(2)) < 0) {
      throw new IllegalArgumentException(
          "tillpost.recovery: automatic-every is positive, and lease is at least twice as long");
    }
    if (!followEvery.isPositive() || !backOffFrom.isPositive() || !sweepEvery.isPositive()) {
      throw new IllegalArgumentException("tillpost.recovery: pauses are positive");
    }
    if (lease.compareTo(followEvery.multipliedBy(3)) < 0
        || lease.compareTo(sweepEvery.multipliedBy(3)) < 0) {
      throw new IllegalArgumentException(
          "tillpost.recovery: lease is at least three times follow-every and sweep-every");
    }
  }

  /** How gently each target is treated that is named, by its name. */
  public Map<String, TargetProperties> namedTargets() {
    Map<String, TargetProperties> named = new HashMap<>(targets);
    if (otherTargets == null) {
      named.remove(ALL_OTHERS);
    }
    return Map.copyOf(named);
  }

  /** How gently all others are. */
  public TargetProperties unnamedTargets() {
    return otherTargets == null
        ? targets.getOrDefault(ALL_OTHERS, TargetProperties.USUAL)
        : otherTargets;
  }
}
