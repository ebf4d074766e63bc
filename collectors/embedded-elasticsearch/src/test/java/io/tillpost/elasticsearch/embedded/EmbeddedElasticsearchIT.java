package io.tillpost.elasticsearch.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tillpost.elasticsearch.embedded.ElasticsearchStartException.Reason;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.elasticsearch.env.BuildVersion;
import org.elasticsearch.gateway.PersistedClusterStateService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class EmbeddedElasticsearchIT {
  @TempDir Path home;

  @Test
  void introducesItselfAndStoresAndFindsDocuments() throws Exception {
    try (ElasticsearchNode node = node().start()) {
      Rest rest = Rest.of(node);

      JsonNode root = rest.get("/");
      assertThat(root.at("/version/number").asString()).startsWith("9.");
      assertThat(root.at("/version/lucene_version").asString()).isNotEmpty();
      assertThat(root.at("/version/minimum_wire_compatibility_version").asString()).isNotEmpty();
      assertThat(root.at("/cluster_name").asString()).isEqualTo("tillpost");
      assertThat(root.at("/cluster_uuid").asString()).hasSize(22);
      assertThat(root.at("/tagline").asString()).isEqualTo("You Know, for Search");
      assertThat(rest.send("HEAD", "/", "").statusCode()).isEqualTo(200);

      rest.fill("sales", 700);
      JsonNode found =
          rest.ok(
              "POST",
              "/sales/_search",
              """
              {"size": 0, "query": {"term": {"store.keyword": "S3"}},
               "aggs": {"total": {"sum": {"field": "amount"}}}}
              """);
      assertThat(found.at("/hits/total/value").asLong()).isEqualTo(100);
      assertThat(found.at("/aggregations/total/value").asDouble()).isEqualTo(34_950);
    }
  }

  @Test
  void listensOnTheLoopbackAddressOnly() throws Exception {
    try (ElasticsearchNode node = node().start()) {
      JsonNode http = Rest.of(node).get("/_nodes/_local/http,transport").at("/nodes");
      JsonNode self = http.iterator().next();

      assertThat(self.at("/http/bound_address").toString())
          .isEqualTo("[\"127.0.0.1:" + node.uri().getPort() + "\"]");
      assertThat(self.at("/transport/bound_address").toString()).startsWith("[\"127.0.0.1:");
    }
  }

  @Test
  void keepsItsDocumentsOverAStop() throws Exception {
    ElasticsearchNode first = node().start();
    Rest.of(first).fill("sales", 10);
    first.stop();
    assertThat(first.isAlive()).isFalse();
    assertThat(ProcessHandle.of(first.pid())).isEmpty();
    assertThat(first.onExit()).isCompleted();
    first.stop();

    try (ElasticsearchNode second = node().start()) {
      assertThat(Rest.of(second).count("sales")).isEqualTo(10);
    }
  }

  @Test
  void keepsItsDocumentsWhenItIsKilled() throws Exception {
    ElasticsearchNode first = node().start();
    Rest.of(first).fill("sales", 10);
    ProcessHandle.of(first.pid()).orElseThrow().destroyForcibly();
    assertThat(first.onExit().get(10, TimeUnit.SECONDS)).isNotZero();

    try (ElasticsearchNode second = node().start()) {
      assertThat(Rest.of(second).count("sales")).isEqualTo(10);
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

    try (ElasticsearchNode next = node().start()) {
      assertThat(Rest.of(next).count("sales")).isEqualTo(10);
      assertThat(orphan.isAlive()).isFalse();
    }
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "it has no signals")
  void outlivesCtrlCInTheTerminalOfItsConsole() throws Exception {
    try (ElasticsearchNode node = node().start()) {
      for (String signal : List.of("-INT", "-HUP")) {
        int exit = new ProcessBuilder("kill", signal, Long.toString(node.pid())).start().waitFor();
        assertThat(exit).isZero();
      }
      Awaitility.await()
          .during(Duration.ofSeconds(1))
          .atMost(Duration.ofSeconds(5))
          .until(node::isAlive);
      assertThat(Rest.of(node).get("/").at("/name").asString()).isEqualTo("tillpost");
    }
  }

  @Test
  void saysThatThePortIsBusyAndLeavesNoChild() throws Exception {
    try (ServerSocket busy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = busy.getLocalPort();

      assertThatExceptionOfType(ElasticsearchStartException.class)
          .isThrownBy(() -> builder().httpPort(port).build().start())
          .withMessage(
              "Elasticsearch did not start: 127.0.0.1:%s is already in use by another process;"
                  + " its log is %s.",
              port, home.resolve("logs/elasticsearch.log"))
          .returns(Reason.PORT_UNAVAILABLE, ElasticsearchStartException::reason);
    }
    assertThat(ProcessHandle.current().children()).isEmpty();
  }

  @Test
  void saysWhoElseUsesTheHome() {
    try (ElasticsearchNode node = node().start()) {
      assertThatExceptionOfType(ElasticsearchStartException.class)
          .isThrownBy(() -> builder().homeWait(Duration.ofMillis(200)).build().start())
          .withMessageContaining(
              "%s is in use by another running node (process %s)", home, node.pid())
          .returns(Reason.HOME_IN_USE, ElasticsearchStartException::reason);
      assertThat(node.isAlive()).isTrue();
    }
  }

  @Test
  void saysThatTheDataIsOfANewerVersion() throws IOException {
    node().start().stop();
    PersistedClusterStateService.overrideVersion(
        BuildVersion.fromVersionId(9_990_099), home.resolve("data"));

    assertThatExceptionOfType(ElasticsearchStartException.class)
        .isThrownBy(() -> node().start())
        .withMessageContaining(
            "is of another version: cannot downgrade a node from version [9.99.0]")
        .returns(Reason.DATA_VERSION, ElasticsearchStartException::reason);
  }

  @Test
  void passesOnWhatTheServerSaysOfAWrongSetting() {
    assertThatExceptionOfType(ElasticsearchStartException.class)
        .isThrownBy(() -> builder().setting("no.such.setting", "1").build().start())
        .withMessageContaining("unknown setting [no.such.setting]");
  }

  private EmbeddedElasticsearch node() {
    return builder().build();
  }

  private EmbeddedElasticsearch.Builder builder() {
    return EmbeddedElasticsearch.builder().home(home).heap(256);
  }
}
