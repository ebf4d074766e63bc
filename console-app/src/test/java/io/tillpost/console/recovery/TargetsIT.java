package io.tillpost.console.recovery;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.ColorScheme;
import io.tillpost.console.security.Role;
import io.tillpost.testing.MessageBuilder;
import io.tillpost.testing.Samples;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/** A manager freezes a target while support retries messages to it, and lifts the freeze again. */
class TargetsIT extends BrowserRecovery {
  @Test
  void anOperationWaitsForAFrozenTargetAndGoesOnAfterTheLift() {
    List<MessageBuilder> sales =
        messages.failed("E-2041", 3, () -> Samples.aSale().target("ledger"));
    CHANNEL.behave(messages::takeAndConfirm);
    // Names of targets are remembered for ten seconds.
    clock.putForward(Duration.ofSeconds(10));
    logIn(Role.MANAGER);
    page().navigate("/targets?name=nowhere");
    assertThat(page().getByText("There is no target nowhere: it is not in the")).isVisible();
    screenshot("targets-empty");
    page().getByText("All targets").click();
    assertThat(ledger(page()).getByText("Open", exactText())).isVisible();
    assertThat(ledger(page()).getByText("At most 20 a second, 4 at a time")).isVisible();
    assertThat(in(ledger(page()), "Lift…")).isHidden();

    in(ledger(page()), "Freeze…").click();
    Locator dialog = page().getByRole(AriaRole.DIALOG);
    in(dialog, "Freeze").click();
    assertThat(dialog.getByText("A reason of 3 to 500 characters is needed")).isVisible();
    // While it is typed: the button must not move while it is being pressed.
    dialog.getByLabel("Why?").fill("The ledger answers with errors");
    assertThat(dialog.getByText("A reason of 3 to 500 characters is needed")).isHidden();
    screenshot("targets-freeze");
    in(dialog, "Freeze").click();
    assertThat(dialog).hasCount(0);
    assertThat(ledger(page()).getByText("Frozen by hand")).isVisible();
    assertThat(ledger(page()).getByText("until somebody lifts it: The ledger answers with errors"))
        .isVisible();

    Page support = secondPerson(Role.SUPPORT);
    aRetryIsBegunAndWaits(support, sales);
    bothSeeWhatWaits(support);
    itIsFrozenForAnHourInstead();

    in(ledger(page()), "Lift…").click();
    assertThat(
            dialog.getByText("Within two seconds 3 waiting messages go on, at the target's rate."))
        .isVisible();
    dialog.getByLabel("Why? (optional)").fill("The ledger is well again");
    screenshot("targets-lift");
    in(dialog, "Lift the freeze").click();
    assertThat(dialog).hasCount(0);
    assertThat(ledger(page()).getByText("Open", exactText())).isVisible();

    // By itself, on the page of who began it.
    assertThat(support.getByText("3 of 3 · confirmed 3")).isVisible();
    assertThat(support.getByText("ledger is frozen")).hasCount(0);
    Assertions.assertThat(messages.sent(sales)).hasSize(3).doesNotHaveDuplicates();
    page().navigate("/audit?what=LIFT_FREEZE");
    assertThat(page().getByText("The ledger is well again").first()).isVisible();
    page().getByText("Target ledger").first().click();
    assertThat(page()).hasURL(Pattern.compile(".*/targets\\?name=ledger$"));
    assertThat(ledger(page()).getByText("Open", exactText())).isVisible();
    assertThat(page().getByRole(AriaRole.GROUP)).hasCount(1);
  }

  private void aRetryIsBegunAndWaits(Page support, List<MessageBuilder> sales) {
    support.navigate("/exceptions?q=E-2041");
    assertThat(support.getByText("(E-2041)").first()).isVisible();
    support.keyboard().press("j");
    assertThat(support).hasURL(Pattern.compile(".*/exceptions/[0-9a-f]{16}.*"));
    support.getByRole(AriaRole.BUTTON, named("Retry all")).click();
    Locator notice =
        support
            .getByText(
                "ledger is frozen by manager until somebody lifts it: The ledger answers with errors")
            .first();
    assertThat(notice).isVisible();
    assertThat(support.getByRole(AriaRole.LINK, named("ledger")))
        .hasAttribute("href", "targets?name=ledger");
    support.screenshot(
        new Page.ScreenshotOptions().setPath(Path.of("target/screenshots/targets-preview.png")));
    support.getByLabel("Why is it worth another attempt?").fill("It is open now");
    support.getByRole(AriaRole.BUTTON, named("Start")).click();
    assertThat(support.getByRole(AriaRole.BUTTON, named("Pause"))).isEnabled();
    assertThat(notice).isVisible();
    assertThat(support.getByText("0 of 3 · planned 3")).isVisible();
    support.screenshot(
        new Page.ScreenshotOptions()
            .setPath(Path.of("target", "screenshots", "operation-frozen.png")));
    Assertions.assertThat(messages.sent(sales)).isEmpty();
  }

