package io.tillpost.console.recovery;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.tillpost.console.security.Role;
import io.tillpost.message.MessageStatus;
import io.tillpost.message.Stage;
import io.tillpost.store.MessageQuery;
import io.tillpost.testing.MessageBuilder;
import io.tillpost.testing.Samples;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/** What nobody confirmed is looked at in a browser, asked about, settled, and sent again. */
class UnconfirmedIT extends BrowserRecovery {
  @Test
  void whatNobodyConfirmsIsInAListOfItsOwn() {
    MessageBuilder sale = messages.failed("E-2003", 1, Samples::aReturn).getFirst();
    CHANNEL.says("");
    CHANNEL.behave(_ -> TestChannel.Answer.of(202));
    logIn(Role.SUPPORT);
    previewAll("E-2003", "Retry all");
    page().getByLabel("Why is it worth another attempt?").fill("Try again");
    button("Start").click();
    nobodyConfirms(List.of(sale));
    assertThat(page().getByText("1 of 1 · unconfirmed 1")).isVisible();

    page().navigate("/operations?action=RETRY&state=FINISHED&who=support");
    assertThat(page().getByText(Pattern.compile("unconfirmed 1")).first()).isVisible();
    page().getByText("Unconfirmed messages of all operations").click();
    assertThat(page().getByText(sale.messageId().value()).first()).isVisible();
    screenshot("unconfirmed");

    CHANNEL.says("ABSENT");
    askTheTarget();
    assertThat(page().getByText("it may be sent again").first()).isVisible();
    page().navigate("/messages/" + sale.messageId());
    assertThat(page().getByText("The target does not have it").first()).isVisible();
    CHANNEL.says("PENDING");
    askTheTarget();
    assertThat(page().getByText("The target says that it is on its way").first()).isVisible();
    screenshot("message-asked");
    button("Settle…").click();
    Locator settle = page().locator("vaadin-dialog[opened]");
    assertThat(settle.getByText("Nothing is sent now.")).isVisible();
    settle.getByRole(AriaRole.BUTTON, inDialog("Cancel")).click();
    assertThat(settle).hasCount(0);
    button("Retry").click();
    Locator again = page().locator("vaadin-dialog[opened]");
    assertThat(again.getByText("Another one may post it a second time")).isVisible();
    Locator send = again.getByRole(AriaRole.BUTTON, inDialog("Retry"));
    assertThat(send).isDisabled();
    again.getByText("I have looked: the target does not have it").click();
    assertThat(send).isEnabled();
    screenshot("message-retried-in-doubt");
    again.getByRole(AriaRole.BUTTON, inDialog("Cancel")).click();
    aCorrectionOfItAsksToo();
    Assertions.assertThat(messages.sent(List.of(sale))).hasSize(1);
    whatIsStaleHidesNothingNewAndAllOfItIsReached(sale);
    page().navigate("/unconfirmed");
    assertThat(page().getByText(sale.messageId().value()).first()).isVisible();
    messages.confirm(List.of(sale));
    assertThat(page().getByText("Nothing is unconfirmed").first()).isVisible();
  }

  private void aCorrectionOfItAsksToo() {
    button("Edit and retry").click();
    assertThat(page().getByText("Another one may post it a second time")).isVisible();
    page().getByLabel("quantity", exact()).fill("2");
    assertThat(page().locator("code").getByText("2", exactText())).isVisible();
    assertThat(button("Preview")).isDisabled();
    page().getByText("I have looked: the target does not have it").click();
    assertThat(button("Preview")).isEnabled();
    screenshot("edit-in-doubt");
    page().getByText("Back to the message").click();
    page().getByRole(AriaRole.DIALOG).getByRole(AriaRole.BUTTON, inDialog("Leave")).click();
    assertThat(page()).hasURL(Pattern.compile(".*/messages/[^/]+$"));
  }

