package io.tillpost.elasticsearch.embedded;

import java.nio.file.Path;

/** A node that is small and starts quickly. */
final class TestNode {

  private TestNode() {}

  static EmbeddedElasticsearch.Builder at(Path home) {
    return EmbeddedElasticsearch.builder()
        .home(home)
        .heap(256)
        .javaOption("-XX:TieredStopAtLevel=1");
  }
}
