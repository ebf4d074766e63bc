package io.tillpost.console.exceptions;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.tillpost.console.browser.BrowserTest;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;

/** What is done with several exceptions of the inbox at once, and how things are found in it. */
abstract class InboxSteps extends BrowserTest {
  /**
   * Of three exceptions that are listed, each of one or two messages of the stores 0412 to 0414.
   */
  final void severalAreAssignedAtOnce() {
    keysSelectARangeAndAskAboutAllOfIt();
    page().locator("h2").first().click();
    page().keyboard().press("x");
    assertThat(page().getByText("1 exception selected")).isVisible();
    page().getByRole(AriaRole.BUTTON, named("Select all 3 matching now")).click();
    assertThat(page().getByText("All 3 matching selected, frozen now")).isVisible();
    screenshot("exceptions-selected-dark");
    severalAreIgnoredEachByItsOwnNumbers();
    page().getByLabel("Select Tax code is not known (TAX_CODE_UNKNOWN)").click();
    assertThat(page().getByText("2 exceptions selected")).isVisible();
    // The box that was ticked has the keyboard, and the keys work all the same.
    page().keyboard().press("x");
    assertThat(page().getByText("1 exception selected")).isVisible();
    page().keyboard().press("x");
    assertThat(page().getByText("2 exceptions selected")).isVisible();
    page().keyboard().press("c");
    Locator dialog = page().locator("vaadin-dialog[opened]");
    dialog.getByRole(AriaRole.BUTTON, inside("Classify all selected")).click();
    assertThat(dialog.getByText("Choose the class that all of them are given.")).isVisible();
    dialog.getByText("Security: the target does not let us in").click();
    dialog.getByRole(AriaRole.BUTTON, inside("Classify all selected")).click();
    assertThat(page().locator("vaadin-dialog")).hasCount(0);
    assertThat(page().getByText("exceptions selected")).isHidden();
    assertThat(page().getByText("Sales posting → erp · Security")).hasCount(2);
    twoAreGivenToATeamAndBackToTheRules();
    twoAreMergedAndTakenApart();
  }

  private void twoAreGivenToATeamAndBackToTheRules() {
    page().getByLabel("Select Tax code is not known (TAX_CODE_UNKNOWN)").click();
    page().getByLabel("Select Tender is refused (TENDER_REFUSED)").click();
    assertThat(page().getByText("2 exceptions selected")).isVisible();
    page().keyboard().press("a");
    Locator dialog = page().locator("vaadin-dialog[opened]");
    Locator assign = dialog.getByRole(AriaRole.BUTTON, inside("Assign all selected"));
    assign.click();
    assertThat(dialog.getByText("Choose a team, or who deals with them.")).isVisible();
    Locator who = dialog.getByLabel("Who");
    who.fill("nob");
    page().getByRole(AriaRole.OPTION, named("Nobody")).click();
    Locator team = dialog.getByLabel("Team");
    team.fill("x".repeat(101));
    team.press("Enter");
    assign.click();
    assertThat(dialog.getByText("A team's name has up to 100 characters.")).isVisible();
    team.fill("master");
    page().getByRole(AriaRole.OPTION, named("Master data · Business")).click();
    assertThat(dialog.getByText("1 member, who is mailed about those that nobody deals with"))
        .isVisible();
    assertThat(who).hasValue("Nobody");
    assertThat(dialog.getByText("A team's name has up to 100 characters.")).isHidden();
    screenshot("exceptions-assign-several-dark");
    systemPrefers(ColorScheme.LIGHT);
    screenshot("exceptions-assign-several-light");
    systemPrefers(ColorScheme.DARK);
    assign.click();
    assertThat(page().locator("vaadin-dialog")).hasCount(0);
    Assertions.assertThat(ofTheTeamsOf("manager")).isEqualTo(2);

    page().getByLabel("Select Tax code is not known (TAX_CODE_UNKNOWN)").click();
    page().getByLabel("Select Tender is refused (TENDER_REFUSED)").click();
    page().keyboard().press("a");
    dialog.getByRole(AriaRole.BUTTON, inside("As the rules say")).click();
    assertThat(page().locator("vaadin-dialog")).hasCount(0);
    Assertions.assertThat(ofTheTeamsOf("manager")).isZero();
  }

  /** How many exceptions the teams of that person have. */
  final int ofTheTeamsOf(String user) {
    return json(page().request().get("/api/v1/exceptions?team=mine", as(user))).size();
  }

