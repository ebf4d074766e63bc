package io.tillpost.alerting.notify;

import io.tillpost.alerting.rule.Severity;
import java.net.URI;
import java.util.List;
import java.util.Map;

/**
 * Who writes to whom.
 *
 * @param sender the From address
 * @param recipients by severity; nobody where a severity is missing
 * @param listId the id of the List-Id header, like a host name
 * @param consoleUrl where the console is reached by a browser, without a slash at the end
 */
public record MailSettings(
    String sender, Map<Severity, List<String>> recipients, String listId, URI consoleUrl) {
  public MailSettings {
    recipients = Map.copyOf(recipients);
  }

  /** The domain of the sender, which Message-IDs end with. */
  String domain() {
    String address = sender.endsWith(">") ? sender.substring(0, sender.length() - 1) : sender;
    return address.substring(address.lastIndexOf('@') + 1);
  }

  /** Where that alert is shown. */
  URI linkTo(String alertId) {
    return URI.create(consoleUrl + "/alerts?alert=" + alertId);
  }
}
