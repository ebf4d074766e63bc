package io.tillpost.alerting.notify;

import io.tillpost.alerting.rule.Severity;
import io.tillpost.store.DocumentStore;
import io.tillpost.store.Documents;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Puts mails to single persons into the notification log, from where they go out like those of
 * alerts: each once, tried again where the mail server does not take it. Thread-safe.
 */
public final class PersonalMails {
  private static final String PAGE =
      """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <title>${subject}</title>
      </head>
      <body style="margin:0;padding:24px;font:15px/1.5 system-ui,-apple-system,'Segoe UI',sans-serif">
      <div style="max-width:640px;margin:0 auto">
      ${items}
      <p style="margin:24px 0 0;font-size:13px;opacity:.75">Sent by Tillpost. Opening a link asks for your login; nothing is done by the link alone.</p>
      </div>
      </body>
      </html>
      """;

  private static final String ITEM =
      """
      <h1 style="margin:16px 0 4px;font-size:18px;line-height:1.3"><a href="${link}">${title}</a></h1>
      <p style="margin:0 0 4px;opacity:.75">${lead}</p>
      <p style="margin:0;padding:8px 12px;border-left:3px solid #1d4ed8">${text}</p>
      """;

  private final Documents<Notification> log;
  private final MailSettings settings;
  private final boolean mailServer;
  private final Clock clock;

  /**
   * Mails by that log.
   *
   * @param mailServer whether one is configured; without, mails are written to the log only
   */
  public PersonalMails(
      DocumentStore documents, MailSettings settings, boolean mailServer, Clock clock) {
    this.log = documents.of(Notification.DOCUMENTS);
    this.settings = settings;
    this.mailServer = mailServer;
    this.clock = clock;
  }

  /** Writes the mail, to be sent; does nothing where it was written before. */
  public void write(PersonalMail mail) {
    Instant now = clock.instant();
    log.create(
        mail.id(),
        new Notification(
            mail.id(),
            "mention-" + mail.person(),
            "Mention",
            mail.person(),
            Severity.INFO,
            NotificationKind.MENTION,
            now,
            settings.sender(),
            List.of(mail.address()),
            OneLine.of("[" + NotificationKind.MENTION.words() + "] " + mail.subject()),
            text(mail),
            html(mail),
            messageId(mail, now),
            null,
            mailServer ? Outcome.WAITING : Outcome.NOT_SENT,
            0,
            mailServer ? now : null,
            null,
            mailServer ? null : "No mail server is configured: spring.mail.host"));
  }

  /** A login name may be a mail address, and a Message-ID has one @ and no empty part. */
  private String messageId(PersonalMail mail, Instant now) {
    String id = mail.id().replace("@", "=40").replace(".", "=2E");
    return "<mention." + id + "." + now.toEpochMilli() + "@" + settings.domain() + ">";
  }

  private String text(PersonalMail mail) {
    StringBuilder text = new StringBuilder();
    for (PersonalMail.Item item : mail.items()) {
      text.append(item.title())
          .append('\n')
          .append(item.lead())
          .append("\n\n")
          .append(item.text().indent(2))
          .append('\n')
          .append(link(item))
          .append("\n\n");
    }
    return text.append("-- \nSent by Tillpost. Opening a link asks for your login.\n").toString();
  }

  private String html(PersonalMail mail) {
    List<Html> items =
        mail.items().stream()
            .map(
                item ->
                    Html.fill(
                        ITEM,
                        Map.of(
                            "link", Html.text(link(item)),
                            "title", Html.text(item.title()),
                            "lead", Html.text(item.lead()),
                            "text", Html.text(item.text()))))
            .toList();
    return Html.fill(PAGE, Map.of("subject", Html.text(mail.subject()), "items", Html.join(items)))
        .markup();
  }

  private String link(PersonalMail.Item item) {
    return settings.consoleUrl() + item.path();
  }
}