  private void whatIsStaleHidesNothingNewAndAllOfItIsReached(MessageBuilder sale) {
    Set<String> stale =
        IntStream.range(0, 120)
            .mapToObj(
                i ->
                    RecoveryWorld.unconfirmed(
                        stores.documents(),
                        RecoveryWorld.planned("stale-" + i, "archive", "0999"),
                        Instant.now().minus(Duration.ofDays(30 + i))))
            .collect(Collectors.toSet());
    page().navigate("/unconfirmed");
    assertThat(page().getByText("121 messages were sent again")).isVisible();
    assertThat(page().getByText(sale.messageId().value()).first()).isVisible();
    button("Show older ones").click();
    assertThat(page()).hasURL(Pattern.compile(".*/unconfirmed\\?after=.+"));
    assertThat(page().getByText("stale-119").first()).isVisible();
    assertThat(page().getByText(sale.messageId().value())).hasCount(0);
    assertThat(button("Show older ones")).isHidden();
    screenshot("unconfirmed-older");
    button("Back to the newest").click();
    assertThat(page().getByText(sale.messageId().value()).first()).isVisible();

    Locator target = page().getByLabel("Target", new Page.GetByLabelOptions().setExact(true));
    target.fill("nowhere");
    target.press("Enter");
    assertThat(page().getByText("No unconfirmed message matches these filters.")).isVisible();
    assertThat(page()).hasURL(Pattern.compile(".*/unconfirmed\\?target=nowhere$"));
    page().navigate("/unconfirmed?store=0999&workflow=sales-posting&after=nonsense");
    assertThat(page().getByText("120 messages were sent again")).isVisible();
    button("Settle…").first().click();
    Locator dialog = page().getByRole(AriaRole.DIALOG);
    dialog.getByRole(AriaRole.BUTTON, inDialog("It is in the target")).click();
    assertThat(dialog.getByText("A reason of 3 to 500 characters is needed")).isVisible();
    dialog.getByLabel("What did you see there?").fill("Archive folder 4711");
    screenshot("unconfirmed-settle");
    dialog.getByRole(AriaRole.BUTTON, inDialog("It is in the target")).click();
    assertThat(dialog).hasCount(0);
    assertThat(page().getByText("119 messages were sent again")).isVisible();
    assertThat(page().getByText("stale-1").first()).isVisible();
    new RecoveryRecords(stores.documents()).items().removeAll(stale);
  }

  @Test
  void theTargetIsAskedForAllThatAnOperationLeftInDoubt() {
    List<MessageBuilder> sales = messages.failed("E-2006", 3, Samples::aReturn);
    CHANNEL.behave(_ -> TestChannel.Answer.of(202));
    CHANNEL.says("");
    logIn(Role.SUPPORT);
    page().navigate("/exceptions?q=E-2006");
    page().getByLabel("Select Article is unknown (E-2006)").click();
    button("Retry…").click();
    assertThat(page()).hasURL(Pattern.compile(".*/operations/[0-9a-f-]+$"));
    assertThat(page().getByText("3 failed messages of 1 chosen exception").first()).isVisible();
    previewAll("E-2006", "Retry all");
    page().getByLabel("Why is it worth another attempt?").fill("Try again");
    button("Start").click();
    nobodyConfirms(sales);
    assertThat(page().getByText("3 of 3 · unconfirmed 3")).isVisible();
    button("Settle…").first().click();
    Locator dialog = page().getByRole(AriaRole.DIALOG);
    dialog.getByLabel("What did you see there?").fill("ERP document 4900012345");
    screenshot("operation-settle");
    dialog.getByRole(AriaRole.BUTTON, inDialog("It is in the target")).click();
    assertThat(page().getByText(Pattern.compile("^3 of 3 · .*already done 1"))).isVisible();
    assertThat(button("Settle…")).hasCount(2);

    askTheTarget();
    assertThat(
            page()
                .getByText(
                    "support asked the target about 2 unconfirmed messages: no answer for 2."))
        .isVisible();
    CHANNEL.says("POSTED");
    assertThat(button("Ask the target")).isEnabled();
    askTheTarget();
    assertThat(page().getByText("support asked the target about 2 unconfirmed messages: it has 2."))
        .isVisible();
    assertThat(page().getByText("3 of 3 · already done 3")).isVisible();
    assertThat(button("Ask the target")).isHidden();
    screenshot("operation-asked");
    Assertions.assertThat(messages.sent(sales)).hasSize(3).doesNotHaveDuplicates();
  }

