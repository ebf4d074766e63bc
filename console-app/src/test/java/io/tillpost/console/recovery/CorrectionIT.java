package io.tillpost.console.recovery;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.tillpost.console.security.Role;
import io.tillpost.testing.MessageBuilder;
import io.tillpost.testing.Samples;
import java.util.List;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/** Payloads are corrected in a browser, one by one and by a rule, with four eyes. */
class CorrectionIT extends BrowserRecovery {
  @Test
  void aCorrectedPayloadIsSentAfterASecondPersonHasSeenTheDifference() {
    MessageBuilder sale = messages.failed("E-2002", 1, Samples::aSale).getFirst();
    CHANNEL.behave(messages::takeAndConfirm);
    systemPrefers(ColorScheme.LIGHT);
    logIn(Role.SUPPORT);
    page().navigate("/exceptions?q=E-2002");
    assertThat(page().getByText("(E-2002)").first()).isVisible();
    follow("messages/" + sale.messageId());
    button("Edit and retry").click();
    assertThat(page().getByText("Locked: fields about")).isVisible();
    assertThat(page().getByText("is checked against the schema sale.schema.json")).isVisible();
    Locator quantity = page().getByLabel("How many (quantity)", exact());
    quantity.fill("two");
    assertThat(page().getByText("A number is needed").first()).isVisible();
    assertThat(button("Preview")).isDisabled();
    quantity.fill("0");
    assertThat(page().getByText("At least 1 is needed").first()).isVisible();
    assertThat(button("Preview")).isDisabled();
    screenshot("edit-fault");
    quantity.fill("2");
    whatIsChangedIsNotLeftUnasked(quantity);
    assertThat(page().locator("code").getByText("2", exactText())).isVisible();
    Locator unit = page().getByLabel("Unit of measure (unit)", exact());
    unit.click();
    assertThat(page().getByRole(AriaRole.OPTION)).hasText(new String[] {"pcs", "EA", "KG"});
    page().getByRole(AriaRole.OPTION, named("EA")).click();
    assertThat(page().locator("code").getByText("EA")).isVisible();
    page().getByLabel("Text", exact()).check();
    Locator text = page().getByLabel("Payload", exact());
    String right = text.inputValue();
    text.fill(right.replace("\"EA\"", "\"box\""));
    assertThat(page().getByText("Line 2, unit: One of these is needed: pcs, EA, KG").first())
        .isVisible();
    assertThat(button("Preview")).isDisabled();
    screenshot("edit-text-fault");
    text.fill(right.replace("{", "{\"slow\": \"" + "a".repeat(60) + "!\", "));
    assertThat(page().getByText("This could not be checked, so it cannot be sent;")).isVisible();
    assertThat(button("Preview")).isDisabled();
    screenshot("edit-not-checked");
    text.fill(right);
    assertThat(page().locator("code").getByText("EA")).isVisible();
    assertThat(button("Preview")).isEnabled();
    screenshot("edit-difference");
    button("Preview").click();

    assertThat(page()).hasURL(Pattern.compile(".*/operations/[0-9a-f-]+$"));
    assertThat(page().getByText("Differences to the original")).isVisible();
    page().getByLabel("Why is the payload corrected?").fill("The unit was wrong");
    screenshot("operation-edit-preview");
    button("Start").click();
    // The preview says too that it needs approval; only the button tells that it has begun.
    assertThat(button("Start")).isHidden();
    assertThat(page().getByText("A corrected payload").first()).isVisible();
    assertThat(button("Approve")).isDisabled();
    Assertions.assertThat(messages.sent(List.of(sale))).isEmpty();
    cancelledAndTakenUpAgain();
    Assertions.assertThat(messages.sent(List.of(sale))).isEmpty();

    String operation = page().url();
    newContext(new com.microsoft.playwright.Browser.NewContextOptions());
    logIn(Role.MANAGER);
    page().navigate(operation);
    assertThat(page().locator("code").getByText("EA")).isVisible();
    assertThat(page().getByText("You may not see")).hasCount(0);
    screenshot("operation-edit-approve");
    button("Approve").click();
    assertThat(page().getByText("1 of 1 · confirmed 1")).isVisible();
    TestChannel.Call call = messages.calls(List.of(sale)).getFirst();
    Assertions.assertThat(call.json().at("/payload/body").stringValue())
        .contains("\"EA\"")
        .contains("\"amount\" : 12999");
  }

  private void whatIsChangedIsNotLeftUnasked(Locator quantity) {
    assertThat(button("Preview")).isEnabled();
    String close = "() => window.dispatchEvent(new Event('beforeunload', {cancelable: true}))";
    Assertions.assertThat(page().evaluate(close)).as("the browser may close it").isEqualTo(false);
    page().getByText("Back to the message").click();
    Locator dialog = page().getByRole(AriaRole.DIALOG);
    assertThat(dialog.getByText("after leaving this page it is lost")).isVisible();
    screenshot("edit-leave");
    dialog.getByRole(AriaRole.BUTTON, inDialog("Stay")).click();
    assertThat(dialog).hasCount(0);
    assertThat(page()).hasURL(Pattern.compile(".*/edit$"));
    assertThat(quantity).hasValue("2");
    page().getByText("Back to the message").click();
    dialog.getByRole(AriaRole.BUTTON, inDialog("Leave")).click();
    assertThat(page()).hasURL(Pattern.compile(".*/messages/[^/]+$"));
    button("Edit and retry").click();
    assertThat(quantity).hasValue("1");
    Assertions.assertThat(page().evaluate(close)).as("nothing is changed").isEqualTo(true);
    quantity.fill("2");
  }

