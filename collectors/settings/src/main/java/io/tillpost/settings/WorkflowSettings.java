package io.tillpost.settings;

import io.tillpost.message.Workflows;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.core.env.Environment;

/**
 * The keys under {@code tillpost.workflows}. The console and every ingest process read them here,
 * because the time at which a message is due has to be the same wherever it is written.
 */
public final class WorkflowSettings {

  private WorkflowSettings() {}

  /**
   * The configured workflows, or those that come with Tillpost where none is configured.
   *
   * @throws BindException for a key that is not known or a value that is none
   */
  public static Workflows read(Environment environment) {
    return Workflows.of(
        NamedSettings.bind(environment, "tillpost.workflows", WorkflowProperties.class)
            .entrySet()
            .stream()
            .map(entry -> entry.getValue().named(entry.getKey()))
            .toList());
  }
}
