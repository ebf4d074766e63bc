package io.tillpost.alerting.notify;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillpost.alerting.evaluate.Alert;
import io.tillpost.alerting.evaluate.AlertPhase;
import java.net.URI;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class MailContentTest {
  private static final Instant SINCE = Instant.parse("2026-11-23T10:15:00Z");

  private static MailContent content(NotificationKind kind, Alert alert) {
    return new MailContent(
        kind,
        alert,
        SINCE.plusSeconds(2_700),
        ZoneId.of("Europe/Berlin"),
        URI.create("https://console.example/alerts?alert=" + alert.id()));
  }

  @Test
  void explainsInPlainTextWhatHappened() {
    Alert alert = SampleAlert.in(AlertPhase.FIRING, SINCE);
    MailContent content = content(NotificationKind.FIRING, alert);
    assertThat(content.subject())
        .isEqualTo(
            "[FIRING] Stores with unsent transactions · Germany North: 12 stores, 1,532.10 EUR,"
                + " oldest 34 min");
    assertThat(MailText.of(content))
        .isEqualTo(
            """
            FIRING: Stores with unsent transactions · Germany North
            12 stores, 1,532.10 EUR, oldest 34 min

            What happened
              Since 2026-11-23 11:15:00 CET.
              count is 12, more than 10
              Severity critical · team pos

            What it means
              Money is missing.

            What to do
              Look.

            Stores (the worst 1 of 12)
              0412 Altona: 7 messages, 1,532.10 EUR, oldest 45 min

            Open in Tillpost (after login): https://console.example/alerts?alert=%s
            """
                .formatted(alert.id()));
  }

  @Test
  void theAllClearSaysHowLongItTook() {
    Alert firing = SampleAlert.in(AlertPhase.FIRING, SINCE);
    Alert resolved =
        new Alert(
            firing.id(),
            firing.rule(),
            firing.grouping(),
            firing.group(),
            firing.groupTitle(),
            firing.severity(),
            firing.labels(),
            AlertPhase.RESOLVED,
            SINCE.plusSeconds(2_700),
            null,
            SINCE,
            SINCE,
            2,
            AlertPhase.FIRING,
            firing.reading(),
            firing.comparisons(),
            firing.message(),
            SINCE,
            null,
            firing.mailed());
    MailContent content = content(NotificationKind.RESOLVED, resolved);
    assertThat(content.subject())
        .isEqualTo(
            "[RESOLVED] Stores with unsent transactions · Germany North: back to normal after"
                + " 45 min");
    assertThat(MailText.of(content))
        .contains("From 2026-11-23 11:15:00 CET to 2026-11-23 12:00:00 CET.")
        .doesNotContain("What to do");
  }

  @Test
  void hostileNamesStayTextAndAddNoHeader() {
    Alert alert =
        SampleAlert.named(
            AlertPhase.FIRING,
            SINCE,
            "North\r\nBcc: thief@example.com\u202e\u2028",
            "<script>alert('x')</script>\" onload=\"y & z");
    MailContent content = content(NotificationKind.FIRING, alert);
    assertThat(content.subject())
        .startsWith("[FIRING] Stores with unsent transactions · North Bcc: thief@example.com :")
        .doesNotContainPattern("[\\p{Cntrl}\\p{Cf}\\u2028]");
    assertThat(MailHtml.of(content))
        .contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&quot; onload=&quot;y &amp; z")
        .doesNotContain("<script");
  }
}
