package io.tillpost.alerting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.tillpost.alerting.Alerts.Acknowledged;
import io.tillpost.alerting.evaluate.Acknowledgement;
import io.tillpost.alerting.evaluate.Alert;
import io.tillpost.alerting.evaluate.AlertPhase;
import io.tillpost.alerting.notify.Outcome;
import io.tillpost.location.StoreDirectory;
import io.tillpost.message.Workflows;
import io.tillpost.store.Stores;
import io.tillpost.testing.Samples;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.mail.autoconfigure.MailSenderAutoConfiguration;
import org.springframework.boot.quartz.autoconfigure.QuartzAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class AlertingAutoConfigurationIT {
  private final Estate estate = new Estate();
  private final ApplicationContextRunner runner =
      new ApplicationContextRunner()
          .withConfiguration(
              AutoConfigurations.of(
                  QuartzAutoConfiguration.class,
                  MailSenderAutoConfiguration.class,
                  AlertingAutoConfiguration.class))
          .withBean(Stores.class, () -> estate.stores)
          .withBean(StoreDirectory.class, () -> estate.directory)
          .withBean(Workflows.class, Samples::workflows)
          .withBean(Clock.class, () -> Clock.systemUTC())
          .withPropertyValues(
              "tillpost.alerting.enabled=true",
              "tillpost.alerting.evaluate-every=1s",
              "tillpost.alerting.notify-every=1s",
              "tillpost.alerting.group-wait=0s");

  @Test
  void isAbsentUnlessEnabled() {
    runner
        .withPropertyValues("tillpost.alerting.enabled=false")
        .run(context -> assertThat(context).doesNotHaveBean(Alerts.class));
  }

  @Test
  void theRulesThatComeWithTillpostAreRight() {
    runner.run(
        context -> {
          AlertRules rules = context.getBean(AlertRules.class);
          assertThat(rules.problems()).isEmpty();
          assertThat(rules.rules())
              .extracting(rule -> rule.name())
              .containsExactly(
                  "Stores with unsent transactions",
                  "Returns awaiting confirmation",
                  "Inventory updates delayed",
                  "Objective breached",
                  "Stores silent",
                  "Ingest behind",
                  "Ingest full",
                  "Ingest has no room",
                  "Records parked",
                  "Keys refused",
                  "Records for other stores",
                  "Sender over its quota",
                  "Records refused",
                  "System near its limit");
        });
  }

  @Test
  void aFileThatIsMissingIsTold() {
    runner
        .withPropertyValues(
            "tillpost.alerting.rule-files=classpath:tillpost-alert-rules.yml,classpath:none.yml")
        .run(
            context -> {
              AlertRules rules = context.getBean(AlertRules.class);
              assertThat(rules.rules()).hasSize(14);
              assertThat(rules.problems())
                  .singleElement()
                  .asString()
                  .startsWith("classpath:none.yml:1:1");
              assertThat(context.getBean(AlertingHealth.class).health().getStatus())
                  .isEqualTo(Status.DOWN);
            });
  }

  @Test
  void quartzEvaluatesAndMailsAndSomebodyAcknowledges() {
    GreenMail server = new GreenMail(ServerSetup.SMTP.dynamicPort());
    server.start();
    List<Acknowledgement> audited = new ArrayList<>();
    estate.clock.set(Clock.systemUTC().instant());
    for (int i = 0; i < 12; i++) {
      String store = "09" + (10 + i);
      estate.stuckSale(store, estate.clock.instant().minus(Duration.ofMinutes(20)));
    }
    try {
      runner
          .withBean(AlertAudit.class, () -> (alert, by) -> audited.add(by))
          .withPropertyValues(
              "spring.mail.host=127.0.0.1",
              "spring.mail.port=" + server.getSmtp().getPort(),
              "tillpost.console.url=https://tillpost.chain.example/",
              "tillpost.alerting.recipients.critical=oncall@chain.example",
              "tillpost.alerting.rule-files=classpath:one-rule.yml")
          .run(
              context -> {
                Alerts alerts = context.getBean(Alerts.class);
                NotificationLog log = context.getBean(NotificationLog.class);
                await()
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> server.getReceivedMessages().length == 1);
                Alert alert = alerts.active().getFirst();
                assertThat(alert.phase()).isEqualTo(AlertPhase.FIRING);
                await()
                    .atMost(Duration.ofSeconds(5))
                    .until(
                        () ->
                            log.search("unsent", alert.id(), Set.of(Outcome.SENT), 10, null).total()
                                == 1);
                assertThat(log.find(alert.id() + "-1").orElseThrow().text())
                    .contains("https://tillpost.chain.example/alerts?alert=" + alert.id());

                assertThat(alerts.acknowledge(alert.id(), "oncall", " On it. "))
                    .isInstanceOf(Acknowledged.Done.class);
                assertThat(alerts.acknowledge(alert.id(), "support", ""))
                    .isInstanceOf(Acknowledged.Already.class);
                assertThat(alerts.acknowledge("none", "support", ""))
                    .isEqualTo(new Acknowledged.NotFound());
                assertThat(audited)
                    .singleElement()
                    .extracting(Acknowledgement::note)
                    .isEqualTo("On it.");
                assertThat(context.getBean(AlertingHealth.class).health().getStatus())
                    .isEqualTo(Status.UP);
              });
    } finally {
      server.stop();
    }
  }
}
