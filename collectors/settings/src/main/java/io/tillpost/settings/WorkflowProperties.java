package io.tillpost.settings;

import io.tillpost.message.ImpactKind;
import io.tillpost.message.Objective;
import io.tillpost.message.Workflow;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Keys under {@code tillpost.workflows.<name>}.
 *
 * @param title as shown; the name if absent
 * @param impact which tile of the impact page its stuck messages count in
 * @param objective what the workflow promises
 */
record WorkflowProperties(
    @Nullable String title,
    @DefaultValue("OTHER") ImpactKind impact,
    @DefaultValue Promise objective) {

  /**
   * The promise.
   *
   * @param within from capture to confirmation
   * @param target percent of the messages
   */
  record Promise(@DefaultValue("15m") Duration within, @DefaultValue("99") double target) {}

  Workflow named(String name) {
    return new Workflow(
        name,
        title == null ? name : title,
        impact,
        new Objective(objective.within(), objective.target()));
  }
}
