package io.tillpost.console.security.ui;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LoginViewTest {
  @Test
  void whoFailedTooOftenIsToldHowLongToWait() {
    assertThat(LoginView.waitFor("1")).isEqualTo("Try again in 1 second.");
    assertThat(LoginView.waitFor("30")).isEqualTo("Try again in 30 seconds.");
  }
}
