package io.tillpost.alerting.notify;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.util.Optional;
import java.util.Properties;
import org.springframework.mail.MailException;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.mail.javamail.JavaMailSenderImpl;

/** Hands mails to the mail server. */
final class MailTransport {
  private final JavaMailSender sender;
  private final String listId;

  MailTransport(JavaMailSender sender, String listId) {
    this.sender = sender;
    this.listId = listId;
    if (sender instanceof JavaMailSenderImpl configured) {
      limitWaiting(configured.getJavaMailProperties());
    }
  }

  /** Unless configured otherwise, a mail server that hangs must not hold a claim for ever. */
  private static void limitWaiting(Properties properties) {
    for (String protocol : new String[] {"smtp", "smtps"}) {
      properties.putIfAbsent("mail." + protocol + ".connectiontimeout", "10000");
      properties.putIfAbsent("mail." + protocol + ".timeout", "20000");
      properties.putIfAbsent("mail." + protocol + ".writetimeout", "20000");
    }
  }

  /** Sends the mail; why not, in words, if the server did not accept it. */
  Optional<String> send(Notification notification) {
    try {
      MimeMessage mail = sender.createMimeMessage();
      MimeMail.fill(mail, notification, listId);
      sender.send(mail);
      return Optional.empty();
    } catch (MessagingException | MailException e) {
      return Optional.of(reason(e));
    }
  }

  private static String reason(Exception e) {
    String message = e.getMessage();
    return OneLine.of(message == null ? e.getClass().getSimpleName() : message);
  }
}