  private void cancelledAndTakenUpAgain() {
    button("Cancel operation").click();
    Locator dialog = page().getByRole(AriaRole.DIALOG);
    dialog.getByLabel("Why is it cancelled?").fill("I have to look once more");
    dialog.getByRole(AriaRole.BUTTON, inDialog("Cancel operation")).click();
    // The buttons have found their places only then, and a click is not lost between two of them.
    assertThat(dialog).hasCount(0);
    assertThat(page().getByText("1 of 1 · skipped 1")).isVisible();
    button("Edit again").click();
    assertThat(page().getByText("(cancelled: The unit was wrong). The payload is as it was then."))
        .isVisible();
    assertThat(page().getByLabel("How many (quantity)", exact())).hasValue("2");
    assertThat(page().getByLabel("Unit of measure (unit)", exact())).hasValue("EA");
    screenshot("edit-again");
    assertThat(button("Preview")).isEnabled();
    button("Preview").click();
    assertThat(page().getByLabel("Why is the payload corrected?")).hasValue("The unit was wrong");
    button("Start").click();
    // The preview says too that it needs approval; only the button tells that it has begun.
    assertThat(button("Start")).isHidden();
    assertThat(page().getByText("A corrected payload").first()).isVisible();
  }

  @Test
  void aFieldIsSetInAllMessagesOfAnExceptionAfterAPreviewOfEveryDifference() {
    List<MessageBuilder> sales = messages.failed("E-2004", 201, Samples::aSale);
    logIn(Role.SUPPORT);
    page().navigate("/exceptions?q=E-2004");
    assertThat(page().getByText("(E-2004)").first()).isVisible();
    page().keyboard().press("j");
    button("Edit and retry…").click();
    page().getByLabel("Field", exact()).fill("amount");
    page().getByLabel("New value", exact()).fill("EA");
    button("Preview").click();
    assertThat(page().getByText("Locked: fields about").first()).isVisible();
    page().getByLabel("Field", exact()).fill("unit");
    page().getByLabel("Only where it is", exact()).fill("pcs");
    assertThat(button("Preview")).isEnabled();
    button("Preview").click();

    assertThat(page()).hasURL(Pattern.compile(".*/operations/[0-9a-f-]+$"));
    assertThat(page().getByText("201 of 201 messages")).isVisible();
    assertThat(page().getByText("Changed alike in the 200 that are shown:")).isVisible();
    assertThat(page().getByText("in 200 messages")).isVisible();
    assertThat(page().getByText("The first 200 of 201 messages are shown")).isVisible();
    screenshot("operation-rule-preview");
    button("Show more differences").click();
    assertThat(page().getByText("Changed alike:")).isVisible();
    assertThat(page().getByText("in 201 messages")).isVisible();
    assertThat(page().locator("code").getByText("EA")).hasCount(202);
    assertThat(button("Show more differences")).isHidden();

    button("Cancel operation").click();
    Locator dialog = page().getByRole(AriaRole.DIALOG);
    Locator cancel = dialog.getByRole(AriaRole.BUTTON, inDialog("Cancel operation"));
    cancel.click();
    assertThat(dialog.getByText("A reason of 3 to 500 characters is needed")).isVisible();
    screenshot("operation-cancel");
    dialog.getByRole(AriaRole.BUTTON, inDialog("Back")).click();
    assertThat(dialog).hasCount(0);
    assertThat(button("Cancel operation")).isEnabled();
    button("Cancel operation").click();
    dialog.getByLabel("Why is it cancelled?").fill("The unit is right");
    cancel.click();
    assertThat(page().getByText(Pattern.compile("· support · The unit is right$"))).isVisible();
    Assertions.assertThat(messages.sent(sales)).isEmpty();
    allOfThemAreReachedPageByPageAndAreInTheFile(sales);
    button("Retry the rest as corrected").click();
    assertThat(page().getByText("201 of 201 messages")).isVisible();
    assertThat(page().getByText("in 200 messages")).isVisible();
    assertThat(page().getByText("A corrected payload: needed")).isVisible();
  }

