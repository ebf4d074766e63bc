package io.tillpost.console.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;

/** Sends a failed login back to the form, which says why: wrong, or too often wrong. */
final class LoginFailure implements AuthenticationFailureHandler {

  @Override
  public void onAuthenticationFailure(
      HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
      throws IOException {
    String query =
        failure instanceof TooManyAttempts tooMany ? "wait=" + tooMany.seconds() : "error";
    response.sendRedirect(request.getContextPath() + "/login?" + query);
  }
}
