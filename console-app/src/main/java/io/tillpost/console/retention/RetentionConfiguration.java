package io.tillpost.console.retention;

import io.micrometer.core.instrument.MeterRegistry;
import io.tillpost.store.Stores;
import java.time.Clock;
import java.util.List;
import org.quartz.JobBuilder;
import org.quartz.JobDetail;
import org.quartz.SimpleScheduleBuilder;
import org.quartz.Trigger;
import org.quartz.TriggerBuilder;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the dropping of old data together. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(RetentionProperties.class)
@ConditionalOnProperty(
    prefix = "tillpost.retention",
    name = "enabled",
    havingValue = "true",
    matchIfMissing = true)
class RetentionConfiguration {
  private static final String NAME = "drop-old-data";

  @Bean
  Retention retention(
      Stores stores,
      List<OldData> others,
      RetentionProperties properties,
      Clock clock,
      MeterRegistry meters) {
    return new Retention(stores, others, properties, clock, meters);
  }

  @Bean
  JobDetail retentionJob() {
    return JobBuilder.newJob(RetentionJob.class).withIdentity(NAME).storeDurably().build();
  }

  @Bean
  Trigger retentionTrigger(RetentionProperties properties) {
    return TriggerBuilder.newTrigger()
        .withIdentity(NAME)
        .forJob(NAME)
        .withSchedule(
            SimpleScheduleBuilder.simpleSchedule()
                .withIntervalInMilliseconds(properties.every().toMillis())
                .repeatForever()
                .withMisfireHandlingInstructionNextWithRemainingCount())
        .build();
  }
}
