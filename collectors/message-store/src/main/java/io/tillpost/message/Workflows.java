package io.tillpost.message;

import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The configured workflows. A message of a workflow that is not configured is kept too, under the
 * terms of {@link #get}.
 */
public final class Workflows {
  /** What an unconfigured workflow promises, so that its messages are seen when they are stuck. */
  private static final Objective FALLBACK = new Objective(Duration.ofMinutes(15), 99);

  private final Map<String, Workflow> byName;

  private Workflows(Map<String, Workflow> byName) {
    this.byName = byName;
  }

  /** These workflows, in this order. */
  public static Workflows of(Collection<Workflow> workflows) {
    Map<String, Workflow> byName = new LinkedHashMap<>();
    workflows.forEach(w -> byName.put(w.name(), w));
    return new Workflows(Collections.unmodifiableMap(byName));
  }

  /** In the configured order. */
  public List<Workflow> all() {
    return List.copyOf(byName.values());
  }

  /** The configured workflow of that name. */
  public Optional<Workflow> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  /**
   * The configured workflow of that name, or one that promises 99 % within 15 minutes under the
   * same name.
   */
  public Workflow get(String name) {
    return find(name).orElseGet(() -> fallback(name));
  }

  private static Workflow fallback(String name) {
    return new Workflow(name, name, ImpactKind.OTHER, FALLBACK);
  }

  /** The names of the configured workflows with this impact, in the configured order. */
  public List<String> named(ImpactKind impact) {
    return all().stream().filter(w -> w.impact() == impact).map(Workflow::name).toList();
  }
}
