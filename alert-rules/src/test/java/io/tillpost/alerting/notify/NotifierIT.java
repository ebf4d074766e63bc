package io.tillpost.alerting.notify;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import io.tillpost.alerting.Estate;
import io.tillpost.alerting.evaluate.Alert;
import io.tillpost.alerting.evaluate.Evaluator;
import io.tillpost.alerting.rule.Severity;
import io.tillpost.store.DocumentQuery;
import io.tillpost.store.Documents.Versioned;
import jakarta.mail.BodyPart;
import jakarta.mail.Multipart;
import jakarta.mail.internet.MimeMessage;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.mail.javamail.JavaMailSenderImpl;

/** Mails over real SMTP. */
class NotifierIT {
  private static final String RULES =
      """
      groups:
        - name: transactions
          rules:
            - alert: Stores with unsent transactions
              measure: stores-with-unsent-transactions
              when: {oldest: "> 15m"}
              severity: critical
              annotations:
                summary: "{{ counted }}, {{ money }}, oldest {{ oldest }}"
      """;

  private final Estate estate = new Estate();
  private final GreenMail server = new GreenMail(ServerSetup.SMTP.dynamicPort());
  private Evaluator evaluator;
  private Notifier notifier;

  @BeforeEach
  void start() {
    server.start();
    evaluator = estate.evaluator(RULES);
    notifier = notifier(server.getSmtp().getPort());
  }

  @AfterEach
  void stop() {
    server.stop();
  }

  private Notifier notifier(int port) {
    JavaMailSenderImpl sender = new JavaMailSenderImpl();
    sender.setHost("127.0.0.1");
    sender.setPort(port);
    return new Notifier(
        estate.stores.documents(),
        estate.directory,
        new MailSettings(
            "Tillpost <tillpost@chain.example>",
            Map.of(Severity.CRITICAL, List.of("oncall@chain.example", "lead@chain.example")),
            "alerts.chain.example",
            URI.create("https://tillpost.chain.example")),
        new Timing(Duration.ofSeconds(10), Duration.ofSeconds(60), Duration.ofHours(1)),
        sender,
        estate.clock,
        estate.meters);
  }

  private void pass(Duration duration) {
    estate.clock.advance(duration);
    evaluator.run();
    notifier.run();
  }

  private void stuckInBothStores() {
    estate.stuckSale("0413", estate.clock.instant().minus(Duration.ofMinutes(20)));
    estate.stuckSale("0412", estate.clock.instant().minus(Duration.ofMinutes(34)));
  }

  private List<Notification> log() {
    return estate
        .stores
        .documents()
        .of(Notification.DOCUMENTS)
        .find(DocumentQuery.ALL.sorted("created_at", false))
        .items()
        .stream()
        .map(Versioned::value)
        .toList();
  }

  @Test
  void oneMailForAllStoresOfARegionWithEverythingTheContractAsksFor() throws Exception {
    stuckInBothStores();
    pass(Duration.ZERO);
    assertThat(server.getReceivedMessages()).isEmpty();
    pass(Duration.ofSeconds(10));
    pass(Duration.ofSeconds(15));

    // One mail, to two people.
    assertThat(server.getReceivedMessages()).hasSize(2);
    MimeMessage mail = server.getReceivedMessages()[0];
    assertThat(mail.getSubject())
        .isEqualTo(
            "[FIRING] Stores with unsent transactions · Germany North: 2 stores, 259.98 EUR,"
                + " oldest 34 min");
    assertThat(mail.getFrom()[0]).hasToString("Tillpost <tillpost@chain.example>");
    assertThat(mail.getHeader("List-Id")).containsExactly("Tillpost alerts <alerts.chain.example>");
    assertThat(mail.getHeader("Auto-Submitted")).containsExactly("auto-generated");
    assertThat(mail.getHeader("References")).isNull();
    Notification logged = log().getFirst();
    assertThat(mail.getMessageID()).isEqualTo(logged.messageId()).endsWith("@chain.example>");

    assertThat(mail.getContentType()).startsWith("multipart/alternative");
    Multipart parts = (Multipart) mail.getContent();
    assertThat(parts.getCount()).isEqualTo(2);
    assertThat(part(parts, 0, "text/plain"))
        .isEqualToNormalizingNewlines(logged.text())
        .contains("0412 Altona: 1 message, 129.99 EUR, oldest 34 min")
        .contains("https://tillpost.chain.example/alerts?alert=" + logged.alertId());
    assertThat(part(parts, 1, "text/html")).isEqualToNormalizingNewlines(logged.html());

    assertThat(logged.outcome()).isEqualTo(Outcome.SENT);
    assertThat(logged.attempts()).isEqualTo(1);
    assertThat(logged.recipients()).containsExactly("oncall@chain.example", "lead@chain.example");
    assertThat(logged.sentAt()).isNotNull();
  }

  private static String part(Multipart parts, int index, String type) throws Exception {
    BodyPart part = parts.getBodyPart(index);
    assertThat(part.getContentType().toLowerCase(Locale.ROOT)).startsWith(type).contains("utf-8");
    return (String) part.getContent();
  }

