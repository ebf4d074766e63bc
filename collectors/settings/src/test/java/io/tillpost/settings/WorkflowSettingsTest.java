package io.tillpost.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tillpost.message.ImpactKind;
import io.tillpost.message.Objective;
import io.tillpost.message.Workflow;
import io.tillpost.message.Workflows;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.core.env.StandardEnvironment;

class WorkflowSettingsTest {
  private static Environment environment(String... pairs) {
    ConfigurableEnvironment environment = new StandardEnvironment();
    TestPropertyValues.of(pairs).applyTo(environment);
    return environment;
  }

  @Test
  void withoutConfigurationTheUsualWorkflowsAreThereWithTheirObjectives() {
    Workflows workflows = WorkflowSettings.read(environment());
    assertThat(workflows.all())
        .extracting(Workflow::name)
        .containsExactly(
            "sales-posting",
            "returns",
            "inventory-sync",
            "price-distribution",
            "promotion-distribution",
            "loyalty",
            "end-of-day");
    assertThat(workflows.get("sales-posting"))
        .isEqualTo(
            new Workflow(
                "sales-posting",
                "Sales posting",
                ImpactKind.UNSENT_TRANSACTIONS,
                new Objective(Duration.ofMinutes(5), 99)));
    assertThat(workflows.get("end-of-day").objective())
        .isEqualTo(new Objective(Duration.ofMinutes(60), 99.5));
  }

  @Test
  void oneConfiguredWorkflowReplacesTheUsualOnes() {
    Workflows workflows =
        WorkflowSettings.read(environment("tillpost.workflows.gift-cards.objective.within=90s"));
    assertThat(workflows.all())
        .containsExactly(
            new Workflow(
                "gift-cards",
                "gift-cards",
                ImpactKind.OTHER,
                new Objective(Duration.ofSeconds(90), 99)));
  }

  @Test
  void aKeyThatNothingReadsIsRefused() {
    Environment environment = environment("tillpost.workflows.returns.objctive.within=5m");
    assertThatThrownBy(() -> WorkflowSettings.read(environment))
        .rootCause()
        .hasMessageContaining("tillpost.workflows.returns.objctive.within");
  }
}
