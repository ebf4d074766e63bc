package io.tillpost.elasticsearch.embedded;

import java.nio.file.Path;

/** A node that is small and starts quickly. */
final class TestNode {

  private TestNode() {}

  /** With its server beside those of all other tests of this build. */
  static EmbeddedElasticsearch.Builder at(Path home) {
    return alone(home)
        .shared(Path.of(System.getProperty("tillpost.test.elasticsearch", "target/shared")));
  }

  /** With a server of its own, as a user has it. */
  static EmbeddedElasticsearch.Builder alone(Path home) {
    return EmbeddedElasticsearch.builder()
        .home(home)
        .heap(256)
        .javaOption("-XX:TieredStopAtLevel=1");
  }
}
