package io.tillpost.console.deployment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** A Compose file as its YAML says, with anchors resolved and duplicate keys refused. */
record ComposeFile(Map<String, Object> root) {

  static ComposeFile read(Path file) throws IOException {
    LoaderOptions strict = new LoaderOptions();
    strict.setAllowDuplicateKeys(false);
    return new ComposeFile(map(new Yaml(new SafeConstructor(strict)).load(Files.readString(file))));
  }

  List<ComposeService> services() {
    return section("services").entrySet().stream()
        .map(entry -> new ComposeService(entry.getKey(), map(entry.getValue())))
        .toList();
  }

  ComposeService service(String name) {
    return new ComposeService(name, map(section("services").get(name)));
  }

  Map<String, Object> section(String name) {
    return map(root.getOrDefault(name, Map.of()));
  }

  static Map<String, Object> map(Object yaml) {
    Map<String, Object> map = new LinkedHashMap<>();
    ((Map<?, ?>) yaml).forEach((key, value) -> map.put((String) key, value));
    return map;
  }

  /** The directory that the Compose file lies in. */
  static Path home() {
    Path directory = Path.of("").toAbsolutePath();
    while (!Files.exists(directory.resolve("docker-compose.yml"))) {
      directory = directory.getParent();
    }
    return directory;
  }
}
