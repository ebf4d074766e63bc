package io.tillpost.console.live;

import io.tillpost.console.security.CurrentOperator;
import io.tillpost.console.security.Operator;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AuthenticationCredentialsNotFoundException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextImpl;

/**
 * The login of a page that watches, as it was when the page began to. There is none without one.
 *
 * @param operator who that is
 */
record Rights(Authentication login, Operator operator) {

  /**
   * The rights of that login.
   *
   * @throws AuthenticationCredentialsNotFoundException where nobody is logged in
   */
  static Rights of(@Nullable Authentication login) {
    Operator operator = CurrentOperator.of(login).orElse(null);
    if (login == null || operator == null) {
      throw new AuthenticationCredentialsNotFoundException(
          "A page that nobody is logged in to watches nothing");
    }
    return new Rights(login, operator);
  }

  /** A context of its own: that of a request may be cleared or changed when the request ends. */
  SecurityContext context() {
    return new SecurityContextImpl(login);
  }
}
