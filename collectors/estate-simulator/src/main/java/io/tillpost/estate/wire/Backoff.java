package io.tillpost.estate.wire;

import java.net.http.HttpHeaders;
import java.time.Duration;

/** How long to wait before the same batch is sent again. */
final class Backoff {
  private static final Duration FIRST = Duration.ofMillis(200);
  private static final Duration LONGEST = Duration.ofSeconds(5);
  private static final long LONGEST_RETRY_AFTER = 60;

  private Duration next = FIRST;

  Duration next() {
    Duration wait = next;
    Duration doubled = next.multipliedBy(2);
    next = doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
    return wait;
  }

  /** What the receiver asks for, if it does; else the next step. */
  Duration next(HttpHeaders headers) {
    Duration own = next();
    return headers
        .firstValue("Retry-After")
        .filter(value -> value.matches("\\d{1,5}"))
        .map(value -> Duration.ofSeconds(Math.min(LONGEST_RETRY_AFTER, Long.parseLong(value))))
        .orElse(own);
  }
}