  @Test
  void aChannelWithoutALookUpHasNoButtonAndSaysWhy() {
    MessageBuilder older =
        Samples.aStockUpdate()
            .capturedAt(Instant.now().minusSeconds(1_000))
            .payload("{\"unit\":\"pcs\",\"quantity\":1}")
            .failingWith(Samples.aFailure().code("E-2010").message("Article is unknown").build());
    messages.write(older.throughStage(Stage.FAILED));
    MessageBuilder update = messages.failed("E-2007", 1, Samples::aStockUpdate).getFirst();
    CHANNEL.behave(_ -> TestChannel.Answer.of(202));
    logIn(Role.SUPPORT);
    previewAll("E-2007", "Retry all");
    page().getByLabel("Why is it worth another attempt?").fill("Try again");
    button("Start").click();
    nobodyConfirms(List.of(update));
    assertThat(page().getByText("1 of 1 · unconfirmed 1")).isVisible();
    assertThat(page().getByText("The channel silent offers no look-up").first()).isVisible();
    assertThat(button("Ask the target")).isHidden();
    messages.confirm(List.of(update));
    assertThat(page().getByText("1 of 1 · confirmed 1")).isVisible();
    theOlderOneIsSentInSpiteOfItWithAReason(older);
  }

  private void theOlderOneIsSentInSpiteOfItWithAReason(MessageBuilder older) {
    MessageQuery through =
        MessageQuery.ALL
            .withWorkflows(Set.of("inventory-sync"))
            .withStatuses(Set.of(MessageStatus.CONFIRMED));
    await().until(() -> stores.messages().count(through) == 1);
    previewAll("E-2010", "Retry all");
    assertThat(page().getByText("1: Superseded by a newer message")).isVisible();
    assertThat(button("Start")).isDisabled();
    button("Send superseded ones anyway…").click();
    Locator dialog = page().getByRole(AriaRole.DIALOG);
    dialog.getByLabel("Why are the older ones right?").fill("The newer count was wrong");
    dialog.getByText("Preview", exactText()).click();
    assertThat(page().getByText("Why: The newer count was wrong.")).isVisible();
    assertThat(button("Send superseded ones anyway…")).isHidden();
    assertThat(button("Start")).isEnabled();
    screenshot("operation-superseded-anyway");
    theSameIsOfferedForACorrectionByRule();
    page().navigate("/messages/" + older.messageId());
    assertThat(button("Retry")).isEnabled();
    button("Retry").click();
    assertThat(dialog.getByText("A newer message about the same article")).isVisible();
    Locator retry = dialog.getByRole(AriaRole.BUTTON, inDialog("Retry"));
    assertThat(retry).isDisabled();
    dialog.getByText("Send it in spite of the newer one").click();
    dialog.getByLabel("Why is it worth another attempt?").fill("The newer count was wrong");
    assertThat(retry).isEnabled();
    screenshot("message-retry-superseded");
    Assertions.assertThat(messages.sent(List.of(older))).isEmpty();
    retry.click();
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> messages.sent(List.of(older)).equals(List.of(older.messageId() + ":2")));
    messages.write(List.of(older.attempt(2, Instant.now()).event(Stage.CONFIRMED)));
    assertThat(page().locator(".tillpost-retry").getByText("Confirmed", exactText())).isVisible();
  }

  private void theSameIsOfferedForACorrectionByRule() {
    page().navigate("/exceptions?q=E-2010");
    assertThat(page().getByText("(E-2010)").first()).isVisible();
    page().keyboard().press("j");
    button("Edit and retry…").click();
    page().getByLabel("Field", exact()).fill("unit");
    page().getByLabel("New value", exact()).fill("EA");
    button("Preview").click();
    assertThat(page().getByText("1: Superseded by a newer message")).isVisible();
    button("Send superseded ones anyway…").click();
    Locator dialog = page().getByRole(AriaRole.DIALOG);
    dialog.getByLabel("Why are the older ones right?").fill("The newer count was wrong");
    dialog.getByText("Preview", exactText()).click();
    assertThat(page().getByText("Why: The newer count was wrong.")).isVisible();
    assertThat(page().locator("code").getByText("EA").first()).isVisible();
    assertThat(button("Start")).isEnabled();
    screenshot("operation-rule-superseded-anyway");
  }
}
