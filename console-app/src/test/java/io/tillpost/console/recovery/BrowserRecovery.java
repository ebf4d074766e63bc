package io.tillpost.console.recovery;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.tillpost.console.browser.BrowserTest;
import io.tillpost.console.browser.ForwardClock;
import io.tillpost.console.recovery.edit.SchemaRulesTest;
import io.tillpost.store.Stores;
import io.tillpost.testing.MessageBuilder;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/**
 * Base of browser tests of recovery: one console for all of them, whose channels do what a test
 * wants. Nothing waits for a deadline: the console's clock is put forward.
 */
@Import(ForwardClock.OfTheConsole.class)
abstract class BrowserRecovery extends BrowserTest {
  static final TestChannel CHANNEL = new TestChannel();

  /** Longer than any test here takes; none waits for it. */
  static final Duration DEADLINE = Duration.ofMinutes(5);

  @Autowired Stores stores;
  @Autowired ForwardClock clock;
  FailedMessages messages;

  @DynamicPropertySource
  static void channel(DynamicPropertyRegistry properties) {
    for (String channel : List.of("middleware", "returns", "silent")) {
      properties.add("tillpost.channels." + channel + ".url", CHANNEL::url);
      properties.add("tillpost.channels." + channel + ".secret", () -> "a secret of the test");
      properties.add("tillpost.channels." + channel + ".timeout", () -> "30s");
      // Not of sales, also when a test has put the clock forward.
      properties.add(
          "tillpost.channels." + channel + ".deadline",
          () -> channel.equals("middleware") ? "12h" : DEADLINE.toString());
    }
    properties.add("tillpost.channels.middleware.workflows", () -> "sales-posting");
    properties.add("tillpost.channels.returns.workflows", () -> "returns");
    properties.add("tillpost.channels.returns.look-up-url", CHANNEL::lookUpUrl);
    properties.add("tillpost.channels.silent.workflows", () -> "inventory-sync");
    properties.add("tillpost.recovery.edit.schemas[0].workflow", () -> "sales-posting");
    properties.add("tillpost.recovery.edit.schemas[0].file", SchemaRulesTest.SALE::toString);
    properties.add("tillpost.recovery.late-every", () -> "500ms");
    properties.add("tillpost.recovery.follow-every", () -> "100ms");
    properties.add("tillpost.recovery.start.canary", () -> "2");
    properties.add("tillpost.recovery.start.canary-from", () -> "4");
  }

  @BeforeEach
  void beginWithNone() {
    messages = new FailedMessages(stores, CHANNEL);
  }

  /** The channel takes all of them, and then it is too late for a confirmation. */
  final void nobodyConfirms(List<MessageBuilder> sent) {
    messages.awaitTaken(sent);
    clock.putForward(DEADLINE.plusSeconds(1));
  }

  /** A tooltip that stays open under the mouse would be part of the button's name. */
  final void askTheTarget() {
    button("Ask the target").click();
    page().mouse().move(0, 0);
  }

  final void previewAll(String code, String action) {
    page().navigate("/exceptions?q=" + code);
    assertThat(page().getByText("(" + code + ")").first()).isVisible();
    page().keyboard().press("j");
    assertThat(page()).hasURL(Pattern.compile(".*/exceptions/[0-9a-f]{16}.*"));
    button(action).click();
    assertThat(page()).hasURL(Pattern.compile(".*/operations/[0-9a-f-]+$"));
  }

  final Locator button(String name) {
    return page().getByRole(AriaRole.BUTTON, named(name));
  }

  static Locator.GetByRoleOptions inDialog(String name) {
    return new Locator.GetByRoleOptions().setName(name).setExact(true);
  }

  static Page.GetByRoleOptions named(String name) {
    return new Page.GetByRoleOptions().setName(name).setExact(true);
  }

  static Locator.GetByTextOptions exactText() {
    return new Locator.GetByTextOptions().setExact(true);
  }

  static Page.GetByLabelOptions exact() {
    return new Page.GetByLabelOptions().setExact(true);
  }
}