  private void keysSelectARangeAndAskAboutAllOfIt() {
    page().setViewportSize(1280, 480);
    page().navigate("/exceptions");
    assertThat(row("Tax code is not known")).isVisible();
    page().keyboard().press("Shift+ArrowDown");
    assertThat(page().getByText("1 exception selected")).isVisible();
    assertThat(page().locator("h2").first()).hasText("Tax code is not known (TAX_CODE_UNKNOWN)");
    // In one go: each goes on from where the one before is going.
    page()
        .evaluate(
            "for (const key of ['ArrowDown', 'ArrowDown']) document.body.dispatchEvent("
                + "new KeyboardEvent('keydown', {key, shiftKey: true, bubbles: true, composed: true}))");
    assertThat(page().getByText("3 exceptions selected")).isVisible();
    assertThat(row("Tender is refused by the bank")).isInViewport();
    page().setViewportSize(1280, 800);
    page().keyboard().press("Shift+ArrowUp");
    assertThat(page().getByText("2 exceptions selected")).isVisible();

    page().keyboard().press("/");
    Locator search = page().getByRole(AriaRole.TEXTBOX, named("Search"));
    assertThat(search).isFocused();
    page().keyboard().type(" xi");
    page().keyboard().press("Escape");
    assertThat(search).hasValue("");
    assertThat(page().locator("vaadin-dialog[opened]")).hasCount(0);
    assertThat(page().getByText("2 exceptions selected")).isVisible();
    search.blur();

    Locator dialog = page().locator("vaadin-dialog[opened]");
    Locator classify = dialog.getByRole(AriaRole.BUTTON, inside("Classify all selected"));
    page().keyboard().press("c");
    assertThat(classify).isVisible();
    screenshot("exceptions-keys-dark");
    page().keyboard().press("Escape");
    assertThat(page().locator("vaadin-dialog")).hasCount(0);
    assertThat(page().getByText("2 exceptions selected")).isVisible();
    page().keyboard().press("a");
    assertThat(dialog.getByRole(AriaRole.BUTTON, inside("Assign all selected"))).isVisible();
    page().keyboard().press("Escape");
    assertThat(page().locator("vaadin-dialog")).hasCount(0);
    page().keyboard().press("i");
    assertThat(dialog.getByRole(AriaRole.BUTTON, inside("Ignore all selected"))).isVisible();
    page().keyboard().press("Escape");
    assertThat(page().locator("vaadin-dialog")).hasCount(0);

    page().keyboard().press("Space");
    assertThat(page().getByText("1 exception selected")).isVisible();
    page().keyboard().press("Escape");
    assertThat(page().getByText("exception selected")).isHidden();
    page().keyboard().press("i");
    assertThat(dialog.getByLabel("Why may it wait?")).isVisible();
    page().keyboard().press("Escape");
    assertThat(page().locator("vaadin-dialog")).hasCount(0);
    page().keyboard().press("?");
    assertThat(dialog.getByText("Exceptions: select none")).isVisible();
    screenshot("exceptions-keyboard-help-dark");
    page().keyboard().press("Escape");
    assertThat(page().locator("vaadin-dialog")).hasCount(0);
    page().getByText("Tender is refused by the bank (TENDER_REFUSED)").first().click();
  }

  private void severalAreIgnoredEachByItsOwnNumbers() {
    page()
        .getByRole(AriaRole.GROUP, named("Selected exceptions"))
        .getByRole(AriaRole.BUTTON, inside("Ignore…"))
        .click();
    Locator dialog = page().locator("vaadin-dialog[opened]");
    assertThat(dialog.getByText("each by its own numbers: the largest has 2 messages now"))
        .isVisible();
    dialog.getByRole(AriaRole.BUTTON, inside("Ignore all selected")).click();
    assertThat(dialog.getByText("Say why it is ignored").first()).isVisible();
    dialog.getByLabel("Why may they wait?").fill("Mended tonight");
    dialog.getByLabel("Or more messages than").fill("1");
    screenshot("exceptions-ignore-several-dark");
    dialog.getByRole(AriaRole.BUTTON, inside("Ignore all selected")).click();
    assertThat(page().locator("vaadin-dialog")).hasCount(0);
    assertThat(
            page()
                .getByText(
                    "Done for 2, not for 1: It is as bad as that already: it has 2 messages, more"
                        + " than 1."))
        .isVisible();
    assertThat(tab("Ignored 2")).isVisible();
    assertThat(page().getByText("All 3 matching selected, frozen now")).isVisible();
  }

