package io.tillpost.elasticsearch.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class NodeCommandTest {
  private static final Path HOME = Path.of("/srv/tillpost/elasticsearch");
  private static final Path DISTRIBUTION = HOME.resolve("distribution/abc");

  @Test
  void startsTheRunningJavaWithTheServerOnItsModulePath() {
    List<String> line = NodeCommand.line(options(512, Map.of()), DISTRIBUTION);

    assertThat(line.getFirst()).startsWith(System.getProperty("java.home")).contains("java");
    assertThat(line)
        .containsSubsequence("--module-path", DISTRIBUTION.resolve("lib").toString())
        .containsSubsequence(
            "-cp",
            DISTRIBUTION.resolve("launcher/launcher.jar").toString(),
            NodeMain.class.getName())
        .contains("path.home=" + DISTRIBUTION);
  }

  @Test
  void givesTheHeapItsHalfInDirectMemoryAndNoPooledBuffersWhenItIsSmall() {
    assertThat(NodeCommand.line(options(512, Map.of()), DISTRIBUTION))
        .contains(
            "-Xms512m",
            "-Xmx512m",
            "-XX:MaxDirectMemorySize=256m",
            "-Dio.netty.allocator.type=unpooled");
    assertThat(NodeCommand.line(options(2048, Map.of()), DISTRIBUTION))
        .contains("-Xmx2048m")
        .doesNotContain("-Dio.netty.allocator.type=unpooled");
  }

  @Test
  void addsAnyFurtherFlagBehindItsOwn() {
    assertThat(NodeCommand.line(options(512, Map.of()), DISTRIBUTION))
        .containsSubsequence("-Xmx512m", "-Dmine=1", NodeMain.class.getName());
  }

  @Test
  void keepsAllItWritesBelowItsHome() {
    assertThat(NodeCommand.line(options(512, Map.of()), DISTRIBUTION))
        .contains(
            "-Djava.io.tmpdir=" + HOME.resolve("tmp"),
            "path.data=" + HOME.resolve("data"),
            "path.logs=" + HOME.resolve("logs"));
  }

  @Test
  void archivesItsClassesBesideASharedServerOnly() {
    Path shared = Path.of("/srv/shared");

    assertThat(options(shared, 512, Map.of()).distributions()).isEqualTo(shared);
    assertThat(NodeCommand.line(options(shared, 512, Map.of()), shared.resolve("abc")))
        .contains(
            "-XX:+AutoCreateSharedArchive",
            "-XX:SharedArchiveFile=" + shared.resolve("abc.jsa"),
            "path.data=" + HOME.resolve("data"));
    assertThat(options(512, Map.of()).distributions()).isEqualTo(HOME.resolve("distribution"));
    assertThat(NodeCommand.line(options(512, Map.of()), DISTRIBUTION))
        .noneMatch(flag -> flag.contains("SharedArchive"));
  }

  @Test
  void listensOnTheLoopbackAddress() {
    assertThat(NodeCommand.line(options(512, Map.of()), DISTRIBUTION))
        .contains("network.host=127.0.0.1", "http.port=0");
  }

  @Test
  void setsEveryDiskWatermarkInBytes() {
    assertThat(options(512, Map.of()).serverSettings().entrySet())
        .filteredOn(setting -> setting.getKey().contains("watermark"))
        .hasSize(3)
        .allSatisfy(setting -> assertThat(setting.getValue()).matches("\\d+(mb|gb)"));
  }

  @Test
  void letsASettingWinOverADefault() {
    Map<String, String> settings =
        options(512, Map.of("discovery.type", "multi-node", "node.name", "two")).serverSettings();

    assertThat(settings)
        .containsEntry("discovery.type", "multi-node")
        .containsEntry("node.name", "two");
  }

  @Test
  void hidesTheEnvironmentOfTheConsoleFromTheServer() {
    Map<String, String> environment =
        new HashMap<>(
            Map.of("PATH", "/bin", "DB_PASSWORD", "x", "JAVA_TOOL_OPTIONS", "-javaagent:a.jar"));

    NodeCommand.reduce(environment);

    assertThat(environment).containsOnlyKeys("PATH");
  }

  private static NodeOptions options(int heap, Map<String, String> settings) {
    return options(null, heap, settings);
  }

  private static NodeOptions options(
      @Nullable Path shared, int heap, Map<String, String> settings) {
    return new NodeOptions(
        HOME,
        shared,
        heap,
        0,
        "tillpost",
        Duration.ofMinutes(1),
        Duration.ofSeconds(1),
        settings,
        List.of("-Dmine=1"));
  }
}
