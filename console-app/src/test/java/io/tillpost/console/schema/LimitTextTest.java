package io.tillpost.console.schema;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LimitTextTest {
  @Test
  void oneIsNotMany() {
    assertThat(LimitText.of("At least %s characters are needed", "1"))
        .isEqualTo("At least 1 character is needed");
    assertThat(LimitText.of("At most %s digits after the point are possible", "1"))
        .isEqualTo("At most 1 digit after the point is possible");
    assertThat(LimitText.of("at most %s characters", "1")).isEqualTo("at most 1 character");
  }

  @Test
  void anyOtherNumberIs() {
    assertThat(LimitText.of("At least %s characters are needed", "12"))
        .isEqualTo("At least 12 characters are needed");
    assertThat(LimitText.of("At least %s is needed", "1")).isEqualTo("At least 1 is needed");
  }
}