  @Test
  void aRuleThatTheDifferencesShowToBeWrongIsEditedAgain() {
    List<MessageBuilder> sales = messages.failed("E-2043", 3, Samples::aSale);
    systemPrefers(ColorScheme.LIGHT);
    logIn(Role.SUPPORT);
    page().navigate("/exceptions?q=E-2043");
    assertThat(page().getByText("(E-2043)").first()).isVisible();
    page().keyboard().press("j");
    button("Edit and retry…").click();
    page().getByLabel("Field", exact()).fill("unit");
    page().getByLabel("Only where it is", exact()).fill("pcs");
    page().getByLabel("New value", exact()).fill("KG");
    button("Preview").click();
    assertThat(page()).hasURL(Pattern.compile(".*/operations/[0-9a-f-]+$"));
    assertThat(page().getByText("in 3 messages")).isVisible();
    String first = page().url();

    button("Edit again").click();
    Locator dialog = page().getByRole(AriaRole.DIALOG);
    assertThat(dialog.getByText("This preview is cancelled then.")).isVisible();
    Locator field = page().getByLabel("Field", exact());
    assertThat(field).hasValue("unit");
    assertThat(page().getByLabel("Only where it is", exact())).hasValue("pcs");
    Locator value = page().getByLabel("New value", exact());
    assertThat(value).hasValue("KG");
    field.fill("amount");
    dialog.getByRole(AriaRole.BUTTON, inDialog("Preview")).click();
    assertThat(dialog.getByText("Locked: fields about")).isVisible();
    screenshot("rule-again");
    dialog.getByRole(AriaRole.BUTTON, inDialog("Cancel")).click();
    assertThat(dialog).hasCount(0);
    systemPrefers(ColorScheme.DARK);
    button("Edit again").click();
    assertThat(field).hasValue("unit");
    value.fill("EA");
    dialog.getByLabel("Why is the payload corrected?").fill("They are sold by the piece");
    screenshot("rule-again-dark");
    dialog.getByRole(AriaRole.BUTTON, inDialog("Preview")).click();
    assertThat(dialog).hasCount(0);
    page().waitForURL(url -> !url.equals(first));
    assertThat(page().getByText("Edited again: All 3 failed messages")).isVisible();
    assertThat(page().locator("code").getByText("EA").first()).isVisible();
    assertThat(page().getByLabel("Why is the payload corrected?"))
        .hasValue("They are sold by the piece");
    screenshot("rule-again-preview-dark");
    String second = page().url();
    page().navigate(first);
    assertThat(page().getByText("Cancelled by support: Edited again: operation")).isVisible();
    assertThat(page().getByText("· Edited again: operation")).isVisible();
    screenshot("rule-again-replaced");
    page().getByText(Pattern.compile("^operation [0-9a-f]+$")).first().click();
    assertThat(page()).hasURL(second);
    button("Start").click();
    // The preview says too that it needs approval; only the button tells that it has begun.
    assertThat(button("Start")).isHidden();
    assertThat(page().getByText("A corrected payload").first()).isVisible();
    assertThat(button("Edit again")).isHidden();
    newContext(new com.microsoft.playwright.Browser.NewContextOptions());
    logIn(Role.MANAGER);
    page().navigate(second);
    button("Decline").click();
    dialog = page().getByRole(AriaRole.DIALOG);
    dialog.getByLabel("Why is it not approved?").fill("The unit is a box");
    dialog.getByRole(AriaRole.BUTTON, inDialog("Decline")).click();
    assertThat(button("Edit again")).isDisabled();
    assertThat(page().getByText("You may not edit messages and retry them")).isVisible();
    newContext(new com.microsoft.playwright.Browser.NewContextOptions());
    logIn(Role.SUPPORT);
    page().navigate(second);
    button("Edit again").click();
    assertThat(page().getByText("what did not get through is previewed anew")).isVisible();
    assertThat(page().getByLabel("Why is the payload corrected?"))
        .hasValue("They are sold by the piece");
    Assertions.assertThat(messages.sent(sales)).isEmpty();
  }

  private void allOfThemAreReachedPageByPageAndAreInTheFile(List<MessageBuilder> sales) {
    List<String> ids = sales.stream().map(sale -> sale.messageId().value()).sorted().toList();
    button("Skipped 201").click();
    assertThat(page().getByText("200 of 201 are shown, in the order of their ids.")).isVisible();
    assertThat(page().getByText(ids.getFirst()).first()).isVisible();
    assertThat(button("Previous messages")).isDisabled();
    button("Next messages").click();
    assertThat(page()).hasURL(Pattern.compile(".*\\?state=SKIPPED&after=" + ids.get(199) + "$"));
    assertThat(page().getByText("1 of 201 is shown")).isVisible();
    Locator grid = page().locator("vaadin-grid");
    assertThat(grid.getByText(ids.getLast())).isVisible();
    assertThat(button("Next messages")).isDisabled();
    screenshot("operation-last-page");
    button("Previous messages").click();
    assertThat(grid.getByText(ids.getFirst())).isVisible();
    assertThat(button("Previous messages")).isDisabled();

    Locator csv = page().getByRole(AriaRole.LINK, named("CSV"));
    String href = csv.getAttribute("href");
    Assertions.assertThat(href).endsWith("/items.csv?state=SKIPPED");
    Assertions.assertThat(page().request().get("/" + href).text().lines())
        .hasSize(202)
        .startsWith("\"Message\",\"Store\",\"Attempt\",\"Outcome\",\"Why\",\"Sent (UTC)\"");
  }
}
