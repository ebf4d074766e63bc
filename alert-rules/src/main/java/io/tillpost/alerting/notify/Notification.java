package io.tillpost.alerting.notify;

import io.tillpost.alerting.rule.Severity;
import io.tillpost.store.DocumentKind;
import io.tillpost.store.DocumentKind.FieldType;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One mail, exactly as it is sent, and what became of it. The document is the claim as well: its id
 * follows from the alert and the number of the mail, and it is created once only.
 *
 * @param id the alert's id and the number of the mail, from 1
 * @param alertId names the alert
 * @param rule the rule's name
 * @param group the group as shown, or empty
 * @param severity as the rule has it
 * @param kind what the mail says
 * @param createdAt when it was written; the mail's date
 * @param sender the From address
 * @param recipients the To addresses
 * @param subject one line
 * @param text the plain part
 * @param html the HTML part, a whole page
 * @param messageId with angle brackets; the same for every attempt
 * @param inReplyTo the Message-ID of the thread's first mail, or null where this is the first
 * @param outcome what became of it
 * @param attempts how often a process began to send it
 * @param nextAttemptAt not to be sent before; null where it is not going to be sent
 * @param sentAt when the mail server accepted it, or null
 * @param error why the last attempt failed, or why it is not sent; or null
 */
public record Notification(
    String id,
    String alertId,
    String rule,
    String group,
    Severity severity,
    NotificationKind kind,
    Instant createdAt,
    String sender,
    List<String> recipients,
    String subject,
    String text,
    String html,
    String messageId,
    @Nullable String inReplyTo,
    Outcome outcome,
    int attempts,
    @Nullable Instant nextAttemptAt,
    @Nullable Instant sentAt,
    @Nullable String error) {
  /** All notifications, by {@link #id}. */
  public static final DocumentKind<Notification> DOCUMENTS =
      new DocumentKind<>(
          "notification-log",
          Notification.class,
          Map.of(
              "alert_id", FieldType.KEYWORD,
              "rule", FieldType.KEYWORD,
              "group", FieldType.KEYWORD,
              "kind", FieldType.KEYWORD,
              "severity", FieldType.KEYWORD,
              "outcome", FieldType.KEYWORD,
              "created_at", FieldType.DATE,
              "subject", FieldType.TEXT),
          true);

  public Notification {
    recipients = List.copyOf(recipients);
  }

  /** The same, claimed until then. */
  Notification sending(Instant until) {
    return with(Outcome.SENDING, attempts + 1, until, null, error);
  }

  /** The same, accepted by the mail server. */
  Notification sent(Instant at) {
    return with(Outcome.SENT, attempts, null, at, null);
  }

  /** The same, to be tried again. */
  Notification waiting(Instant next, String newError) {
    return with(Outcome.WAITING, attempts, next, null, newError);
  }

  /** The same, given up. */
  Notification failed(String newError) {
    return with(Outcome.FAILED, attempts, null, null, newError);
  }

  private Notification with(
      Outcome newOutcome,
      int newAttempts,
      @Nullable Instant newNext,
      @Nullable Instant newSentAt,
      @Nullable String newError) {
    return new Notification(
        id,
        alertId,
        rule,
        group,
        severity,
        kind,
        createdAt,
        sender,
        recipients,
        subject,
        text,
        html,
        messageId,
        inReplyTo,
        newOutcome,
        newAttempts,
        newNext,
        newSentAt,
        newError);
  }
}
