package io.tillpost.alerting;

import io.tillpost.alerting.rule.Severity;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Keys under {@code tillpost.alerting}.
 *
 * @param enabled whether rules are evaluated and mails are sent at all
 * @param ruleFiles rule files in order, each an address that Spring understands ({@code file:},
 *     {@code classpath:}); naming any replaces the rules that come with Tillpost
 * @param evaluateEvery how often all rules are evaluated, 1 s to 10 min
 * @param notifyEvery how often is looked for mails that are due, 1 s to 1 min
 * @param groupWait from firing to the first mail
 * @param groupInterval the least time between two mails of one alert
 * @param repeatInterval from a mail to its repetition while nobody acknowledges
 * @param recipients mail addresses by severity
 * @param sender the address mails come from
 * @param listId the id of the List-Id header
 */
@ConfigurationProperties(value = "tillpost.alerting", ignoreUnknownFields = false)
public record AlertingProperties(
    @DefaultValue("false") boolean enabled,
    @DefaultValue("classpath:tillpost-alert-rules.yml") List<String> ruleFiles,
    @DefaultValue("15s") Duration evaluateEvery,
    @DefaultValue("5s") Duration notifyEvery,
    @DefaultValue("10s") Duration groupWait,
    @DefaultValue("1m") Duration groupInterval,
    @DefaultValue("4h") Duration repeatInterval,
    @DefaultValue Map<Severity, List<String>> recipients,
    @DefaultValue("Tillpost <tillpost@localhost>") String sender,
    @DefaultValue("alerts.tillpost.localhost") String listId) {
  private static final Pattern LIST_ID = Pattern.compile("[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)+");

  public AlertingProperties {
    ruleFiles = List.copyOf(ruleFiles);
    recipients = Map.copyOf(recipients);
    check(evaluateEvery, 1, 600, "evaluate-every");
    check(notifyEvery, 1, 60, "notify-every");
    check(groupWait, 0, 3_600, "group-wait");
    check(groupInterval, 0, 86_400, "group-interval");
    check(repeatInterval, 60, 30 * 86_400, "repeat-interval");
    address(sender, "sender");
    recipients.forEach(
        (severity, addresses) ->
            addresses.forEach(a -> address(a, "recipients." + severity.word())));
    if (!LIST_ID.matcher(listId).matches()) {
      throw new IllegalArgumentException(
          "tillpost.alerting.list-id: '" + listId + "' does not look like a host name");
    }
  }

  private static void check(Duration value, long from, long to, String key) {
    if (value.toSeconds() < from || value.toSeconds() > to) {
      throw new IllegalArgumentException(
          "tillpost.alerting." + key + ": " + value + " is not from " + from + "s to " + to + "s");
    }
  }

  private static void address(String address, String key) {
    try {
      new InternetAddress(address, true).validate();
    } catch (AddressException e) {
      throw new IllegalArgumentException(
          "tillpost.alerting." + key + ": '" + address + "' is not a mail address", e);
    }
  }
}
