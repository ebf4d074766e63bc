package io.tillpost.ingest;

import io.tillpost.ingest.log.IngestLogException;
import io.tillpost.message.Workflows;
import io.tillpost.settings.WorkflowSettings;
import io.tillpost.store.Stores;
import io.tillpost.store.elasticsearch.ElasticsearchStores;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;

/** Ingest as a process of its own, with the message store of {@code tillpost.elasticsearch.*}. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@EnableConfigurationProperties(ElasticsearchProperties.class)
@Import(OwnTelemetry.class)
public class IngestApplication {
  private static final int CANNOT_START = 2;

  /** Starts it, and ends with one sentence and exit code 2 where that is not possible. */
  public static void main(String[] arguments) {
    // Words are English: numbers must not be German or Arabic among them where the server is.
    Locale.setDefault(Locale.UK);
    SpringApplication application = new SpringApplication(IngestApplication.class);
    application.setWebApplicationType(WebApplicationType.NONE);
    application.setDefaultProperties(
        Map.of(
            "tillpost.ingest.enabled",
            "true",
            // It tells every setting of each client, and each try to reach a broker; what matters
            // of
            // that ingest says itself.
            "logging.level.org.apache.kafka",
            "warn",
            "logging.level.org.apache.kafka.clients.NetworkClient",
            "error"));
    // Receivers and indexer end in order, however the process is asked to.
    application.setKeepAlive(true);
    try {
      var _ = application.run(arguments);
    } catch (RuntimeException e) {
      String sentence = sentence(e);
      if (sentence == null) {
        throw e;
      }
      System.err.println(sentence);
      System.exit(CANNOT_START);
    }
  }

  private static @Nullable String sentence(Throwable failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof IngestStartException || t instanceof IngestLogException) {
        return t.getMessage();
      }
    }
    return null;
  }

  @Bean
  @ConditionalOnMissingBean
  Workflows workflows(Environment environment) {
    return WorkflowSettings.read(environment);
  }

  @Bean(destroyMethod = "close")
  @ConditionalOnMissingBean
  Stores stores(ElasticsearchProperties config, Workflows workflows) {
    ElasticsearchStores.Builder builder =
        ElasticsearchStores.builder()
            .url(config.urls().toArray(URI[]::new))
            .indexPrefix(config.indexPrefix())
            .workflows(workflows);
    if (config.apiKey() != null) {
      builder.apiKey(config.apiKey());
    } else if (config.username() != null && config.password() != null) {
      builder.basicAuth(config.username(), config.password());
    }
    return builder.build();
  }
}
