package io.tillpost.console.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillpost.testing.MutableClock;
import io.tillpost.testing.Samples;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LoginThrottleTest {
  private static final String HERE = "10.0.0.1";
  private static final String ELSEWHERE = "10.0.0.2";

  private final MutableClock clock = MutableClock.at(Samples.MORNING);
  private final LoginThrottle throttle = new LoginThrottle(clock);

  @Test
  void aFewMistakesCostNothing() {
    fail(LoginThrottle.FREE_FAILURES - 1, "anna", HERE);

    assertThat(throttle.waitFor("anna", HERE)).isEmpty();
  }

  @Test
  void theWaitDoublesWithEachFurtherMistakeUpToALimit() {
    fail(LoginThrottle.FREE_FAILURES, "anna", HERE);
    assertThat(throttle.waitFor("anna", HERE)).contains(LoginThrottle.FIRST_WAIT);

    fail(1, "anna", HERE);
    assertThat(throttle.waitFor("anna", HERE)).contains(LoginThrottle.FIRST_WAIT.multipliedBy(2));

    fail(20, "anna", HERE);
    assertThat(throttle.waitFor("anna", HERE)).contains(LoginThrottle.LONGEST_WAIT);
  }

  @Test
  void theWaitIsOverAfterItsTime() {
    fail(LoginThrottle.FREE_FAILURES, "anna", HERE);

    clock.advance(LoginThrottle.FIRST_WAIT.minusSeconds(1));
    assertThat(throttle.waitFor("anna", HERE)).contains(Duration.ofSeconds(1));
    clock.advance(Duration.ofSeconds(1));
    assertThat(throttle.waitFor("anna", HERE)).isEmpty();
  }

  @Test
  void nobodyCanLockAColleagueOutFromAnotherAddress() {
    fail(LoginThrottle.FREE_FAILURES + 5, "anna", HERE);

    assertThat(throttle.waitFor("anna", ELSEWHERE)).isEmpty();
    assertThat(throttle.waitFor("ben", HERE)).isEmpty();
  }

  @Test
  void anAddressThatTriesManyNamesWaitsWithAllOfThem() {
    for (int i = 0; i < LoginThrottle.FREE_FAILURES_OF_ADDRESS; i++) {
      throttle.failed("name-" + i, HERE);
    }

    assertThat(throttle.waitFor("a-new-name", HERE)).contains(LoginThrottle.FIRST_WAIT);
    assertThat(throttle.waitFor("a-new-name", ELSEWHERE)).isEmpty();
  }

  @Test
  void aRightPasswordForgetsTheMistakesOfThatNameAndAddress() {
    fail(LoginThrottle.FREE_FAILURES - 1, "anna", HERE);

    throttle.succeeded("anna", HERE);

    fail(LoginThrottle.FREE_FAILURES - 1, "anna", HERE);
    assertThat(throttle.waitFor("anna", HERE)).isEmpty();
  }

  @Test
  void mistakesOfLongAgoDoNotCount() {
    fail(LoginThrottle.FREE_FAILURES - 1, "anna", HERE);

    clock.advance(LoginThrottle.LONGEST_WAIT.plusSeconds(1));

    fail(1, "anna", HERE);
    assertThat(throttle.waitFor("anna", HERE)).isEmpty();
  }

  private void fail(int times, String name, String address) {
    for (int i = 0; i < times; i++) {
      throttle.failed(name, address);
    }
  }
}
