package io.tillpost.console.security;

import io.tillpost.console.text.CountText;
import java.time.Duration;
import org.springframework.security.core.AuthenticationException;

/** Login is refused for a while, whatever the password. */
final class TooManyAttempts extends AuthenticationException {

  private final Duration wait;

  TooManyAttempts(Duration wait) {
    super("Too many failed logins; wait " + CountText.of(Math.max(1, wait.toSeconds()), "second"));
    this.wait = wait;
  }

  /** Whole seconds, at least one. */
  long seconds() {
    return Math.max(1, wait.toSeconds());
  }
}
