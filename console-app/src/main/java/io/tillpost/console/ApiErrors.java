package io.tillpost.console;

import io.tillpost.store.StoreUnavailableException;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.resource.NoResourceFoundException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.exc.InvalidFormatException;

/**
 * Answers of the HTTP API to requests that reach no feature: what happened, what it means, and what
 * to do. Nothing was changed by any of them, except where that is said not to be known.
 */
@RestControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
final class ApiErrors {
  private static final String ADDRESSES = "GET /v3/api-docs tells all addresses.";
  private static final String SECONDS_TO_WAIT = "5";

  @ExceptionHandler
  ResponseEntity<ProblemDetail> unreadable(HttpMessageNotReadableException failure) {
    return problem(
        HttpStatus.BAD_REQUEST,
        switch (failure.getCause()) {
          case InvalidFormatException wrong ->
              "%s: '%s' is not possible here%s. Nothing was done."
                  .formatted(field(wrong), wrong.getValue(), possible(wrong.getTargetType()));
          case JacksonException wrong when !wrong.getPath().isEmpty() ->
              "%s: this is not what is expected there. Nothing was done.".formatted(field(wrong));
          case JacksonException wrong ->
              "The body is not JSON%s. Nothing was done.".formatted(place(wrong.getLocation()));
          case null, default ->
              "A body of JSON is needed, like {} with Content-Type: application/json. Nothing was"
                  + " done. "
                  + ADDRESSES;
        });
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> mistyped(MethodArgumentTypeMismatchException failure) {
    return problem(
        HttpStatus.BAD_REQUEST,
        "%s: '%s' is not possible here%s."
            .formatted(failure.getName(), failure.getValue(), possible(failure.getRequiredType())));
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> otherMethod(HttpRequestMethodNotSupportedException failure) {
    String[] supported = failure.getSupportedMethods();
    String allowed = supported == null ? "" : String.join(", ", supported);
    return ResponseEntity.status(HttpStatus.METHOD_NOT_ALLOWED)
        .header(HttpHeaders.ALLOW, allowed)
        .body(
            ProblemDetail.forStatusAndDetail(
                HttpStatus.METHOD_NOT_ALLOWED,
                "%s does nothing here; use %s. Nothing was done."
                    .formatted(failure.getMethod(), allowed)));
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> nowhere(NoResourceFoundException failure) {
    return problem(
        HttpStatus.NOT_FOUND,
        "There is nothing at %s /%s. %s"
            .formatted(failure.getHttpMethod(), failure.getResourcePath(), ADDRESSES));
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> away(StoreUnavailableException failure) {
    HttpStatus status = HttpStatus.SERVICE_UNAVAILABLE;
    return ResponseEntity.status(status)
        .header(HttpHeaders.RETRY_AFTER, SECONDS_TO_WAIT)
        .body(
            ProblemDetail.forStatusAndDetail(
                status,
                "The storage does not answer for now, so it is not known whether this was done. Ask"
                    + " again in a moment, with the same Idempotency-Key: it is done once."));
  }

  private static ResponseEntity<ProblemDetail> problem(HttpStatus status, String detail) {
    return ResponseEntity.of(ProblemDetail.forStatusAndDetail(status, detail)).build();
  }

  private static String field(JacksonException wrong) {
    StringBuilder path = new StringBuilder();
    wrong
        .getPath()
        .forEach(
            step -> {
              String name = step.getPropertyName();
              if (name == null) {
                path.append('[').append(step.getIndex()).append(']');
              } else {
                path.append(path.isEmpty() ? "" : ".").append(name);
              }
            });
    return path.isEmpty() ? "The body" : path.toString();
  }

  private static String possible(@Nullable Class<?> type) {
    Object[] constants = type == null ? null : type.getEnumConstants();
    return constants == null
        ? ""
        : Arrays.stream(constants)
            .map(String::valueOf)
            .collect(Collectors.joining(", ", "; possible are ", ""));
  }

  private static String place(@Nullable TokenStreamLocation location) {
    return location == null || location.getLineNr() < 1
        ? ""
        : ": look at line %d, column %d".formatted(location.getLineNr(), location.getColumnNr());
  }
}
