package io.tillpost.store.elasticsearch;

import static io.tillpost.testing.Samples.MORNING;

import io.tillpost.store.Stores;
import io.tillpost.testing.EmbeddedElasticsearchNode;
import io.tillpost.testing.MutableClock;
import org.junit.jupiter.api.AfterEach;

/** Stores in a real Elasticsearch, each test with indices of its own. */
abstract class WithElasticsearch {
  final MutableClock clock = MutableClock.at(MORNING.plusSeconds(60));
  final String prefix = EmbeddedElasticsearchNode.newPrefix();
  final Stores stores = EmbeddedElasticsearchNode.stores(prefix).clock(clock).build();

  @AfterEach
  void dropIndices() {
    stores.close();
    EmbeddedElasticsearchNode.drop(prefix);
  }
}
