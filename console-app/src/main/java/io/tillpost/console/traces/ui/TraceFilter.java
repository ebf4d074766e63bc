package io.tillpost.console.traces.ui;

import com.vaadin.flow.router.QueryParameters;
import io.tillpost.store.Traces.TraceQuery;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which traces the list shows, as it stands in the address of the page. What the address says
 * wrongly falls back to the default.
 *
 * @param text a trace id, message id or word of a span's name; empty for any
 * @param service empty for any
 * @param slowerThan zero for any
 * @param window how far back
 */
record TraceFilter(
    String text, String service, boolean errorsOnly, Duration slowerThan, Duration window) {
  static final List<Duration> WINDOWS =
      List.of(
          Duration.ofMinutes(15),
          Duration.ofHours(1),
          Duration.ofHours(6),
          Duration.ofHours(24),
          Duration.ofDays(7));
  private static final Duration DEFAULT_WINDOW = Duration.ofHours(1);

  static TraceFilter of(QueryParameters parameters) {
    return new TraceFilter(
        first(parameters, "q").orElse(""),
        first(parameters, "service").orElse(""),
        first(parameters, "errors").map(Boolean::parseBoolean).orElse(false),
        number(parameters, "slower-ms").map(Duration::ofMillis).orElse(Duration.ZERO),
        number(parameters, "minutes")
            .map(Duration::ofMinutes)
            .filter(WINDOWS::contains)
            .orElse(DEFAULT_WINDOW));
  }

  QueryParameters toParameters() {
    Map<String, List<String>> parameters = new LinkedHashMap<>();
    if (!text.isBlank()) {
      parameters.put("q", List.of(text.strip()));
    }
    if (!service.isBlank()) {
      parameters.put("service", List.of(service.strip()));
    }
    if (errorsOnly) {
      parameters.put("errors", List.of("true"));
    }
    if (!slowerThan.isZero()) {
      parameters.put("slower-ms", List.of(Long.toString(slowerThan.toMillis())));
    }
    if (!window.equals(DEFAULT_WINDOW)) {
      parameters.put("minutes", List.of(Long.toString(window.toMinutes())));
    }
    return new QueryParameters(parameters);
  }

  TraceQuery toQuery(Instant now, int size) {
    return new TraceQuery(
        service.isBlank() ? null : service.strip(),
        text.isBlank() ? null : text.strip(),
        errorsOnly,
        slowerThan.isZero() ? null : slowerThan,
        now.minus(window),
        now.plus(Duration.ofMinutes(10)),
        size);
  }

  private static Optional<String> first(QueryParameters parameters, String name) {
    return parameters.getSingleParameter(name).map(String::strip).filter(v -> !v.isEmpty());
  }

  private static Optional<Long> number(QueryParameters parameters, String name) {
    return first(parameters, name)
        .filter(text -> text.length() <= 9 && text.chars().allMatch(c -> c >= '0' && c <= '9'))
        .map(Long::parseLong);
  }
}
