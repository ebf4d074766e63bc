package io.tillpost.elasticsearch.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tillpost.elasticsearch.embedded.ElasticsearchStartException.Reason;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.elasticsearch.env.BuildVersion;
import org.elasticsearch.gateway.PersistedClusterStateService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ends of a node, in order and not, and what the next one finds. */
class NodeLifeIT {
  @TempDir Path home;

  @Test
  void keepsItsDocumentsOverAStopAndOverAKill() throws Exception {
    ElasticsearchNode first = start();
    Rest.of(first).fill("sales", 10);
    first.stop();
    assertThat(ProcessHandle.of(first.pid())).isEmpty();
    assertThat(first.isAlive()).isFalse();
    first.stop();

    ElasticsearchNode second = start();
    assertThat(Rest.of(second).count("sales")).isEqualTo(10);
    Rest.of(second).fill("returns", 5);
    ProcessHandle.of(second.pid()).orElseThrow().destroyForcibly();
    assertThat(second.onExit().get(1, TimeUnit.MINUTES)).isNotZero();

    try (ElasticsearchNode third = start()) {
      assertThat(Rest.of(third).count("sales")).isEqualTo(10);
      assertThat(Rest.of(third).count("returns")).isEqualTo(5);
    }
  }

  @Test
  void endsWhenItsParentIsKilledAndIsWaitedForByTheNextStart() throws Exception {
    Process owner =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-cp",
                System.getProperty("java.class.path"),
                NodeOwner.class.getName(),
                home.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    ProcessHandle orphan;
    try (BufferedReader said = owner.inputReader()) {
      String[] words = said.readLine().split(" ", 2);
      orphan = ProcessHandle.of(Long.parseLong(words[0])).orElseThrow();
      new Rest(URI.create(words[1])).fill("sales", 10);
    } finally {
      owner.destroyForcibly();
    }

    // A busy machine takes its time to end what was killed with it.
    try (ElasticsearchNode next =
        TestNode.at(home)
            .homeWait(Duration.ofMinutes(3))
            .startTimeout(Duration.ofMinutes(5))
            .build()
            .start()) {
      assertThat(Rest.of(next).count("sales")).isEqualTo(10);
      assertThat(orphan.isAlive()).isFalse();
    }
  }

  @Test
  void saysThatTheDataIsOfANewerVersion() throws IOException {
    start().stop();
    PersistedClusterStateService.overrideVersion(
        BuildVersion.fromVersionId(9_990_099), home.resolve("data"));

    assertThatExceptionOfType(ElasticsearchStartException.class)
        .isThrownBy(this::start)
        .withMessageContaining("of another version: cannot downgrade a node from version [9.99.0]")
        .returns(Reason.DATA_VERSION, ElasticsearchStartException::reason);
  }

  private ElasticsearchNode start() {
    return TestNode.at(home).build().start();
  }
}