  private void twoAreMergedAndTakenApart() {
    String before = page().url();
    Locator selected = page().getByRole(AriaRole.GROUP, named("Selected exceptions"));
    Locator next = page().getByLabel("Select Tender is refused by the bank (TENDER_REFUSED)");
    double place = next.boundingBox().y;
    page().getByLabel("Select Tender is refused (TENDER_REFUSED)").click();
    assertThat(selected).isVisible();
    // Who goes on ticking at once finds the next row where it was.
    Assertions.assertThat(next.boundingBox().y).isEqualTo(place);
    next.click();
    selected.getByRole(AriaRole.BUTTON, inside("Merge…")).click();
    Locator dialog = page().locator("vaadin-dialog[opened]");
    assertThat(dialog.getByText(Pattern.compile("^Together 2 messages · .*EUR"))).isVisible();
    // Who ticks rows goes on to see the list, also where it fills a phone.
    Assertions.assertThat(page().url()).isEqualTo(before);
    dialog.getByLabel("Why are they one?").fill("The bank is down");
    screenshot("exceptions-merge-dark");
    dialog.getByRole(AriaRole.BUTTON, inside("Merge")).click();
    assertThat(page().locator("vaadin-dialog")).hasCount(0);
    assertThat(tab("All 2")).isVisible();
    assertThat(selected).isHidden();

    row("Tender is refused").click();
    assertThat(page().getByText(Pattern.compile("^2 messages of 2 stores"))).isVisible();
    Locator with = page().locator("li").filter(containing("merged by support"));
    assertThat(with).containsText("The bank is down");
    screenshot("exceptions-merged-dark");
    with.getByRole(AriaRole.LINK).click();
    assertThat(page().getByText(Pattern.compile("^Its messages, also those that fail later")))
        .isVisible();
    assertThat(page().getByRole(AriaRole.BUTTON, named("Retry all"))).isHidden();
    assertThat(page().getByText(Pattern.compile("merged it into .*The bank is down"))).isVisible();
    screenshot("exceptions-merged-away-dark");

    page().getByRole(AriaRole.BUTTON, startingWith("Take apart again")).click();
    dialog.getByLabel("Why?").fill("Only one of them");
    dialog.getByRole(AriaRole.BUTTON, inside("Take apart again")).click();
    assertThat(page().locator("vaadin-dialog")).hasCount(0);
    assertThat(tab("All 3")).isVisible();
    assertThat(page().getByText(Pattern.compile("out of .* again: Only one of them"))).isVisible();

    page().getByRole(AriaRole.BUTTON, named("Merge with…")).click();
    assertThat(dialog.getByText("Choose two or more.")).isVisible();
    assertThat(dialog.getByRole(AriaRole.BUTTON, inside("Merge"))).isDisabled();
    Locator exceptions = dialog.getByLabel("Exceptions");
    exceptions.fill("Tax code");
    page().getByRole(AriaRole.OPTION).filter(containing("Tax code is not known")).click();
    assertThat(dialog.getByText(Pattern.compile("^Together 3 messages"))).isVisible();
    dialog.getByRole(AriaRole.BUTTON, inside("Cancel")).click();
    assertThat(page().locator("vaadin-dialog")).hasCount(0);
    aStoreIsSplitOffAndPutBack();
  }

  private void aStoreIsSplitOffAndPutBack() {
    row("Tax code is not known").click();
    page().getByRole(AriaRole.BUTTON, named("Split…")).click();
    Locator dialog = page().locator("vaadin-dialog[opened]");
    assertThat(dialog.getByRole(AriaRole.BUTTON, inside("Split off"))).isDisabled();
    dialog.getByLabel("Words of the error").fill("nowhere");
    assertThat(dialog.getByText(Pattern.compile("^None of its messages is like that"))).isVisible();
    dialog.getByLabel("Words of the error").fill("");
    Locator storesField = dialog.getByLabel("Stores");
    storesField.fill("0413");
    storesField.press("Enter");
    assertThat(dialog.getByText("Split off: 1 message of 1 store")).isVisible();
    assertThat(dialog.getByText("Left here: 1 message.")).isVisible();
    dialog.getByLabel("Why are they another exception?").fill("Only their tills");
    screenshot("exceptions-split-dark");
    dialog.getByRole(AriaRole.BUTTON, inside("Split off")).click();
    assertThat(page().locator("vaadin-dialog")).hasCount(0);
    assertThat(tab("All 4")).isVisible();
    assertThat(row("Tax code is not known (TAX_CODE_UNKNOWN) · store 0413")).isVisible();

    Locator without = page().locator("li").filter(containing("split off by support"));
    assertThat(without).containsText("Only their tills");
    without.getByRole(AriaRole.LINK).click();
    assertThat(page().locator("h2").first()).containsText("· store 0413");
    screenshot("exceptions-split-off-dark");
    page().getByRole(AriaRole.BUTTON, startingWith("Put back: store 0413")).click();
    dialog.getByRole(AriaRole.BUTTON, inside("Put back")).click();
    assertThat(page().locator("vaadin-dialog")).hasCount(0);
    // The part is gone, so its page goes where its messages went, and says so.
    assertThat(
            page()
                .getByText(
                    Pattern.compile("^“.*store 0413” was merged into “Tax code.*by support")))
        .isVisible();
    assertThat(page().locator("h2").first()).hasText("Tax code is not known (TAX_CODE_UNKNOWN)");
    assertThat(page().getByRole(AriaRole.BUTTON, named("Retry all"))).isVisible();
    assertThat(tab("All 3")).isVisible();
    assertThat(row("Tax code is not known")).hasCount(1);
  }

  final Locator tab(String label) {
    return page().getByRole(AriaRole.TAB, named(label));
  }

  final Locator row(String title) {
    return page()
        .locator("vaadin-grid .tillpost-row-title")
        .filter(new Locator.FilterOptions().setHasText(title).setVisible(true));
  }

  static Page.GetByRoleOptions named(String name) {
    return new Page.GetByRoleOptions().setName(name).setExact(true);
  }

  static Page.GetByRoleOptions startingWith(String name) {
    return new Page.GetByRoleOptions().setName(name);
  }

  static Locator.GetByRoleOptions inside(String name) {
    return new Locator.GetByRoleOptions().setName(name).setExact(true);
  }

  static Locator.FilterOptions containing(String text) {
    return new Locator.FilterOptions().setHasText(text);
  }
}
