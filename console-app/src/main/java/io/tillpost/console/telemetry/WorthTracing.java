package io.tillpost.console.telemetry;

import com.vaadin.flow.shared.ApplicationConstants;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationPredicate;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.observation.ServerRequestObservationContext;
import org.springframework.util.StringUtils;

/**
 * Leaves out requests that tell nothing: static files, probes and scrapes, heartbeats, and the push
 * channel, which is one request for as long as a page is open.
 */
final class WorthTracing implements ObservationPredicate {

  private static final List<String> LEFT_OUT =
      List.of("/actuator", "/VAADIN", "/tillpost/", "/lumo/", "/favicon.ico", "/sw.js");

  @Override
  public boolean test(String name, Observation.Context context) {
    return !(context instanceof ServerRequestObservationContext server)
        || isWorth(server.getCarrier());
  }

  private static boolean isWorth(@Nullable HttpServletRequest request) {
    if (request == null) {
      return true;
    }
    String path = request.getRequestURI();
    if (LEFT_OUT.stream().anyMatch(path::startsWith)) {
      return false;
    }
    String kind = kind(request.getQueryString());
    return kind == null
        || ApplicationConstants.REQUEST_TYPE_UIDL.equals(kind)
        || ApplicationConstants.REQUEST_TYPE_INIT.equals(kind);
  }

  /** From the query, not by {@code getParameter}, which would read the body of a form. */
  static @Nullable String kind(@Nullable String query) {
    String wanted = ApplicationConstants.REQUEST_TYPE_PARAMETER + "=";
    if (query != null) {
      for (String pair : StringUtils.tokenizeToStringArray(query, "&")) {
        if (pair.startsWith(wanted)) {
          return pair.substring(wanted.length());
        }
      }
    }
    return null;
  }
}
