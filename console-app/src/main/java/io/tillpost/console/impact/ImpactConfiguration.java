package io.tillpost.console.impact;

import io.tillpost.console.alerting.AlertDesk;
import io.tillpost.console.exceptions.ExceptionFilter;
import io.tillpost.console.exceptions.ExceptionInbox;
import io.tillpost.console.exceptions.ExceptionSummary;
import io.tillpost.console.recovery.operation.Operations;
import io.tillpost.console.settings.ApiProperties;
import io.tillpost.console.settings.Apis;
import io.tillpost.location.StoreDirectory;
import io.tillpost.message.Workflows;
import io.tillpost.store.FailureQueries.Group;
import io.tillpost.store.Stores;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the impact together from storage, settings and exceptions. */
@Configuration(proxyBeanMethods = false)
class ImpactConfiguration {

  @Bean
  ImpactService impactService(
      Stores stores,
      StoreDirectory directory,
      Workflows workflows,
      Apis apis,
      ExceptionInbox inbox,
      AlertDesk alerts,
      Operations operations,
      Clock clock) {
    return new ImpactService(
        stores,
        directory,
        workflows,
        limits(apis),
        () -> inbox.list(ExceptionFilter.ALL).stream().map(ImpactConfiguration::open).toList(),
        new OtherChanges(
            List.of(
                new AlertChanges(alerts),
                new OperationChanges(operations),
                new StoreChanges(stores.impact(), directory))),
        clock);
  }

  private static Map<String, ApiLimit> limits(Apis apis) {
    Map<String, ApiLimit> limits = new LinkedHashMap<>();
    apis.all().forEach((name, api) -> limits.put(name, limit(api)));
    return limits;
  }

  private static ApiLimit limit(ApiProperties api) {
    Long calls = api.callsPerMinute();
    Duration latency = api.latencyThreshold();
    return new ApiLimit(calls == null ? 0 : calls, latency == null ? Duration.ZERO : latency);
  }

  private static OpenException open(ExceptionSummary exception) {
    Group group = exception.group();
    return new OpenException(
        exception.fingerprint().value(),
        exception.title(),
        exception.ownerSide(),
        exception.assignee(),
        group.messages(),
        group.stores(),
        group.money(),
        group.oldest(),
        group.firstFailed());
  }
}
