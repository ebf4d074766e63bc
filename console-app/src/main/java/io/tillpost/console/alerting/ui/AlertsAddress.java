package io.tillpost.console.alerting.ui;

import com.vaadin.flow.router.QueryParameters;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The state of the page as it stands in the address.
 *
 * @param tab which tab is open
 * @param alert the id of the alert that is opened, or empty
 * @param notification the id of the mail that is opened, or empty
 * @param search words of a subject, or empty
 */
record AlertsAddress(AlertsTab tab, String alert, String notification, String search) {
  static AlertsAddress of(QueryParameters parameters) {
    return new AlertsAddress(
        AlertsTab.of(parameters.getSingleParameter("tab").orElse("")),
        parameters.getSingleParameter("alert").orElse(""),
        parameters.getSingleParameter("notification").orElse(""),
        parameters.getSingleParameter("q").orElse(""));
  }

  static AlertsAddress of(AlertsTab tab) {
    return new AlertsAddress(tab, "", "", "");
  }

  AlertsAddress withAlert(String id) {
    return new AlertsAddress(tab, id, notification, search);
  }

  AlertsAddress withNotification(String id) {
    return new AlertsAddress(tab, alert, id, search);
  }

  AlertsAddress withSearch(String text) {
    return new AlertsAddress(tab, alert, notification, text);
  }

  QueryParameters parameters() {
    Map<String, String> parameters = new LinkedHashMap<>();
    if (tab != AlertsTab.ACTIVE) {
      parameters.put("tab", tab.word());
    }
    put(parameters, "alert", alert);
    put(parameters, "notification", notification);
    put(parameters, "q", search);
    return QueryParameters.simple(parameters);
  }

  private static void put(Map<String, String> parameters, String name, String value) {
    if (!value.isEmpty()) {
      parameters.put(name, value);
    }
  }
}
