package io.tillpost.console.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The second shape of Tillpost is well-formed Compose, pinned, and keeps its secrets outside. */
class ComposeFileTest {
  private static final Path ROOT = ComposeFile.home();
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Z_]+)([^}]*)}");
  private static final Pattern DURATION = Pattern.compile("\\d+(s|m)");

  /**
   * The keys of a service that are used here, and the shape the Compose Specification gives them.
   */
  private static final Map<String, Class<?>> SERVICE_KEYS =
      Map.ofEntries(
          Map.entry("build", Map.class),
          Map.entry("cap_drop", List.class),
          Map.entry("command", List.class),
          Map.entry("depends_on", Map.class),
          Map.entry("entrypoint", List.class),
          Map.entry("environment", Map.class),
          Map.entry("healthcheck", Map.class),
          Map.entry("image", String.class),
          Map.entry("logging", Map.class),
          Map.entry("mem_limit", String.class),
          Map.entry("networks", List.class),
          Map.entry("ports", List.class),
          Map.entry("read_only", Boolean.class),
          Map.entry("restart", String.class),
          Map.entry("security_opt", List.class),
          Map.entry("stop_grace_period", String.class),
          Map.entry("tmpfs", List.class),
          Map.entry("ulimits", Map.class),
          Map.entry("user", String.class),
          Map.entry("volumes", List.class));

  private static ComposeFile file;

  @BeforeAll
  static void read() throws IOException {
    file = ComposeFile.read(ROOT.resolve("docker-compose.yml"));
  }

  @Test
  void holdsOnlyWhatTheCompositionKnows() {
    assertThat(file.root().keySet())
        .filteredOn(key -> !key.startsWith("x-"))
        .containsExactlyInAnyOrder("name", "services", "networks", "volumes");
    assertThat(file.services())
        .extracting(ComposeService::name)
        .contains("elasticsearch", "kafka", "ingest", "ingest-2", "console", "mail");
  }

  @ParameterizedTest
  @MethodSource("services")
  void givesEveryKeyOfAServiceItsShape(ComposeService service) {
    assertThat(service.keys())
        .allSatisfy(
            (key, value) -> {
              assertThat(SERVICE_KEYS).as("a known key").containsKey(key);
              assertThat(value).as(key).isInstanceOf(SERVICE_KEYS.get(key));
            });
    assertThat(service.map("environment").values())
        .as("a bare true or 1 means another thing to another reader")
        .allSatisfy(value -> assertThat(value).isInstanceOf(String.class));
    assertThat(service.text("restart")).isIn("no", "unless-stopped");
  }

  @ParameterizedTest
  @MethodSource("services")
  void pinsTheVersionOfEveryImage(ComposeService service) {
    assertThat(service.text("image")).matches("[a-z0-9./-]+:v?\\d+\\.\\d+\\.\\d+(-SNAPSHOT)?");
  }

  @Test
  void runsTheElasticsearchThatIsEmbeddedElsewhere() throws IOException {
    assertThat(file.service("elasticsearch").text("image"))
        .isEqualTo(
            "docker.elastic.co/elasticsearch/elasticsearch:" + property("elasticsearch.version"));
    assertThat(file.service("elasticsearch-setup").text("image"))
        .isEqualTo(file.service("elasticsearch").text("image"));
  }

  @ParameterizedTest
  @MethodSource("services")
  void publishesOnTheLoopbackAddressOnly(ComposeService service) {
    assertThat(service.list("ports"))
        .allSatisfy(port -> assertThat(port).matches("127\\.0\\.0\\.1:\\d+:\\d+"));
  }

  @Test
  void keepsElasticsearchOnANetworkOfItsOwnAndLockedWithAPassword() {
    ComposeService elasticsearch = file.service("elasticsearch");

    assertThat(elasticsearch.list("ports")).isEmpty();
    assertThat(elasticsearch.list("networks")).containsExactly("storage");
    assertThat(ComposeFile.map(file.section("networks").get("storage")))
        .containsEntry("internal", true);
    assertThat(elasticsearch.map("environment")).containsEntry("xpack.security.enabled", "true");
  }

  @Test
  void keepsKafkaOnANetworkOfItsOwnWithIngestAlone() {
    assertThat(file.service("kafka").list("ports")).isEmpty();
    assertThat(file.service("kafka").list("networks")).containsExactly("log");
    assertThat(ComposeFile.map(file.section("networks").get("log")))
        .containsEntry("internal", true);
    assertThat(file.services())
        .filteredOn(service -> service.list("networks").contains("log"))
        .extracting(ComposeService::name)
        .containsExactlyInAnyOrder("kafka", "ingest", "ingest-2");
  }

  @Test
  void leavesStorageAndIngestToTheirOwnContainers() {
    assertThat(file.service("console").map("environment"))
        .containsEntry("TILLPOST_ELASTICSEARCH_EMBEDDED_ENABLED", "false")
        .containsEntry("TILLPOST_INGEST_ENABLED", "false");
    assertThat(file.service("ingest").map("environment"))
        .containsEntry("TILLPOST_INGEST_ENABLED", "true");
  }

  @ParameterizedTest
  @MethodSource("services")
  void waitsForServicesThatCanBeWaitedFor(ComposeService service) {
    service
        .map("depends_on")
        .forEach(
            (name, how) -> {
              ComposeService awaited = file.service(name);
              if (awaited.runsOnce()) {
                assertThat(how).isEqualTo(Map.of("condition", "service_completed_successfully"));
              } else {
                assertThat(how).isEqualTo(Map.of("condition", "service_healthy"));
              }
            });
  }

  @ParameterizedTest
  @MethodSource("services")
  void asksEveryLastingServiceForItsHealth(ComposeService service) {
    if (service.runsOnce()) {
      assertThat(service.keys()).doesNotContainKey("healthcheck");
      return;
    }
    Map<String, Object> check = service.map("healthcheck");
    assertThat(check.keySet())
        .isSubsetOf("test", "interval", "timeout", "start_period", "retries")
        .contains("test", "interval", "timeout", "retries");
    assertThat((List<?>) check.get("test")).hasSizeGreaterThan(1).first().isIn("CMD", "CMD-SHELL");
    for (String key : List.of("interval", "timeout")) {
      assertThat((String) check.get(key)).matches(DURATION);
    }
  }

  @Test
  void declaresEveryNetworkAndVolumeThatIsUsedAndNoOther() {
    Set<String> networks = new TreeSet<>();
    Set<String> volumes = new TreeSet<>();
    for (ComposeService service : file.services()) {
      networks.addAll(service.list("networks"));
      service.list("volumes").stream()
          .map(volume -> VARIABLE.matcher(volume).replaceAll("/"))
          .map(volume -> volume.substring(0, volume.indexOf(':')))
          .filter(source -> !source.startsWith("/"))
          .forEach(volumes::add);
    }

    assertThat(file.section("networks").keySet()).isEqualTo(networks);
    assertThat(file.section("volumes").keySet()).isEqualTo(volumes);
  }

  @ParameterizedTest
  @MethodSource("services")
  void takesEverySecretFromTheEnvironmentAndSaysWhatItIs(ComposeService service) {
    assertThat(service.map("environment"))
        .allSatisfy(
            (key, value) -> {
              if (key.matches(".*(PASSWORD|SECRET|TOKEN|KEY).*")) {
                assertThat((String) value).matches("\\$\\{[A-Z_]+:\\?[^}]{10,}}");
              }
            });
  }

  @Test
  void namesEveryVariableInTheExampleAndGivesNoneAValue() throws IOException {
    Set<String> used = new TreeSet<>();
    Matcher matcher = VARIABLE.matcher(Files.readString(ROOT.resolve("docker-compose.yml")));
    while (matcher.find()) {
      used.add(matcher.group(1));
      assertThat(matcher.group(2)).as("required, with a reason").startsWith(":?");
    }

    List<String> example = Files.readAllLines(ROOT.resolve(".env.example"));
    assertThat(example.stream().filter(line -> !line.isEmpty() && !line.startsWith("#")))
        .containsExactlyInAnyOrderElementsOf(used.stream().map(name -> name + "=").toList());
    assertThat(Files.readAllLines(ROOT.resolve(".gitignore"))).contains(".env");
  }

  @ParameterizedTest
  @MethodSource("services")
  void dropsTheRightsThatNobodyNeeds(ComposeService service) throws IOException {
    assertThat(service.list("cap_drop")).containsExactly("ALL");
    assertThat(service.list("security_opt")).containsExactly("no-new-privileges:true");
    String user =
        service.keys().containsKey("build")
            ? instructions(service, "USER").getLast()
            : service.text("user");
    assertThat(user).matches("[1-9]\\d*:\\d+");
  }

  @ParameterizedTest
  @MethodSource("builtServices")
  void buildsOnAPinnedJavaOfTheVersionThatCompiles(ComposeService service) throws IOException {
    assertThat(instructions(service, "FROM"))
        .hasSize(2)
        .allSatisfy(
            from ->
                assertThat(from)
                    .matches(
                        "eclipse-temurin:"
                            + property("java.version")
                            + "\\.\\d+\\.\\d+_\\d+-(jdk|jre)-noble( AS layers)?"));
    assertThat(instructions(service, "ADD")).isEmpty();
    assertThat(instructions(service, "EXPOSE").getFirst().split(" "))
        .containsExactlyElementsOf(
            service.list("ports").stream().map(p -> p.substring(p.lastIndexOf(':') + 1)).toList());
    assertThat(Files.readAllLines(context(service).resolve(".dockerignore")))
        .containsExactly("*", "!target/*.jar");
  }

  private static List<ComposeService> services() {
    return file.services();
  }

  private static Stream<ComposeService> builtServices() {
    return services().stream().filter(service -> service.keys().containsKey("build"));
  }

  private static Path context(ComposeService service) {
    return ROOT.resolve((String) service.map("build").get("context"));
  }

  /** The arguments of one kind of instruction in the service's Dockerfile, in order. */
  private static List<String> instructions(ComposeService service, String name) throws IOException {
    List<String> found = new ArrayList<>();
    for (String line : Files.readAllLines(context(service).resolve("Dockerfile"))) {
      if (line.startsWith(name + " ")) {
        found.add(line.substring(name.length() + 1));
      }
    }
    return found;
  }

  private static String property(String name) throws IOException {
    Matcher matcher =
        Pattern.compile("<" + Pattern.quote(name) + ">(.*)</")
            .matcher(Files.readString(ROOT.resolve("pom.xml")));
    assertThat(matcher.find()).as(name).isTrue();
    return matcher.group(1);
  }
}
