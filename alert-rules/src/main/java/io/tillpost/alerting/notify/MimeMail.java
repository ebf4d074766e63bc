package io.tillpost.alerting.notify;

import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.nio.charset.StandardCharsets;
import java.util.Date;

/** Puts a notification into a MIME message, the same one for each attempt. */
final class MimeMail {
  private MimeMail() {}

  static void fill(MimeMessage mail, Notification notification, String listId)
      throws MessagingException {
    String utf8 = StandardCharsets.UTF_8.name();
    mail.setFrom(new InternetAddress(notification.sender(), true));
    for (String recipient : notification.recipients()) {
      mail.addRecipient(RecipientType.TO, new InternetAddress(recipient, true));
    }
    mail.setSubject(notification.subject(), utf8);
    mail.setSentDate(Date.from(notification.createdAt()));
    mail.setHeader("Message-ID", notification.messageId());
    if (notification.inReplyTo() != null) {
      mail.setHeader("In-Reply-To", notification.inReplyTo());
      mail.setHeader("References", notification.inReplyTo());
    }
    mail.setHeader("List-Id", "Tillpost alerts <" + listId + ">");
    // RFC 3834: nobody's out-of-office reply comes back.
    mail.setHeader("Auto-Submitted", "auto-generated");
    mail.setHeader("X-Auto-Response-Suppress", "All");

    MimeBodyPart text = new MimeBodyPart();
    text.setText(notification.text(), utf8);
    MimeBodyPart html = new MimeBodyPart();
    html.setText(notification.html(), utf8, "html");
    // RFC 2046: the richest part stands last.
    mail.setContent(new MimeMultipart("alternative", text, html));
  }
}