  @Test
  void theAllClearStandsInTheSameThreadAndTheNextAlertBeginsANewOne() throws Exception {
    estate.stuckSale("0501", estate.clock.instant().minus(Duration.ofMinutes(20)));
    pass(Duration.ZERO);
    pass(Duration.ofSeconds(10));
    String first = log().getFirst().messageId();
    pass(Duration.ofHours(1));
    assertThat(log().getLast().kind()).isEqualTo(NotificationKind.STILL_FIRING);
    assertThat(log().getLast().inReplyTo()).isEqualTo(first);

    estate.confirmAll();
    pass(Duration.ofMinutes(2));
    Notification allClear = log().getLast();
    assertThat(allClear.kind()).isEqualTo(NotificationKind.RESOLVED);
    MimeMessage[] mails = server.getReceivedMessages();
    MimeMessage mail = mails[mails.length - 1];
    assertThat(mail.getSubject())
        .startsWith("[RESOLVED] Stores with unsent transactions · Britain");
    assertThat(mail.getHeader("In-Reply-To")).containsExactly(first);
    assertThat(mail.getHeader("References")).containsExactly(first);
    assertThat(mail.getMessageID()).isNotEqualTo(first);

    estate.stuckSale("0501", estate.clock.instant().minus(Duration.ofMinutes(20)));
    pass(Duration.ofMinutes(2));
    pass(Duration.ofSeconds(10));
    assertThat(log().getLast().kind()).isEqualTo(NotificationKind.FIRING);
    assertThat(log().getLast().inReplyTo()).isNull();
  }

  @Test
  void anAlertThatFlapsWithinTheGroupIntervalMakesNoFurtherMail() {
    estate.stuckSale("0501", estate.clock.instant().minus(Duration.ofMinutes(20)));
    pass(Duration.ZERO);
    pass(Duration.ofSeconds(10));
    estate.confirmAll();
    pass(Duration.ofSeconds(15));
    estate.stuckSale("0501", estate.clock.instant().minus(Duration.ofMinutes(20)));
    pass(Duration.ofSeconds(15));
    pass(Duration.ofMinutes(5));
    assertThat(log()).hasSize(1);
  }

  @Test
  void twoProcessesSendEachMailOnce() {
    Notifier other = notifier(server.getSmtp().getPort());
    Evaluator otherEvaluator = estate.evaluator(RULES);
    stuckInBothStores();
    for (int i = 0; i < 4; i++) {
      otherEvaluator.run();
      pass(Duration.ofSeconds(15));
      other.run();
    }
    assertThat(log()).hasSize(1);
    assertThat(server.getReceivedMessages()).hasSize(2);
  }

  @Test
  void aMailServerThatIsDownIsTriedAgainWithBackOffInOrder() {
    int port = server.getSmtp().getPort();
    server.stop();
    estate.stuckSale("0501", estate.clock.instant().minus(Duration.ofMinutes(20)));
    pass(Duration.ZERO);
    pass(Duration.ofSeconds(10));
    assertThat(log().getFirst().outcome()).isEqualTo(Outcome.WAITING);
    assertThat(log().getFirst().error()).isNotBlank();
    assertThat(notifier.delivery().lastError()).isPresent();
    pass(Duration.ofSeconds(4));
    assertThat(log().getFirst().attempts()).isEqualTo(1);
    pass(Duration.ofSeconds(1));
    assertThat(log().getFirst().attempts()).isEqualTo(2);
    estate.confirmAll();
    pass(Duration.ofSeconds(90));
    assertThat(log()).hasSize(2);

    GreenMail again = new GreenMail(new ServerSetup(port, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    again.start();
    try {
      pass(Duration.ofMinutes(5));
      assertThat(log()).extracting(Notification::outcome).containsOnly(Outcome.SENT);
      // The mails of the one recipient, then those of the other.
      assertThat(again.getReceivedMessages())
          .extracting(mail -> GreenMailUtil.getHeaders(mail).contains("In-Reply-To"))
          .containsExactly(false, true, false, true);
      assertThat(notifier.delivery().lastError()).isEmpty();
    } finally {
      again.stop();
    }
  }

  @Test
  void aClaimOfAProcessThatDiedRunsOutAndTheMailIsSent() {
    stuckInBothStores();
    evaluator.run();
    estate.clock.advance(Duration.ofSeconds(10));
    Alert alert = estate.alert();
    Notification written =
        new MailWriter(
                new MailSettings(
                    "tillpost@chain.example",
                    Map.of(Severity.CRITICAL, List.of("oncall@chain.example")),
                    "alerts.chain.example",
                    URI.create("https://tillpost.chain.example")),
                estate.directory,
                estate.clock.getZone(),
                true)
            .write(alert, NotificationKind.FIRING, estate.clock.instant());
    estate
        .stores
        .documents()
        .of(Notification.DOCUMENTS)
        .create(written.id(), written.sending(estate.clock.instant().plusSeconds(120)));

    notifier.run();
    assertThat(server.getReceivedMessages()).isEmpty();
    assertThat(estate.alert().mailed().count()).isEqualTo(1);
    pass(Duration.ofMinutes(2));
    assertThat(server.getReceivedMessages()).hasSize(1);
    assertThat(log()).singleElement().extracting(Notification::attempts).isEqualTo(2);
  }

  @Test
  void aStorageThatIsDownDelaysMailsAndLosesNone() {
    stuckInBothStores();
    pass(Duration.ZERO);
    estate.stores.breakDown("no node answers");
    pass(Duration.ofSeconds(15));
    estate.stores.recover();
    pass(Duration.ofSeconds(15));
    assertThat(log()).singleElement().extracting(Notification::outcome).isEqualTo(Outcome.SENT);
  }
}
