package io.tillpost.console.telemetry;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.observation.OpenTelemetryServerRequestObservationConvention;
import org.springframework.http.server.observation.ServerRequestObservationContext;

/**
 * Names HTTP requests as OpenTelemetry's semantic conventions do: method and route. Vaadin has one
 * route for everything; there the span is named after the page, or after what the page sends when
 * somebody does something on it.
 */
final class RequestSpans extends OpenTelemetryServerRequestObservationConvention {

  @Override
  public String getContextualName(ServerRequestObservationContext context) {
    HttpServletRequest request = context.getCarrier();
    if (request == null || isMapped(context.getPathPattern())) {
      return String.valueOf(super.getContextualName(context));
    }
    if (WorthTracing.kind(request.getQueryString()) != null) {
      return request.getMethod() + " page interaction";
    }
    return request.getMethod() + " " + firstSegment(request.getRequestURI());
  }

  private static boolean isMapped(@Nullable String pattern) {
    return pattern != null && !pattern.isEmpty() && !pattern.endsWith("/**");
  }

  private static String firstSegment(String path) {
    int end = path.indexOf('/', 1);
    return end < 0 ? path : path.substring(0, end);
  }
}
