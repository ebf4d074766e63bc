package io.tillpost.console.recovery;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.BoundingBox;
import io.tillpost.console.browser.BrowserTest;
import io.tillpost.console.recovery.act.Recovery;
import io.tillpost.console.recovery.operation.Operations;
import io.tillpost.console.security.Role;
import io.tillpost.message.Stage;
import io.tillpost.recovery.OperationState;
import io.tillpost.recovery.RecoveryOperation;
import io.tillpost.store.IngestWriter;
import io.tillpost.store.Stores;
import io.tillpost.testing.MessageBuilder;
import io.tillpost.testing.Samples;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** An operation is steered by hand, and hands click twice. */
class SteeringIT extends BrowserTest {
  private static final TestChannel CHANNEL = new TestChannel();

  @Autowired private Stores stores;
  @Autowired private Recovery recovery;
  @Autowired private Operations operations;

  @DynamicPropertySource
  static void properties(DynamicPropertyRegistry properties) {
    properties.add("tillpost.channels.middleware.url", CHANNEL::url);
    properties.add("tillpost.channels.middleware.secret", () -> "a secret of the test");
    properties.add("tillpost.channels.middleware.workflows", () -> "sales-posting");
  }

  @AfterAll
  static void close() {
    CHANNEL.close();
  }

  @Test
  void aSecondClickWhereStartWasDoesNotPause() {
    MessageBuilder sale = Samples.aSale().capturedAt(Instant.now().minusSeconds(900));
    stores.ingestWriter().write(new IngestWriter.Batch(sale.throughStage(Stage.FAILED), List.of()));
    String id = planned(sale);
    logIn(Role.SUPPORT);
    page().navigate("/operations/" + id);
    page().getByLabel("Why is it worth another attempt?").fill("The tax code is there");
    BoundingBox start = button("Start").boundingBox();

    click(start);
    assertThat(button("Pause")).isEnabled();
    click(start);
    button("Pause").click();
    // Pause is disabled by the click already; what has to be waited for is the answer.
    assertThat(button("Resume")).isEnabled();
    assertThat(button("Pause")).isDisabled();
    click(button("Resume").boundingBox());
    assertThat(button("Pause")).isEnabled();

    // All of it came in order: had the second click paused, it would have been paused twice.
    assertThat(history(id))
        .containsSubsequence(OperationState.RUNNING, OperationState.PAUSED, OperationState.RUNNING)
        .containsOnlyOnce(OperationState.PAUSED);
  }

  private Locator button(String name) {
    return page()
        .getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  private void click(BoundingBox box) {
    page().mouse().click(box.x + box.width / 2, box.y + box.height / 2);
  }

  private String planned(MessageBuilder sale) {
    return as(
            "RETRY",
            () ->
                ((OperationAnswer.Accepted)
                        recovery.planMessages(List.of(sale.messageId()), "steering"))
                    .operation())
        .id();
  }

  private List<OperationState> history(String id) {
    return as("VIEW", () -> operations.find(id).orElseThrow().operation()).history().stream()
        .map(step -> step.state())
        .toList();
  }

  private static RecoveryOperation as(
      String permission, java.util.function.Supplier<RecoveryOperation> ask) {
    TestingAuthenticationToken support =
        new TestingAuthenticationToken("support", "", "ROLE_" + permission);
    SecurityContextHolder.getContext().setAuthentication(support);
    try {
      return ask.get();
    } finally {
      SecurityContextHolder.clearContext();
    }
  }
}
