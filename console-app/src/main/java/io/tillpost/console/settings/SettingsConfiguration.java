package io.tillpost.console.settings;

import io.tillpost.alerting.evaluate.ApiLimits;
import io.tillpost.console.start.Progress;
import io.tillpost.console.start.StartRefused;
import io.tillpost.location.StoreCsv;
import io.tillpost.location.StoreDirectory;
import io.tillpost.message.Workflows;
import io.tillpost.settings.NamedSettings;
import io.tillpost.settings.WorkflowSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Reads what is configured about the estate, once, at the start. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(StoresProperties.class)
class SettingsConfiguration {

  private static final int MOST_PROBLEMS_SHOWN = 3;

  @Bean
  TillpostHome tillpostHome(Environment environment) {
    return new TillpostHome(Path.of(environment.getProperty("tillpost.home", ".tillpost")));
  }

  @Bean
  @ConditionalOnMissingBean
  Progress progress() {
    return Progress.toLog();
  }

  @Bean
  @ConditionalOnMissingBean
  Workflows workflows(Environment environment) {
    return WorkflowSettings.read(environment);
  }

  @Bean
  Apis apis(Environment environment) {
    return new Apis(NamedSettings.bind(environment, "tillpost.apis", ApiProperties.class));
  }

  @Bean
  ApiLimits apiLimits(Apis apis) {
    return api -> {
      Long calls = apis.find(api).map(ApiProperties::callsPerMinute).orElse(null);
      return calls == null ? OptionalLong.empty() : OptionalLong.of(calls);
    };
  }

  @Bean
  @ConditionalOnMissingBean
  StoreDirectory storeDirectory(StoresProperties properties) {
    Path file = properties.file();
    return file == null ? StoreDirectory.of(List.of()) : read(file);
  }

  private static StoreDirectory read(Path file) {
    try {
      return switch (StoreCsv.read(Files.readString(file))) {
        case StoreCsv.Result.Read read -> read.stores();
        case StoreCsv.Result.Unreadable unreadable ->
            throw new StartRefused(
                "The stores file "
                    + file
                    + " cannot be used: "
                    + unreadable.problems().stream()
                        .limit(MOST_PROBLEMS_SHOWN)
                        .map(StoreCsv.Problem::toString)
                        .collect(Collectors.joining("; ")));
      };
    } catch (IOException e) {
      throw new StartRefused("The stores file " + file + " cannot be read: " + e.getMessage(), e);
    }
  }
}
