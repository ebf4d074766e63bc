package io.tillpost.console.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillpost.alerting.AlertingProperties;
import io.tillpost.console.security.SecurityProperties;
import io.tillpost.console.settings.ConfigurationKeys;
import io.tillpost.console.settings.ConfigurationKeys.Bound;
import io.tillpost.console.storage.ElasticsearchProperties;
import io.tillpost.ingest.IngestProperties;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.UnboundElementsSourceFilter;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.io.FileSystemResource;

/** What the images and the Compose file put into the environment is what the processes read. */
class ComposeEnvironmentTest {
  private static final Path ROOT = ComposeFile.home();
  private static final Path EXAMPLE = ROOT.resolve("console-app/docs/tillpost.example.yml");
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Z_]+):\\?[^}]*}");
  private static final Pattern OWN = Pattern.compile("TILLPOST_[A-Z_]+");

  /** What somebody puts into {@code .env}. */
  private static final Map<String, String> CHOSEN =
      Map.of(
          "ELASTIC_PASSWORD", "elasticelastic",
          "TILLPOST_ELASTICSEARCH_PASSWORD", "onlyfortillpost",
          "TILLPOST_INGEST_API_KEYS", "sha256:" + "0a".repeat(32) + ",sha256:" + "0b".repeat(32),
          "TILLPOST_CONFIG", "./config");

  @ParameterizedTest
  @ValueSource(strings = {"ingest", "ingest-2", "console"})
  void everyVariableIsAKeyThatTheProcessReads(String service) throws IOException {
    Set<String> known =
        records(service).stream()
            .flatMap(bound -> ConfigurationKeys.of(bound).stream())
            .map(ComposeEnvironmentTest::variable)
            .collect(Collectors.toSet());
    known.add("TILLPOST_HOME");

    assertThat(environment(service).keySet())
        .filteredOn(name -> OWN.matcher(name).matches())
        .isNotEmpty()
        .isSubsetOf(known);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ingest", "ingest-2", "console"})
  void theProcessStartsWithTheExampleAsItsConfiguration(String service) throws IOException {
    Binder binder = binder(service);

    assertThat(records(service))
        .allSatisfy(bound -> assertThat(bind(binder, bound.prefix(), bound.type())).isNotNull());
  }

  @ParameterizedTest
  @CsvSource({"ingest, ingest-data", "ingest-2, ingest-2-data"})
  void ingestTakesInFromEverywhereWithKeysAndKeepsItsLogInKafka(String service, String volume)
      throws IOException {
    IngestProperties ingest = bind(binder(service), "tillpost.ingest", IngestProperties.class);

    assertThat(ingest.enabled()).isTrue();
    assertThat(ingest.host()).isEqualTo("0.0.0.0");
    assertThat(ingest.apiKeys()).hasSize(2).allMatch(key -> key.matches("sha256:[0-9a-f]{64}"));
    assertThat(ingest.grpcPort()).isEqualTo(4317);
    assertThat(ingest.httpPort()).isEqualTo(4318);
    assertThat(ingest.log().directory()).startsWithRaw(volume(service, volume));
    assertThat(ingest.log().kind()).isEqualTo(IngestProperties.LogKind.KAFKA);
    assertThat(ingest.log().kafka().bootstrapServers()).containsExactly("kafka:9092");
    assertThat(ingest.log().kafka().replicationFactor()).as("brokers").isEqualTo((short) 1);
    assertThat(ingest.log().kafka().minInsyncReplicas()).isEqualTo(1);
  }

  @Test
  void theConsoleUsesTheClusterAndRunsNeitherStorageNorIngestItself() throws IOException {
    Binder binder = binder("console");
    ElasticsearchProperties elasticsearch =
        bind(binder, "tillpost.elasticsearch", ElasticsearchProperties.class);

    assertThat(elasticsearch.urls()).containsExactly(URI.create("http://elasticsearch:9200"));
    assertThat(elasticsearch.username()).isEqualTo("tillpost");
    assertThat(elasticsearch.password()).isEqualTo("onlyfortillpost");
    assertThat(elasticsearch.embedded().enabled()).isFalse();
    assertThat(bind(binder, "tillpost.ingest", IngestProperties.class).enabled()).isFalse();
    assertThat(bind(binder, "tillpost.alerting", AlertingProperties.class).enabled()).isTrue();
    assertThat(bind(binder, "tillpost.security", SecurityProperties.class).usersFile())
        .isEqualTo(Path.of("/etc/tillpost/users.yml"));
    assertThat(Path.of(environment("console").get("TILLPOST_HOME")))
        .startsWithRaw(volume("console", "console-data"));
  }

  private static List<Bound> records(String service) {
    Predicate<Bound> ofIngest = Bound::isOfIngest;
    return ConfigurationKeys.bound().stream()
        .filter(service.startsWith("ingest") ? ofIngest : bound -> !isStorageOfIngest(bound))
        .toList();
  }

  /** The console has its own record for the same keys. */
  private static boolean isStorageOfIngest(Bound bound) {
    return bound.isOfIngest() && bound.prefix().equals("tillpost.elasticsearch");
  }

  /** As Spring Boot finds a key in the environment. */
  private static String variable(String key) {
    return key.replaceAll("[.-]", "_").toUpperCase(Locale.ROOT);
  }

  private static Binder binder(String service) throws IOException {
    Map<String, Object> variables = new HashMap<>(environment(service));
    // What the example takes from the environment itself.
    Matcher placeholder =
        Pattern.compile("(?m)^\\s*[^#\\n]*\\$\\{([A-Z_]+)}").matcher(Files.readString(EXAMPLE));
    while (placeholder.find()) {
      variables.putIfAbsent(placeholder.group(1), "chosen");
    }
    StandardEnvironment environment = new StandardEnvironment();
    environment
        .getPropertySources()
        .replace(
            StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
            new SystemEnvironmentPropertySource(
                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, variables));
    new YamlPropertySourceLoader()
        .load("tillpost.yml", new FileSystemResource(EXAMPLE))
        .forEach(environment.getPropertySources()::addLast);
    return Binder.get(environment);
  }

  private static <T> T bind(Binder binder, String prefix, Class<T> type) {
    boolean strict =
        ConfigurationKeys.bound().stream()
            .anyMatch(bound -> bound.type() == type && bound.refusesUnknown());
    BindHandler handler =
        strict
            ? new NoUnboundElementsBindHandler(
                BindHandler.DEFAULT, new UnboundElementsSourceFilter())
            : BindHandler.DEFAULT;
    return binder.bindOrCreate(prefix, Bindable.of(type), handler);
  }

  /** What the image sets and the Compose file adds, with {@code .env} filled in. */
  private static Map<String, String> environment(String name) throws IOException {
    ComposeService service = ComposeFile.read(ROOT.resolve("docker-compose.yml")).service(name);
    Map<String, String> variables = new TreeMap<>();
    Path context = ROOT.resolve((String) service.map("build").get("context"));
    for (String line : Files.readAllLines(context.resolve("Dockerfile"))) {
      if (line.startsWith("ENV ")) {
        String[] pair = line.substring("ENV ".length()).split("=", 2);
        variables.put(pair[0], pair[1]);
      }
    }
    service
        .map("environment")
        .forEach(
            (key, value) ->
                variables.put(
                    key,
                    VARIABLE
                        .matcher((String) value)
                        .replaceAll(found -> CHOSEN.get(found.group(1)))));
    return variables;
  }

  /** Where the container has that volume. */
  private static Path volume(String service, String volume) throws IOException {
    return ComposeFile.read(ROOT.resolve("docker-compose.yml"))
        .service(service)
        .list("volumes")
        .stream()
        .filter(entry -> entry.startsWith(volume + ":"))
        .map(entry -> Path.of(entry.substring(volume.length() + 1)))
        .findFirst()
        .orElseThrow();
  }
}
