package io.tillpost.console.bench;

import io.tillpost.console.browser.TestUsers;
import io.tillpost.console.security.CurrentOperator;
import io.tillpost.console.security.OperatorDirectory;
import io.tillpost.console.security.SecurityProperties;
import io.tillpost.location.StoreDirectory;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.ImportSelector;
import org.springframework.core.type.AnnotationMetadata;
import org.springframework.security.config.annotation.method.configuration.EnableMethodSecurity;
import org.springframework.security.core.context.SecurityContextHolder;

/**
 * The console without its web: the services that pages and API ask, with their rights, on an
 * embedded node started just as the demo starts its own.
 */
final class BenchConsole {
  private BenchConsole() {}

  /** Starts it; only what is asked for comes into being. */
  static ConfigurableApplicationContext start(
      Path home, int port, Clock clock, StoreDirectory stores) {
    SpringApplication application =
        new SpringApplicationBuilder(Parts.class)
            .web(WebApplicationType.NONE)
            .lazyInitialization(true)
            .registerShutdownHook(false)
            .properties(
                Map.of(
                    "tillpost.home",
                    home.toString(),
                    "tillpost.elasticsearch.embedded.enabled",
                    "true",
                    "tillpost.elasticsearch.embedded.port",
                    Integer.toString(port),
                    "tillpost.security.users-file",
                    TestUsers.file().toString(),
                    "logging.level.root",
                    "WARN"))
            .initializers(
                context -> {
                  context.getBeanFactory().registerSingleton("clock", clock);
                  context
                      .getBeanFactory()
                      .registerSingleton(
                          "logins", SecurityContextHolder.getContextHolderStrategy());
                  context.getBeanFactory().registerSingleton("storeDirectory", stores);
                  context.getBeanFactory().registerSingleton("consoleZone", ZoneOffset.UTC);
                })
            .build();
    return application.run();
  }

  /** What of the console is measured. */
  @Configuration(proxyBeanMethods = false)
  @EnableMethodSecurity
  @EnableConfigurationProperties(SecurityProperties.class)
  @Import({Selected.class, CurrentOperator.class, OperatorDirectory.class})
  static class Parts {}

  /** The configurations are their packages' own, so they are named. */
  static final class Selected implements ImportSelector {
    @Override
    public String[] selectImports(AnnotationMetadata importing) {
      String console = "io.tillpost.console.";
      return new String[] {
        console + "settings.SettingsConfiguration",
        console + "storage.StorageConfiguration",
        console + "classification.ClassificationConfiguration",
        console + "exceptions.ExceptionsConfiguration",
        console + "impact.ImpactConfiguration",
        console + "alerting.AlertDesk",
        console + "audit.AuditConfiguration",
        console + "messages.MessageStories",
        console + "recovery.api.RecoveryConfiguration"
      };
    }
  }
}
