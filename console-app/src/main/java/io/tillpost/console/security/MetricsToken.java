package io.tillpost.console.security;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/** The bearer token of a metrics scraper, compared in constant time. */
final class MetricsToken {

  private static final String SCHEME = "Bearer ";

  private final byte @Nullable [] expected;

  MetricsToken(@Nullable String token) {
    this.expected =
        token == null || token.isBlank() ? null : token.getBytes(StandardCharsets.UTF_8);
  }

  /** Whether the request carries the configured token; always false where none is configured. */
  boolean isIn(HttpServletRequest request) {
    String header = request.getHeader(HttpHeaders.AUTHORIZATION);
    return expected != null
        && header != null
        && header.startsWith(SCHEME)
        && MessageDigest.isEqual(
            expected, header.substring(SCHEME.length()).getBytes(StandardCharsets.UTF_8));
  }
}
