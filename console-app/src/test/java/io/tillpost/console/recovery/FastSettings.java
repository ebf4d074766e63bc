package io.tillpost.console.recovery;

import io.tillpost.failure.FailureClass;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/** {@link RecoveryWorld#FAST} but for what a test is about. */
public final class FastSettings {
  private StartProperties start = RecoveryWorld.FAST.start();
  private Map<String, TargetProperties> targets = RecoveryWorld.FAST.targets();
  private FourEyesProperties fourEyes = RecoveryWorld.FAST.fourEyes();
  private Set<String> supersede = RecoveryWorld.FAST.supersede();
  private Duration abandonAfter = RecoveryWorld.FAST.abandonAfter();
  private int longestList = RecoveryWorld.FAST.longestList();
  private Map<FailureClass, AutomaticProperties> automatic = RecoveryWorld.FAST.automatic();

  public FastSettings start(StartProperties newStart) {
    start = newStart;
    return this;
  }

  /** How every target may be spoken to. */
  public FastSettings target(TargetProperties every) {
    return targets(Map.of("default", every));
  }

  public FastSettings targets(Map<String, TargetProperties> newTargets) {
    targets = newTargets;
    return this;
  }

  public FastSettings fourEyes(FourEyesProperties newFourEyes) {
    fourEyes = newFourEyes;
    return this;
  }

  public FastSettings supersede(String workflow) {
    supersede = Set.of(workflow);
    return this;
  }

  public FastSettings longestList(int messages) {
    longestList = messages;
    return this;
  }

  public FastSettings abandonAfter(Duration withoutASign) {
    abandonAfter = withoutASign;
    return this;
  }

  public FastSettings automatic(FailureClass failureClass, AutomaticProperties how) {
    automatic = Map.of(failureClass, how);
    return this;
  }

  public RecoveryProperties settings() {
    RecoveryProperties fast = RecoveryWorld.FAST;
    return new RecoveryProperties(
        fast.lease(),
        fast.followEvery(),
        fast.backOffFrom(),
        fast.backOffTo(),
        fast.sweepEvery(),
        fast.lateEvery(),
        fast.lateFor(),
        abandonAfter,
        start,
        targets,
        fast.otherTargets(),
        fourEyes,
        supersede,
        fast.edit(),
        fast.automaticEvery(),
        longestList,
        automatic);
  }
}
