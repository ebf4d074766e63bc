package io.tillpost.console.recovery;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.tillpost.console.browser.BrowserTest;
import io.tillpost.console.browser.ForwardClock;
import io.tillpost.console.security.Role;
import io.tillpost.message.MessageStatus;
import io.tillpost.message.Stage;
import io.tillpost.store.MessageQuery;
import io.tillpost.store.Stores;
import io.tillpost.testing.MessageBuilder;
import io.tillpost.testing.Samples;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Operations in a browser: canary and pause, four eyes, edit, and what nobody confirmed. */
@Import(ForwardClock.OfTheConsole.class)
class OperationSteeringIT extends BrowserTest {
  private static final TestChannel CHANNEL = new TestChannel();

  /** Longer than any test here takes; none waits for it. */
  private static final Duration DEADLINE = Duration.ofMinutes(5);

  @Autowired private Stores stores;
  @Autowired private ForwardClock clock;
  private FailedMessages messages;

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

  @AfterAll
  static void close() {
    CHANNEL.close();
  }

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
    assertThat(page().getByText("A corrected payload").first()).isVisible();
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
    assertThat(page().getByText("1: the target has them and gets them again")).isVisible();
    page().getByLabel("Why are they sent again?").fill("The ERP was restored");
    button("Start").click();
    assertThat(page().getByText("Waits for a second person by admin").first()).isVisible();
    Assertions.assertThat(messages.sent(sales)).isEmpty();

    Page second = secondPerson(Role.MANAGER);
    second.navigate(page().url());
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
    second.navigate(page().url());
    second.getByRole(AriaRole.BUTTON, named("Decline")).click();
    Locator dialog = second.getByRole(AriaRole.DIALOG);
    dialog.getByLabel("Why is it not approved?").fill("Once is enough");
    dialog.getByRole(AriaRole.BUTTON, inDialog("Decline")).click();
    assertThat(page().getByText("Cancelled").first()).isVisible();
    assertThat(page().getByText(Pattern.compile("· manager · Once is enough$"))).isVisible();
    Assertions.assertThat(messages.sent(sales)).hasSize(2);

    button("Replay the rest").click();
    assertThat(page().getByText("Replay: The rest of: ")).isVisible();
    assertThat(page().getByText("2 of 2 messages")).isVisible();
    assertThat(page().getByText("A replay: needed")).isVisible();
    assertThat(button("Start")).isEnabled();
    screenshot("operation-rest-of-replay");
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

  private void allOfThemAreReachedPageByPageAndAreInTheFile(List<MessageBuilder> sales) {
    List<String> ids = sales.stream().map(sale -> sale.messageId().value()).sorted().toList();
    button("Skipped 201").click();
    assertThat(page().getByText("200 of 201 are shown, in the order of their ids.")).isVisible();
    assertThat(page().getByText(ids.getFirst()).first()).isVisible();
    assertThat(button("Previous messages")).isDisabled();
    button("Next messages").click();
    assertThat(page()).hasURL(Pattern.compile(".*\\?state=SKIPPED&after=" + ids.get(199) + "$"));
    assertThat(page().getByText("1 of 201 are shown")).isVisible();
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

  /** The channel takes all of them, and then it is too late for a confirmation. */
  private void nobodyConfirms(List<MessageBuilder> sent) {
    messages.awaitTaken(sent);
    clock.putForward(DEADLINE.plusSeconds(1));
  }

  /** A tooltip that stays open under the mouse would be part of the button's name. */
  private void askTheTarget() {
    button("Ask the target").click();
    page().mouse().move(0, 0);
  }

  private void previewAll(String code, String action) {
    page().navigate("/exceptions?q=" + code);
    assertThat(page().getByText("(" + code + ")").first()).isVisible();
    page().keyboard().press("j");
    assertThat(page()).hasURL(Pattern.compile(".*/exceptions/[0-9a-f]{16}.*"));
    button(action).click();
    assertThat(page()).hasURL(Pattern.compile(".*/operations/[0-9a-f-]+$"));
  }

  private Locator button(String name) {
    return page().getByRole(AriaRole.BUTTON, named(name));
  }

  private static Locator.GetByRoleOptions inDialog(String name) {
    return new Locator.GetByRoleOptions().setName(name).setExact(true);
  }

  private static Page.GetByRoleOptions named(String name) {
    return new Page.GetByRoleOptions().setName(name).setExact(true);
  }

  private static Locator.GetByTextOptions exactText() {
    return new Locator.GetByTextOptions().setExact(true);
  }

  private static Page.GetByLabelOptions exact() {
    return new Page.GetByLabelOptions().setExact(true);
  }
}
