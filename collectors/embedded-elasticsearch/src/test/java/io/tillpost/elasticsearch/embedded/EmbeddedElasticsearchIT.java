package io.tillpost.elasticsearch.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tillpost.elasticsearch.embedded.ElasticsearchStartException.Reason;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A node that runs, and what stands in the way of a second one. */
class EmbeddedElasticsearchIT {
  @TempDir static Path home;

  private static ElasticsearchNode node;

  @BeforeAll
  static void start() {
    node = TestNode.at(home).build().start();
  }

  @AfterAll
  static void stop() {
    node.stop();
  }

  @Test
  void introducesItselfAsAnyClientExpectsIt() throws Exception {
    JsonNode root = Rest.of(node).get("/");

    assertThat(root.at("/name").asString()).isEqualTo("tillpost");
    assertThat(root.at("/cluster_name").asString()).isEqualTo("tillpost");
    assertThat(root.at("/cluster_uuid").asString()).hasSize(22);
    assertThat(root.at("/version/number").asString()).startsWith("9.");
    assertThat(root.at("/version/lucene_version").asString()).isNotEmpty();
    assertThat(root.at("/version/minimum_wire_compatibility_version").asString()).isNotEmpty();
    assertThat(root.at("/tagline").asString()).isEqualTo("You Know, for Search");
    assertThat(Rest.of(node).send("HEAD", "/", "").statusCode()).isEqualTo(200);
  }

  @Test
  void storesDocumentsInBulkAndFindsAndSumsThem() throws Exception {
    Rest rest = Rest.of(node);
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

  @Test
  void listensOnTheLoopbackAddressOnly() throws Exception {
    JsonNode nodes = Rest.of(node).get("/_nodes/_local/http,transport").at("/nodes");
    JsonNode self = nodes.iterator().next();

    assertThat(self.at("/http/bound_address").toString())
        .isEqualTo("[\"127.0.0.1:" + node.uri().getPort() + "\"]");
    assertThat(self.at("/transport/bound_address").toString()).startsWith("[\"127.0.0.1:");
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "it has no signals")
  void outlivesCtrlCInTheTerminalOfItsConsole() throws Exception {
    for (String signal : List.of("-INT", "-HUP")) {
      Process kill = new ProcessBuilder("kill", signal, Long.toString(node.pid())).start();
      assertThat(kill.waitFor()).isZero();
    }

    Awaitility.await()
        .during(Duration.ofSeconds(1))
        .atMost(Duration.ofSeconds(5))
        .until(node::isAlive);
    assertThat(Rest.of(node).get("/").at("/name").asString()).isEqualTo("tillpost");
  }

  @Test
  void saysWhoElseUsesTheHome() {
    EmbeddedElasticsearch second = TestNode.at(home).homeWait(Duration.ofMillis(200)).build();

    assertThatExceptionOfType(ElasticsearchStartException.class)
        .isThrownBy(second::start)
        .withMessageContaining(
            "%s is in use by another running node (process %s)", home, node.pid())
        .returns(Reason.HOME_IN_USE, ElasticsearchStartException::reason);
    assertThat(node.isAlive()).isTrue();
  }

  @Test
  void saysThatThePortIsBusyAndLeavesNoChild(@TempDir Path other) throws Exception {
    List<ProcessHandle> children = ProcessHandle.current().children().toList();
    try (ServerSocket busy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = busy.getLocalPort();

      assertThatExceptionOfType(ElasticsearchStartException.class)
          .isThrownBy(() -> TestNode.alone(other).httpPort(port).build().start())
          .withMessage(
              "Elasticsearch did not start: 127.0.0.1:%s is already in use by another process;"
                  + " its log is %s.",
              port, other.resolve("logs/elasticsearch.log"))
          .returns(Reason.PORT_UNAVAILABLE, ElasticsearchStartException::reason);
    }
    assertThat(ProcessHandle.current().children()).hasSameElementsAs(children);
  }

  @Test
  void passesOnWhatTheServerSaysOfAWrongSetting(@TempDir Path other) {
    EmbeddedElasticsearch wrong = TestNode.alone(other).setting("no.such.setting", "1").build();

    assertThatExceptionOfType(ElasticsearchStartException.class)
        .isThrownBy(wrong::start)
        .withMessageContaining("unknown setting [no.such.setting]");
  }
}
