package io.tillpost.alerting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tillpost.alerting.rule.Severity;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class AlertingPropertiesTest {
  private static AlertingProperties bind(Map<String, String> values) {
    return new Binder(new MapConfigurationPropertySource(values))
        .bindOrCreate("tillpost.alerting", AlertingProperties.class);
  }

  @Test
  void hasTheseDefaults() {
    assertThat(bind(Map.of()))
        .isEqualTo(
            new AlertingProperties(
                false,
                List.of("classpath:tillpost-alert-rules.yml"),
                Duration.ofSeconds(15),
                Duration.ofSeconds(5),
                Duration.ofSeconds(10),
                Duration.ofMinutes(1),
                Duration.ofHours(4),
                Map.of(),
                "Tillpost <tillpost@localhost>",
                "alerts.tillpost.localhost"));
  }

  @Test
  void hasTheseKeys() {
    assertThat(AlertingProperties.class.getRecordComponents())
        .extracting(component -> component.getName())
        .containsExactlyElementsOf(
            Arrays.asList(
                "enabled",
                "ruleFiles",
                "evaluateEvery",
                "notifyEvery",
                "groupWait",
                "groupInterval",
                "repeatInterval",
                "recipients",
                "sender",
                "listId"));
  }

  @Test
  void readsRecipientsBySeverity() {
    assertThat(
            bind(Map.of("tillpost.alerting.recipients.critical", "a@b.example,c@d.example"))
                .recipients())
        .isEqualTo(Map.of(Severity.CRITICAL, List.of("a@b.example", "c@d.example")));
  }

  @Test
  void refusesWhatCannotWork() {
    assertThatThrownBy(() -> bind(Map.of("tillpost.alerting.evaluate-every", "0s")))
        .rootCause()
        .hasMessageContaining("tillpost.alerting.evaluate-every");
    assertThatThrownBy(() -> bind(Map.of("tillpost.alerting.sender", "a\r\nBcc: b@c")))
        .hasStackTraceContaining("is not a mail address");
    assertThatThrownBy(() -> bind(Map.of("tillpost.alerting.list-id", "a>b")))
        .rootCause()
        .hasMessageContaining("does not look like a host name");
  }
}
