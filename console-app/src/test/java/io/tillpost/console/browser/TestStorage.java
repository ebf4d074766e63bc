package io.tillpost.console.browser;

import io.tillpost.store.memory.InMemoryStores;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

/** The storage of browser tests: in memory, the same ports and meaning as the real one. */
@TestConfiguration(proxyBeanMethods = false)
public class TestStorage {
  @Bean
  @Primary
  InMemoryStores inMemoryStores() {
    return new InMemoryStores();
  }
}
