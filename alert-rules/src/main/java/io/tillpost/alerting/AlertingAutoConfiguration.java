package io.tillpost.alerting;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tillpost.alerting.evaluate.AlertStates;
import io.tillpost.alerting.evaluate.ApiLimits;
import io.tillpost.alerting.evaluate.Evaluations;
import io.tillpost.alerting.evaluate.Evaluator;
import io.tillpost.alerting.notify.MailSettings;
import io.tillpost.alerting.notify.Notifier;
import io.tillpost.alerting.notify.PersonalMails;
import io.tillpost.alerting.notify.Timing;
import io.tillpost.location.StoreDirectory;
import io.tillpost.message.Workflows;
import io.tillpost.store.Stores;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import org.quartz.Job;
import org.quartz.JobBuilder;
import org.quartz.JobDetail;
import org.quartz.SimpleScheduleBuilder;
import org.quartz.Trigger;
import org.quartz.TriggerBuilder;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ResourceLoader;
import org.springframework.mail.javamail.JavaMailSender;

/**
 * Alerting as part of an application that has the beans {@link Stores}, {@link StoreDirectory},
 * {@link Workflows} and {@link Clock}. Quartz and the mail server are configured as with any Spring
 * Boot application ({@code spring.quartz}, {@code spring.mail}). Optional beans: {@link ApiLimits},
 * {@link AlertAudit}, {@link MeterRegistry}.
 */
@AutoConfiguration
@ConditionalOnProperty("tillpost.alerting.enabled")
@EnableConfigurationProperties(AlertingProperties.class)
public class AlertingAutoConfiguration {
  @Bean
  AlertRules alertRules(AlertingProperties properties, ResourceLoader loader) {
    return AlertRules.load(properties.ruleFiles(), loader);
  }

  @Bean
  Evaluations alertEvaluations() {
    return new Evaluations();
  }

  @Bean
  AlertStates alertStates(Stores stores) {
    return new AlertStates(stores.documents());
  }

  @Bean
  NotificationLog notificationLog(Stores stores) {
    return new NotificationLog(stores.documents());
  }

  @Bean
  Alerts alerts(
      AlertStates states, Evaluations evaluations, ObjectProvider<AlertAudit> audit, Clock clock) {
    return new Alerts(states, evaluations, audit.getIfUnique(() -> AlertAudit.NONE), clock);
  }

  @Bean
  Evaluator alertEvaluator(
      AlertRules rules,
      Stores stores,
      StoreDirectory directory,
      Workflows workflows,
      ObjectProvider<ApiLimits> apiLimits,
      Evaluations evaluations,
      Clock clock,
      ObjectProvider<MeterRegistry> meters) {
    return new Evaluator(
        rules.rules(),
        rules.problems().isEmpty(),
        stores,
        directory,
        workflows,
        apiLimits.getIfUnique(() -> ApiLimits.NONE),
        evaluations,
        clock,
        meters.getIfUnique(SimpleMeterRegistry::new));
  }

  @Bean
  MailSettings alertMailSettings(AlertingProperties properties, Environment environment) {
    URI console =
        URI.create(
            environment
                .getProperty("tillpost.console.url", "http://localhost:8080")
                .replaceAll("/+$", ""));
    return new MailSettings(
        properties.sender(), properties.recipients(), properties.listId(), console);
  }

  @Bean
  PersonalMails personalMails(
      Stores stores,
      MailSettings settings,
      ObjectProvider<JavaMailSender> mailSender,
      Clock clock) {
    return new PersonalMails(stores.documents(), settings, mailSender.getIfUnique() != null, clock);
  }

  @Bean
  Notifier alertNotifier(
      AlertingProperties properties,
      Stores stores,
      StoreDirectory directory,
      MailSettings settings,
      ObjectProvider<JavaMailSender> mailSender,
      Clock clock,
      ObjectProvider<MeterRegistry> meters) {
    return new Notifier(
        stores.documents(),
        directory,
        settings,
        new Timing(properties.groupWait(), properties.groupInterval(), properties.repeatInterval()),
        mailSender.getIfUnique(),
        clock,
        meters.getIfUnique(SimpleMeterRegistry::new));
  }

  @Bean
  AlertingHealth alertingHealthIndicator(
      AlertRules rules, Evaluations evaluations, Notifier notifier) {
    return new AlertingHealth(rules, evaluations, notifier.delivery());
  }

  @Bean
  JobDetail alertEvaluateJob() {
    return job("evaluate", EvaluateJob.class);
  }

  @Bean
  Trigger alertEvaluateTrigger(AlertingProperties properties) {
    return trigger("evaluate", properties.evaluateEvery());
  }

  @Bean
  JobDetail alertNotifyJob() {
    return job("notify", NotifyJob.class);
  }

  @Bean
  Trigger alertNotifyTrigger(AlertingProperties properties) {
    return trigger("notify", properties.notifyEvery());
  }

  private static JobDetail job(String name, Class<? extends Job> type) {
    return JobBuilder.newJob(type).withIdentity(name, "alerting").storeDurably().build();
  }

  /** Rounds that were missed are not made up for: the next one says all that there is to say. */
  private static Trigger trigger(String name, Duration every) {
    return TriggerBuilder.newTrigger()
        .withIdentity(name, "alerting")
        .forJob(name, "alerting")
        .withSchedule(
            SimpleScheduleBuilder.simpleSchedule()
                .withIntervalInMilliseconds(every.toMillis())
                .repeatForever()
                .withMisfireHandlingInstructionNextWithRemainingCount())
        .build();
  }
}
