package io.tillpost.settings;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.UnboundElementsSourceFilter;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.Environment;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ClassPathResource;

/**
 * Settings under names that the user chooses. Naming any of a kind replaces the defaults of that
 * kind that come with Tillpost, so that nobody has to switch off a workflow they do not have.
 */
public final class NamedSettings {

  private static final String DEFAULTS = "tillpost-defaults.yml";

  private NamedSettings() {}

  /**
   * What stands below the prefix, by its name, in the order of the configuration.
   *
   * @param type a record that binds the keys below one name
   * @throws org.springframework.boot.context.properties.bind.BindException for a key that the type
   *     does not have or a value that is none
   */
  public static <T> Map<String, T> bind(Environment environment, String prefix, Class<T> type) {
    Map<String, T> configured = bind(Binder.get(environment), prefix, type);
    return configured.isEmpty() ? bind(defaults(), prefix, type) : configured;
  }

  private static <T> Map<String, T> bind(Binder binder, String prefix, Class<T> type) {
    return binder
        .bind(
            prefix,
            Bindable.mapOf(String.class, type),
            new NoUnboundElementsBindHandler(
                BindHandler.DEFAULT, new UnboundElementsSourceFilter()))
        .orElseGet(Map::of);
  }

  private static Binder defaults() {
    try {
      List<PropertySource<?>> sources =
          new YamlPropertySourceLoader().load(DEFAULTS, new ClassPathResource(DEFAULTS));
      return new Binder(ConfigurationPropertySources.from(sources));
    } catch (IOException e) {
      throw new UncheckedIOException(DEFAULTS + " cannot be read", e);
    }
  }
}