  private void bothSeeWhatWaits(Page support) {
    assertThat(ledger(page()).getByText("3 messages still to be sent")).isVisible();
    for (ColorScheme scheme : List.of(ColorScheme.DARK, ColorScheme.LIGHT)) {
      systemPrefers(scheme);
      // Colours that still change would be in the picture.
      page().reload();
      assertThat(ledger(page()).getByText("Frozen by hand")).isVisible();
      screenshot("targets-" + scheme.name().toLowerCase(Locale.ROOT));
    }
    String operation = support.url();
    support.navigate("/targets");
    assertThat(in(ledger(support), "Freeze…")).isDisabled();
    assertThat(in(ledger(support), "Lift…")).isDisabled();
    assertThat(support.getByText("You may not freeze targets and lift freezes").first())
        .isVisible();
    support.getByText("3 of an operation by support").click();
    assertThat(support).hasURL(operation);
  }

  private void itIsFrozenForAnHourInstead() {
    in(ledger(page()), "Freeze…").click();
    Locator dialog = page().getByRole(AriaRole.DIALOG);
    assertThat(dialog.getByText("It is frozen by manager already")).isVisible();
    dialog.getByLabel("Why?").fill("Until the repair is done");
    Locator howLong =
        dialog.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("How long?"));
    BoundingBox freeze = placeOf(in(dialog, "Freeze"));
    howLong.click();
    Locator day = dialog.locator("vaadin-date-picker input");
    page().getByRole(AriaRole.OPTION, named("Until a moment")).click();
    assertThat(day).hasValue(Pattern.compile("20\\d\\d-\\d\\d-\\d\\d"));
    assertThatIsAt(freeze, in(dialog, "Freeze"));
    day.fill("2020-01-01");
    day.press("Enter");
    day.press("Tab");
    in(dialog, "Freeze").click();
    assertThat(dialog.getByText("That end is over already")).isVisible();
    screenshot("targets-freeze-past");
    howLong.click();
    page().getByRole(AriaRole.OPTION, named("For 1 hour")).click();
    in(dialog, "Freeze").click();
    assertThat(dialog).hasCount(0);
    assertThat(ledger(page()).getByText(Pattern.compile(", until 20.*: Until the repair is done$")))
        .isVisible();
  }

  @Test
  void itFitsAPhone() {
    messages.failed("E-2042", 1, () -> Samples.aSale().target("ledger"));
    clock.putForward(Duration.ofSeconds(10));
    newContext(new Browser.NewContextOptions().setViewportSize(390, 844));
    logIn(Role.MANAGER);
    page().navigate("/targets");
    assertThat(ledger(page()).getByText("Open", exactText())).isVisible();
    in(ledger(page()), "Freeze…").click();
    Locator dialog = page().getByRole(AriaRole.DIALOG);
    dialog.getByLabel("Why?").fill("The ledger answers with errors");
    dialog.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("How long?")).click();
    page().getByRole(AriaRole.OPTION, named("Until a moment")).click();
    assertThat(dialog.getByText("It ends at (")).isVisible();
    screenshot("targets-freeze-phone");
    in(dialog, "Cancel").click();
    assertThat(dialog).hasCount(0);
    assertThat(in(ledger(page()), "Freeze…")).isVisible();
    screenshot("targets-phone");
    Assertions.assertThat(
            page()
                .evaluate(
                    "document.scrollingElement.scrollWidth <= document.scrollingElement.clientWidth"))
        .isEqualTo(true);
  }

  private static Locator ledger(Page page) {
    return page.getByRole(AriaRole.GROUP, named("Target ledger"));
  }

  private static Locator in(Locator place, String button) {
    return place.getByRole(AriaRole.BUTTON, inDialog(button));
  }
}
