package io.tillpost.console.recovery;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.tillpost.console.security.Role;
import io.tillpost.message.Stage;
import io.tillpost.recovery.OperationEvent;
import io.tillpost.recovery.Preparation;
import io.tillpost.testing.MessageBuilder;
import io.tillpost.testing.Samples;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/** Operations in a browser: canary and pause, order, and a replay with four eyes. */
class OperationSteeringIT extends BrowserRecovery {
  @Test
  void theFirstMessagesGoAloneAndTheRestIsPausedAndResumed() {
    AtomicInteger store = new AtomicInteger(700);
    List<MessageBuilder> sales =
        messages.failed("E-2001", 6, () -> Samples.aSale().store("0" + store.incrementAndGet()));
    CHANNEL.behave(_ -> TestChannel.Answer.of(202));
    logIn(Role.SUPPORT);
    previewAll("E-2001", "Retry all");
    assertThat(page().getByText(Pattern.compile("^0705: 1 message, .*129.99"))).isVisible();
    assertThat(page().getByText(Pattern.compile("^0706: 1 message"))).hasCount(0);
    screenshot("operation-stores");
    button("Show more stores").click();
    assertThat(page().getByText(Pattern.compile("^0706: 1 message"))).isVisible();
    assertThat(button("Show more stores")).isHidden();
    page().getByLabel("Why is it worth another attempt?").fill("The article is there now");
    button("Start").click();
    assertThat(page().getByText("Sending the first messages").first()).isVisible();
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> Assertions.assertThat(messages.sent(sales)).hasSize(2));

    page().getByLabel("Why is it paused or resumed? (optional)").fill("The ERP answers slowly");
    button("Pause").click();
    assertThat(page().getByText("Paused by support: The ERP answers slowly").first()).isVisible();
    screenshot("operation-canary-paused");
    messages.confirm(sales);
    assertThat(page().getByText(Pattern.compile("2 of 6 · planned 4 · confirmed 2"))).isVisible();
    Assertions.assertThat(messages.sent(sales)).hasSize(2);

    CHANNEL.behave(messages::takeAndConfirm);
    assertThat(button("Resume")).isEnabled();
    button("Resume").click();
    assertThat(page().getByText("6 of 6 · confirmed 6")).isVisible();
    Assertions.assertThat(messages.sent(sales)).hasSize(6).doesNotHaveDuplicates();

    String reading =
        RecoveryWorld.beingPrepared(
            stores.documents(), Preparation.reading(80_000, 34_000, Instant.now()));
    page().navigate("/operations/" + reading);
    assertThat(page().getByText("Reading: 34,000 of about 80,000")).isVisible();
    assertThat(button("Cancel operation")).isEnabled();
    screenshot("operation-being-read");
    RecoveryRecords records = new RecoveryRecords(stores.documents());
    String why = "These messages go through different recovery channels";
    records.apply(reading, new OperationEvent.Interrupted(), null, why, Instant.now());
    assertThat(page().getByText("Given up, nothing sent: " + why).first()).isVisible();
    assertThat(button("Cancel operation")).isHidden();
    screenshot("operation-given-up");
    page().navigate("/operations");
    assertThat(page().getByText(why).first()).isVisible();
    screenshot("operations-given-up");

