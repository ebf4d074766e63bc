package io.tillpost.console.settings;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The configured systems that are called, with their limits; in the configured order. */
public final class Apis {

  private final Map<String, ApiProperties> byName;

  /** These. */
  public Apis(Map<String, ApiProperties> byName) {
    this.byName = Collections.unmodifiableMap(new LinkedHashMap<>(byName));
  }

  /** By name, unmodifiable. */
  public Map<String, ApiProperties> all() {
    return byName;
  }

  /** The limits of that system, empty where none are configured. */
  public Optional<ApiProperties> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }
}
