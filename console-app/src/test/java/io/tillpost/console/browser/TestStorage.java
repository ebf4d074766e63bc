package io.tillpost.console.browser;

import io.tillpost.console.live.HeldUpdates;
import io.tillpost.location.Store;
import io.tillpost.location.StoreDirectory;
import io.tillpost.message.Workflows;
import io.tillpost.store.memory.InMemoryStores;
import io.tillpost.testing.Samples;
import java.time.Clock;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import org.springframework.security.core.context.SecurityContextHolderStrategy;

/**
 * The storage of browser tests: in memory, the same ports and meaning as the real one, and
 * answering when the test wants; with the workflows of the samples and two stores.
 */
@TestConfiguration(proxyBeanMethods = false)
public class TestStorage {
  @Bean
  @Primary
  InMemoryStores inMemoryStores() {
    return new InMemoryStores();
  }

  @Bean
  @Primary
  HeldUpdates heldUpdates(SecurityContextHolderStrategy logins, Clock clock) {
    return new HeldUpdates(logins, clock);
  }

  @Bean
  @Primary
  Workflows testWorkflows() {
    return Samples.workflows();
  }

  @Bean
  @Primary
  StoreDirectory testStores() {
    return StoreDirectory.of(List.of(store("0412", "Cork"), store("0413", "Galway")));
  }

  private static Store store(String id, String name) {
    return new Store(
        id,
        name,
        "West",
        ZoneId.of("Europe/Dublin"),
        "EUR",
        LocalTime.of(8, 0),
        LocalTime.of(22, 0),
        4);
  }
}
