package io.tillpost.console.settings;

import io.tillpost.console.start.StartRefused;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.origin.OriginLookup;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;

/**
 * Refuses a first word below {@code tillpost.} that nobody reads. What comes after it is refused by
 * the record that reads it. Only files are looked at: the environment has names like {@code
 * TILLPOST_CHANNEL_SECRET} that are for others.
 */
final class OwnKeys implements EnvironmentPostProcessor, Ordered {

  /** Every word that may come after {@code tillpost.}; a test keeps it like the documentation. */
  static final Set<String> KNOWN =
      Set.of(
          "home",
          "console",
          "security",
          "elasticsearch",
          "stores",
          "workflows",
          "apis",
          "channels",
          "recovery",
          "triage",
          "alerting",
          "ingest",
          "retention",
          "telemetry");

  private static final String PREFIX = "tillpost.";

  @Override
  public void postProcessEnvironment(
      ConfigurableEnvironment environment, SpringApplication application) {
    for (PropertySource<?> source : environment.getPropertySources()) {
      if (source instanceof OriginLookup<?> && source instanceof EnumerablePropertySource<?> file) {
        Arrays.stream(file.getPropertyNames())
            .filter(key -> key.startsWith(PREFIX))
            .forEach(key -> check(key, source.getName()));
      }
    }
  }

  private static void check(String key, String where) {
    String word = key.substring(PREFIX.length()).split("[.\\[]", 2)[0];
    if (!KNOWN.contains(word)) {
      throw new StartRefused(
          "The configuration has a key that nothing reads: %s (in %s). After 'tillpost.' may come: %s."
              .formatted(key, where, String.join(", ", new TreeSet<>(KNOWN))));
    }
  }

  @Override
  public int getOrder() {
    return Ordered.LOWEST_PRECEDENCE;
  }
}
