package io.tillpost.console.storage;

import io.tillpost.console.settings.TillpostHome;
import io.tillpost.console.start.Progress;
import io.tillpost.message.Workflows;
import io.tillpost.store.StoreHealth;
import io.tillpost.store.Stores;
import io.tillpost.store.elasticsearch.ElasticsearchStores;
import java.net.URI;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.ContextClosedEvent;

/**
 * The stores of the console. The embedded node is a bean that the stores depend on, so it starts
 * before and stops after everything that reads or writes.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ElasticsearchProperties.class)
class StorageConfiguration {

  @Bean
  @ConditionalOnProperty("tillpost.elasticsearch.embedded.enabled")
  EmbeddedNode embeddedNode(
      ElasticsearchProperties properties, TillpostHome home, Progress progress) {
    return EmbeddedNode.start(properties.embedded(), home.resolve("elasticsearch"), progress);
  }

  @Bean
  ApplicationListener<ContextClosedEvent> embeddedNodeEnd(ObjectProvider<EmbeddedNode> node) {
    return event -> node.ifAvailable(EmbeddedNode::expectEnd);
  }

  @Bean
  @ConditionalOnMissingBean
  Stores stores(
      ElasticsearchProperties properties,
      ObjectProvider<EmbeddedNode> node,
      Workflows workflows,
      Clock clock) {
    EmbeddedNode embedded = node.getIfAvailable();
    ElasticsearchStores.Builder builder =
        ElasticsearchStores.builder()
            .url(
                embedded == null
                    ? properties.urls().toArray(URI[]::new)
                    : new URI[] {embedded.uri()})
            .indexPrefix(properties.indexPrefix())
            .workflows(workflows)
            .clock(clock);
    String apiKey = properties.apiKey();
    String username = properties.username();
    String password = properties.password();
    if (apiKey != null) {
      builder.apiKey(apiKey);
    } else if (username != null && password != null) {
      builder.basicAuth(username, password);
    }
    return builder.build();
  }

  @Bean
  HealthIndicator elasticsearchHealthIndicator(Stores stores) {
    return () ->
        switch (stores.health().check()) {
          case StoreHealth.State.Up up -> Health.up().withDetail("said", up.detail()).build();
          case StoreHealth.State.Down down ->
              Health.down().withDetail("said", down.reason()).build();
        };
  }
}