    page().navigate("/operations/" + RecoveryWorld.beingPrepared(stores.documents()));
    assertThat(page().getByText("23,000 of 80,000 prepared")).isVisible();
    assertThat(page().getByText("Being prepared by support").first()).isVisible();
    assertThat(button("Start")).isHidden();
    screenshot("operation-being-prepared");
    button("Cancel operation").click();
    Locator dialog = page().getByRole(AriaRole.DIALOG);
    dialog.getByLabel("Why is it cancelled?").fill("The wrong day");
    dialog.getByRole(AriaRole.BUTTON, inDialog("Cancel operation")).click();
    assertThat(page().getByText("Given up, nothing sent by support: The wrong day").first())
        .isVisible();
    assertThat(button("Cancel operation")).isHidden();
  }

  @Test
  void anEarlierMessageThatHasFailedIsTakenAlongOrPassedWithAReason() {
    MessageBuilder earlier =
        messages.failed("E-2008", 1, () -> Samples.aSale().transactionNumber(880_001L)).getFirst();
    MessageBuilder later =
        messages.failed("E-2009", 1, () -> Samples.aSale().transactionNumber(880_001L)).getFirst();
    CHANNEL.behave(messages::takeAndConfirm);
    logIn(Role.SUPPORT);
    previewAll("E-2009", "Retry all");
    assertThat(
            page()
                .getByText(
                    "1 message has an earlier message of the same transaction or article that has failed"))
        .isVisible();
    assertThat(page().getByText(Pattern.compile("^0 of 1 message$"))).isVisible();
    assertThat(button("Start")).isDisabled();
    screenshot("operation-earlier-left-out");

    button("Send them anyway…").click();
    page().getByLabel("Why does their order not matter?").fill("The earlier one is booked by hand");
    page().getByRole(AriaRole.DIALOG).getByText("Preview", exactText()).click();
    assertThat(page().getByText("Out of order")).isVisible();
    assertThat(page().getByText("Why: The earlier one is booked by hand")).isVisible();
    assertThat(button("Include the earlier ones")).isHidden();
    assertThat(page().getByRole(AriaRole.DIALOG)).isHidden();
    screenshot("operation-out-of-order");

    assertThat(page().getByText("What fails from now on is not passed.")).isVisible();
    passedWithACorrection(earlier, later);

    page().navigate("/messages/" + later.messageId());
    assertThat(button("Retry")).isEnabled();
    button("Retry").click();
    assertThat(page().getByText("Earlier, of the same transaction or article")).isVisible();
    assertThat(page().getByRole(AriaRole.DIALOG).locator("vaadin-select-value-button"))
        .containsText("The earlier ones first, then this one");
    page().getByLabel("Why is it worth another attempt?").fill("The article is there now");
    screenshot("message-retry-earlier");
    page().getByRole(AriaRole.DIALOG).getByText("Retry", exactText()).click();
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () ->
                Assertions.assertThat(messages.sent(List.of(earlier, later)))
                    .containsExactly(earlier.messageId() + ":2", later.messageId() + ":2"));
  }

  /** A correction of the later one is held back too, and offers to pass the earlier one. */
  private void passedWithACorrection(MessageBuilder earlier, MessageBuilder later) {
    page().navigate("/messages/" + later.messageId() + "/edit");
    assertThat(page().getByText("Earlier, of the same transaction or article")).isVisible();
    assertThat(button("Send anyway…")).isDisabled();
    page().getByLabel("How many (quantity)", exact()).fill("2");
    assertThat(button("Send anyway…")).isEnabled();
    button("Preview").click();
    assertThat(page().getByText("is earlier and has failed too: retry both in their order"))
        .isVisible();
    for (ColorScheme scheme : List.of(ColorScheme.DARK, ColorScheme.LIGHT)) {
      systemPrefers(scheme);
      screenshot("edit-behind-" + scheme.name().toLowerCase(java.util.Locale.ROOT));
    }
    button("Send anyway…").click();
    Locator dialog = page().getByRole(AriaRole.DIALOG);
    dialog.getByText("Preview", exactText()).click();
    assertThat(dialog.getByText("takes a reason for that")).isVisible();
    dialog.getByLabel("Why does their order not matter?").fill("The earlier one was booked");
    dialog.getByText("Preview", exactText()).click();
    assertThat(page().getByText("Why: The earlier one was booked")).isVisible();
    assertThat(page().getByText("Out of order")).isVisible();
    assertThat(page().locator("a[href='messages/" + earlier.messageId() + "']").first())
        .isVisible();
  }

  @Test
  void aReplayCountsWhatSucceededAndGoesOutOnceASecondPersonApproved() {
    List<MessageBuilder> sales = messages.failed("E-2005", 2, () -> Samples.aSale().store("0799"));
    messages.write(List.of(sales.getFirst().event(Stage.CONFIRMED)));
    CHANNEL.behave(messages::takeAndConfirm);
    logIn(Role.ADMIN);
    follow("replay");
    page().getByLabel("Stores", exact()).fill("0799");
    button("Preview").click();
    assertThat(page().getByText("1: the target has it and gets it again")).isVisible();
    page().getByLabel("Why are they sent again?").fill("The ERP was restored");
    button("Start").click();
    assertThat(page().getByText("Waits for a second person by admin").first()).isVisible();
    Assertions.assertThat(messages.sent(sales)).isEmpty();

    Page second = secondPerson(Role.MANAGER);
    open(second, page().url());
    second
        .getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Approve").setExact(true))
        .click();

    // By itself, on the page of who asked.
    assertThat(page().getByText("2 of 2 · confirmed 2")).isVisible();
    assertThat(second.getByText("2 of 2 · confirmed 2")).isVisible();
    Assertions.assertThat(messages.sent(sales)).hasSize(2);

    follow("replay");
    page().getByLabel("Stores", exact()).fill("0799");
    button("Preview").click();
    page().getByLabel("Why are they sent again?").fill("Once more");
    button("Start").click();
    assertThat(page().getByText("Waits for a second person by admin").first()).isVisible();
    open(second, page().url());
    second.getByRole(AriaRole.BUTTON, named("Decline")).click();
    Locator dialog = second.getByRole(AriaRole.DIALOG);
    dialog.getByLabel("Why is it not approved?").fill("Once is enough");
    dialog.getByRole(AriaRole.BUTTON, inDialog("Decline")).click();
    assertThat(page().getByText("Cancelled by manager: Once is enough")).isVisible();
    assertThat(page().getByText(Pattern.compile("· manager · Once is enough$"))).isVisible();
    Assertions.assertThat(messages.sent(sales)).hasSize(2);

    button("Replay the rest").click();
    assertThat(page().getByText("Replay: The rest of: ")).isVisible();
    assertThat(page().getByText("2 of 2 messages")).isVisible();
    assertThat(page().getByText("A replay: needed")).isVisible();
    assertThat(button("Start")).isEnabled();
    screenshot("operation-rest-of-replay");
  }
}
