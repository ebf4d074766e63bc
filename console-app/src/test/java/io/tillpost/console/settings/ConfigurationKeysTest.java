package io.tillpost.console.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tillpost.console.settings.ConfigurationKeys.Bound;
import io.tillpost.console.start.StartRefused;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.ByteArrayResource;

/** What may be configured is a public interface: nothing in it changes by accident. */
class ConfigurationKeysTest {
  private static final Path EXAMPLE = Path.of("docs", "tillpost.example.yml");

  @Test
  void everyKeyAndItsDefaultIsInTheListing() throws IOException {
    List<String> listing =
        new String(
                getClass().getResourceAsStream("/configuration-keys.txt").readAllBytes(),
                StandardCharsets.UTF_8)
            .lines()
            .filter(line -> !line.startsWith("#"))
            .toList();

    assertThat(ConfigurationKeys.lines()).containsExactlyElementsOf(listing);
  }

  @Test
  void theFirstWordsAreThoseThatTheStartKnows() {
    Set<String> words =
        ConfigurationKeys.lines().stream()
            .map(line -> line.split("[.:]", 3)[1])
            .collect(Collectors.toCollection(TreeSet::new));
    words.add("home");

    assertThat(new TreeSet<>(OwnKeys.KNOWN)).isEqualTo(words);
  }

  @Test
  void theExampleShowsEveryKey() throws IOException {
    String example = Files.readString(EXAMPLE);

    assertThat(ConfigurationKeys.lines())
        .allSatisfy(
            line -> {
              String key = line.substring(0, line.indexOf(": "));
              String last = key.replace(".<name>", "").replaceFirst(".*\\.", "");
              assertThat(example).as(key).containsPattern("(?m)[\\s{]" + last + ":");
            });
  }

  @Test
  void theExampleIsRead() throws IOException {
    assertThatCode(() -> checkOwnKeys(Files.readString(EXAMPLE))).doesNotThrowAnyException();
  }

  @Test
  void aFirstWordThatNothingReadsIsRefusedWithTheFileAndTheWordsThereAre() {
    assertThatThrownBy(() -> checkOwnKeys("tillpost:\n  ingst:\n    enabled: true\n"))
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining("tillpost.ingst.enabled")
        .hasMessageContaining("tillpost.yml")
        .hasMessageContaining("alerting, apis, channels");
    assertThatThrownBy(() -> checkOwnKeys("tillpost:\n  chanels[0]: x\n"))
        .isInstanceOf(StartRefused.class);
  }

  @Test
  void aVariableOfTheEnvironmentMayHaveAnyName() {
    StandardEnvironment environment = new StandardEnvironment();
    environment
        .getPropertySources()
        .addFirst(new MapPropertySource("env", Map.of("tillpost.channel.secret", "x")));

    assertThatCode(() -> new OwnKeys().postProcessEnvironment(environment, new SpringApplication()))
        .doesNotThrowAnyException();
  }

  static Stream<Bound> records() {
    return ConfigurationKeys.bound().stream()
        // What the console reads of tillpost.elasticsearch and ingest does not stands in the same
        // file.
        .filter(
            bound -> !bound.type().getName().equals("io.tillpost.ingest.ElasticsearchProperties"));
  }

  @ParameterizedTest
  @MethodSource("records")
  void aKeyThatARecordDoesNotHaveIsRefused(Bound bound) {
    assertThat(bound.refusesUnknown()).isTrue();
    MapConfigurationPropertySource source = new MapConfigurationPropertySource();
    source.put(bound.prefix() + ".nonsense", "1");

    assertThatThrownBy(
            () ->
                new Binder(source)
                    .bind(
                        bound.prefix(),
                        Bindable.of(bound.type()),
                        new NoUnboundElementsBindHandler(BindHandler.DEFAULT)))
        .isInstanceOf(BindException.class)
        .rootCause()
        .hasMessageContaining("nonsense");
  }

  @ParameterizedTest
  @MethodSource("records")
  void secretsAreNotInToString(Bound bound) {
    MapConfigurationPropertySource source = new MapConfigurationPropertySource();
    ConfigurationKeys.of(bound).stream()
        .filter(key -> key.matches(".*(password|secret|token)$"))
        .forEach(key -> source.put(key, "hush-hush"));
    source.put("tillpost.elasticsearch.username", "tillpost");
    source.put("tillpost.telemetry.headers.authorization", "hush-hush");
    source.put("tillpost.ingest.log.kafka.properties.sasl.jaas.config", "hush-hush");

    Object value = new Binder(source).bindOrCreate(bound.prefix(), Bindable.of(bound.type()));

    assertThat(value.toString()).doesNotContain("hush-hush");
  }

  private static void checkOwnKeys(String yaml) throws IOException {
    StandardEnvironment environment = new StandardEnvironment();
    new YamlPropertySourceLoader()
        .load("tillpost.yml", new ByteArrayResource(yaml.getBytes(StandardCharsets.UTF_8)))
        .forEach(environment.getPropertySources()::addFirst);
    new OwnKeys().postProcessEnvironment(environment, new SpringApplication());
  }
}
