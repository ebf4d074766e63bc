package io.tillpost.console.recovery.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CanaryVerdictTest {
  @Test
  void whereOneMessageWentFirstItIsSaidOfThatOne() {
    assertThat(CanaryVerdict.noneWentOut(1)).isEqualTo("the first message did not go out");
    assertThat(CanaryVerdict.noneWentOut(5)).isEqualTo("none of the first 5 messages went out");
    assertThat(CanaryVerdict.stuck(1, 1)).isEqualTo("the first message did not get through");
    assertThat(CanaryVerdict.stuck(1, 5))
        .isEqualTo("1 of the first 5 messages did not get through");
  }
}
