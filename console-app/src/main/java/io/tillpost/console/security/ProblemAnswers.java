package io.tillpost.console.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.csrf.CsrfException;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerMapping;
import tools.jackson.databind.json.JsonMapper;

/**
 * Answers of the HTTP API to a caller who may not: {@code application/problem+json} (RFC 9457),
 * never a redirect.
 */
@Component
final class ProblemAnswers implements AuthenticationEntryPoint, AccessDeniedHandler {

  private final JsonMapper json;
  private final CurrentOperator currentOperator;
  private final ApplicationEventPublisher events;

  ProblemAnswers(
      JsonMapper json, CurrentOperator currentOperator, ApplicationEventPublisher events) {
    this.json = json;
    this.currentOperator = currentOperator;
    this.events = events;
  }

  @Override
  public void commence(
      HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
      throws IOException {
    if (failure instanceof TooManyAttempts tooMany) {
      response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(tooMany.seconds()));
      write(response, HttpStatus.TOO_MANY_REQUESTS, tooMany.getMessage() + ".");
      return;
    }
    boolean tried = request.getHeader(HttpHeaders.AUTHORIZATION) != null;
    if (request.getHeader("X-Requested-With") == null) {
      response.setHeader(
          HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"Tillpost\", charset=\"UTF-8\"");
    }
    write(
        response,
        HttpStatus.UNAUTHORIZED,
        tried
            ? "The name or the password is wrong."
            : "This needs a login: HTTP Basic, or the session of the console.");
  }

  @Override
  public void handle(
      HttpServletRequest request, HttpServletResponse response, AccessDeniedException denied)
      throws IOException {
    if (!(denied instanceof CsrfException)) {
      currentOperator.find().ifPresent(operator -> tell(operator, request, denied));
    }
    write(
        response,
        HttpStatus.FORBIDDEN,
        denied instanceof CsrfException
            ? "A request that uses the console's session and changes something needs the CSRF header that"
                + " GET /api/v1/me tells; HTTP Basic needs none."
            : denied instanceof ForeignStoreException foreign
                ? String.valueOf(foreign.getMessage())
                : "Your roles do not allow this; GET /api/v1/me tells what you may do.");
  }

  private void tell(Operator operator, HttpServletRequest request, AccessDeniedException denied) {
    Map<String, String> variables = new HashMap<>();
    if (request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE)
        instanceof Map<?, ?> found) {
      found.forEach((name, value) -> variables.put(String.valueOf(name), String.valueOf(value)));
    }
    Object pattern = request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
    events.publishEvent(
        new RefusedRequest(
            operator.id(),
            request.getMethod(),
            pattern == null ? null : pattern.toString(),
            variables,
            denied instanceof ForeignStoreException foreign
                ? String.valueOf(foreign.getMessage())
                : "Not allowed to the roles "
                    + operator.roles().stream()
                        .map(Role::title)
                        .sorted()
                        .collect(Collectors.joining(", "))));
  }

  private void write(HttpServletResponse response, HttpStatus status, String detail)
      throws IOException {
    response.setStatus(status.value());
    response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
    response.setCharacterEncoding(StandardCharsets.UTF_8.name());
    json.writeValue(response.getOutputStream(), ProblemDetail.forStatusAndDetail(status, detail));
  }
}
