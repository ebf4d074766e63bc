package io.tillpost.console.exceptions;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.tillpost.console.security.Role;
import io.tillpost.failure.Failure;
import io.tillpost.message.MessageEvent;
import io.tillpost.message.Stage;
import io.tillpost.store.IngestWriter;
import io.tillpost.store.Stores;
import io.tillpost.testing.MessageBuilder;
import io.tillpost.testing.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Finding one's way through the inbox: tabs, filters, what may wait, and taking the list along. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class InboxIT extends TeamSteps {
  @Autowired private Stores stores;

  @DynamicPropertySource
  static void runbook(DynamicPropertyRegistry properties) {
    properties.add(
        "tillpost.triage.runbooks.master-data", () -> "https://wiki.example/master-data");
  }

  /** Counts all there is, so it comes first. */
  @Test
  @Order(1)
  void whatMayWaitLeavesTheReviewAndComesBackByHand() throws IOException {
    List<MessageEvent> events = new ArrayList<>();
    events.addAll(failed("0412", "TAX_CODE_UNKNOWN", "Tax code is not known"));
    events.addAll(failed("0413", "TAX_CODE_UNKNOWN", "Tax code is not known"));
    events.addAll(failed("0413", "TENDER_REFUSED", "Tender is refused"));
    stores.ingestWriter().write(new IngestWriter.Batch(events, List.of()));
    systemPrefers(ColorScheme.LIGHT);
    logIn(Role.SUPPORT);
    page().navigate("/exceptions");

    tab("For review 2").click();
    assertThat(page()).hasURL(Pattern.compile(".*status=NEW.*"));
    row("Tax code is not known").click();
    page().getByRole(AriaRole.BUTTON, named("Ignore…")).click();
    Locator dialog = page().locator("vaadin-dialog[opened]");
    dialog.getByRole(AriaRole.BUTTON, inside("Ignore")).click();
    assertThat(dialog.getByText("Say why it is ignored").first()).isVisible();
    dialog.getByLabel("Why may it wait?").fill("Known, mended tonight");
    screenshot("exceptions-ignore");
    dialog.getByRole(AriaRole.BUTTON, inside("Ignore")).click();

    assertThat(page().locator("vaadin-dialog")).hasCount(0);
    assertThat(tab("Ignored 1")).isVisible();
    assertThat(tab("For review 1")).isVisible();
    assertThat(row("Tender is refused")).isVisible();
    assertThat(row("Tax code is not known")).hasCount(0);

    tab("Ignored 1").click();
    assertThat(row("Tax code is not known")).isVisible();
    assertThat(page().getByText(Pattern.compile("ignored it: Known, mended tonight"))).isVisible();
    assertThat(page().getByText(Pattern.compile("^Ignored until .*, or more than 4 messages")))
        .isVisible();
    assertThat(page().getByText(Pattern.compile("^With IT .* · never handed over"))).isVisible();
    page().getByRole(AriaRole.BUTTON, named("Stop ignoring")).click();
    assertThat(page().getByText("No exception is ignored.")).isVisible();

    tab("All 2").click();
    page().getByRole(AriaRole.BUTTON, named("More filters…")).click();
    dialog.getByLabel("Business key").fill("sku");
    dialog.getByRole(AriaRole.BUTTON, inside("Show")).click();
    assertThat(dialog.getByText("A key needs its name and its value")).isVisible();
    dialog.getByLabel("Business key").fill("");
    Locator storesField = dialog.getByLabel("Stores");
    storesField.fill("0412");
    storesField.press("Enter");
    dialog.getByRole(AriaRole.BUTTON, inside("Show")).click();
    assertThat(page().locator("vaadin-dialog")).hasCount(0);
    assertThat(page()).hasURL(Pattern.compile(".*store=0412.*"));
    assertThat(row("Tender is refused")).hasCount(0);
    assertThat(row("Tax code is not known")).isVisible();
    screenshot("exceptions-chips");

    page().getByRole(AriaRole.MENUITEM, named("Views")).click();
    page().getByRole(AriaRole.MENUITEM, named("Keep this view…")).click();
    dialog.getByLabel("Name").fill("Berlin only");
    dialog.getByRole(AriaRole.BUTTON, inside("Keep")).click();
    assertThat(page().locator("vaadin-dialog")).hasCount(0);

    Download csv =
        page()
            .waitForDownload(
                () -> page().getByText("CSV", new Page.GetByTextOptions().setExact(true)).click());
    Assertions.assertThat(Files.readAllLines(csv.path()))
        .hasSize(2)
        .anySatisfy(line -> Assertions.assertThat(line).contains("TAX_CODE_UNKNOWN"));

    page().getByText(Pattern.compile("^Store 0412.*✕")).click();
    assertThat(row("Tender is refused")).isVisible();

    page().getByRole(AriaRole.MENUITEM, named("Views")).click();
    screenshot("exceptions-views");
    page().getByRole(AriaRole.MENUITEM, named("Berlin only")).click();
    assertThat(page()).hasURL(Pattern.compile(".*store=0412.*"));
    page().getByText(Pattern.compile("^Store 0412.*✕")).click();

    ruleOutOfWhatWasDecidedByHand();
  }

  /** Another exception with the same code follows the rule without being touched. */
  private void ruleOutOfWhatWasDecidedByHand() {
    row("Tender is refused").click();
    page().getByRole(AriaRole.BUTTON, named("Classify")).click();
    Locator dialog = page().locator("vaadin-dialog[opened]");
    dialog.getByText("Mapping: we sent the wrong shape").click();
    dialog.getByRole(AriaRole.BUTTON, inside("Classify")).click();
    assertThat(page().locator("vaadin-dialog")).hasCount(0);
    assertThat(page().getByText("Mapping: given by hand.")).isVisible();
    stores
        .ingestWriter()
        .write(
            new IngestWriter.Batch(
                failing("0414", "TENDER_REFUSED", "Tender is refused by the bank")
                    .payload("{\"tender\": [{\"kind\": \"cash\"}, {\"kind\": \"<b>voucher\"}]}")
                    .throughStage(Stage.FAILED),
                List.of()));
    page().getByRole(AriaRole.LINK, named("Make it a rule…")).click();

    Locator text = page().getByRole(AriaRole.TEXTBOX, named("Rules"));
    assertThat(text).hasValue(Pattern.compile("rules:\\s+- rule: \"Tender is refused .*"));
    String suggested = text.inputValue();
    text.fill("rules:\n  - rule: Tender\n    class: maping\n    code: TENDER_REFUSED\n");
    page().getByRole(AriaRole.BUTTON, named("Try against the last 7 days")).click();
    assertThat(page().getByText("Line 3, column 12: 'maping' is no class")).isVisible();
    screenshot("rules-problem");
    text.pressSequentially("#");
    Assertions.assertThat(
            page()
                .evaluate(
                    "() => window.dispatchEvent(new Event('beforeunload', {cancelable: true}))"))
        .as("the browser may close it")
        .isEqualTo(false);
    text.fill(suggested.replaceAll("(?m)^    text:.*\\R", "    team: Bankin\n"));
    page().getByRole(AriaRole.BUTTON, named("Try against the last 7 days")).click();
    assertThat(page().getByText(Pattern.compile("The team “Bankin” is not configured")))
        .isVisible();
    page().getByText("The team “Bankin” is not configured").scrollIntoViewIfNeeded();
    screenshot("rules-warning");
    text.fill(
        suggested.replaceAll(
            "(?m)^    text:.*\\R",
            "    team: Banking\n    assignee: oncall\n    payload: {'tender[*].kind': '*vou*'}\n"));
    page().getByRole(AriaRole.BUTTON, named("Try against the last 7 days")).click();
    assertThat(page().getByText("1 exception with 1 message would get another class")).isVisible();
    assertThat(page().getByText("· nobody → oncall, team Banking by “Tender")).isVisible();
    assertThat(
            page()
                .getByText(
                    Pattern.compile(
                        "^A payload decides about 2 exceptions.*2 messages .the newest")))
        .isVisible();
    assertThat(page().getByText(Pattern.compile("tender\\[1]\\.kind is “<b>voucher”"))).isVisible();
    page().getByText("How a rule is written").click();
    assertThat(page().getByText(Pattern.compile("what stands in the payload: all of these")))
        .isVisible();
    screenshot("rules-light");
    page().getByText("How a rule is written").click();
    systemPrefers(ColorScheme.DARK);
    screenshot("rules-dark");
    String written = text.inputValue();
    page().getByRole(AriaRole.LINK, named("Targets")).click();
    assertThat(page().getByText("Leave what you changed?")).isVisible();
    page().getByRole(AriaRole.BUTTON, named("Stay")).click();
    assertThat(page().locator("vaadin-dialog")).hasCount(0);
    assertThat(page()).hasURL(Pattern.compile(".*/rules\\?.*"));
    assertThat(text).hasValue(written);
    page().getByRole(AriaRole.BUTTON, named("Save")).click();
    assertThat(page().getByText("Say why, in 3 to 500 characters")).isVisible();
    page().getByLabel("Why are they changed?").fill("Decided by hand every day");
    page().getByRole(AriaRole.BUTTON, named("Save")).click();
    assertThat(page().getByText("Decided by hand every day · counts now")).isVisible();

    // What is kept is left without a question.
    page().getByRole(AriaRole.LINK, named("Exceptions")).click();
    row("Tender is refused by the bank").click();
    assertThat(
            page()
                .getByText(
                    Pattern.compile(
                        "^Mapping: by rule 1 “Tender is refused.*because tender\\[1]\\.kind is"
                            + " “<b>voucher”")))
        .isVisible();
    screenshot("exceptions-by-rule-dark");
    assertThat(page().getByText(Pattern.compile("^Who has it: team Banking by rule 1.*oncall by")))
        .isVisible();
    page().getByRole(AriaRole.BUTTON, named("Assign to me")).click();
    assertThat(page().getByText(Pattern.compile("^Who has it: team Banking by.*support by hand")))
        .isVisible();
    page().getByRole(AriaRole.BUTTON, named("Assign…")).click();
    page().getByRole(AriaRole.BUTTON, named("As the rules say")).click();
    assertThat(page().getByText(Pattern.compile("^Who has it: team Banking by.*oncall by rule 1")))
        .isVisible();
    aTeamIsChosenAndItsMembersStandFirst();
    assertThat(page().getByText(Pattern.compile("^Who has it: team Banking by.*oncall by rule 1")))
        .isVisible();
    severalAreAssignedAtOnce();
  }

  @Test
  @Order(2)
  void whoIsAskedSeesTheHandOversTheTicketAndTheRunbook() {
    stores
        .ingestWriter()
        .write(new IngestWriter.Batch(failed("0415", "PERIOD_CLOSED", "Closed"), List.of()));
    String id = idOf("PERIOD_CLOSED");
    act(id, "comment", "{\"text\":\"Seen by the till vendor, @support\"}");
    act(id, "classify", "{\"failureClass\":\"MASTER_DATA\"}");
    act(id, "owner", "{\"side\":\"IT\",\"note\":\"Look at the calendar\"}");
    act(id, "ticket", "{\"ticket\":\"https://tickets.example/RET-1\"}");

    logIn(Role.SUPPORT);
    page().navigate("/exceptions/" + id + "?assignee=me");
    assertThat(page().getByText("IT · nobody · @ you are asked")).isVisible();
    assertThat(page().getByText(Pattern.compile("handed over 2 times, last by oncall$")))
        .isVisible();
    Locator ticket =
        page().getByRole(AriaRole.LINK, named("Ticket: https://tickets.example/RET-1"));
    assertThat(ticket).hasAttribute("rel", "noopener noreferrer");
    assertThat(page().getByRole(AriaRole.LINK, named("Runbook for Master data")))
        .hasAttribute("href", "https://wiki.example/master-data");
    screenshot("exceptions-handed-over");
    page().getByRole(AriaRole.BUTTON, named("Ticket…")).click();
    Locator dialog = page().locator("vaadin-dialog[opened]");
    dialog.getByLabel("Address of the ticket").fill("javascript:alert(1)");
    dialog.getByRole(AriaRole.BUTTON, inside("Link")).click();
    assertThat(dialog.getByText("A ticket is an address that begins with")).isVisible();
    screenshot("exceptions-ticket");
  }

  @Test
  @Order(3)
  void anAddressThatCannotBeReadSaysSoAndWhatItAsksForHasAChip() {
    stores
        .ingestWriter()
        .write(
            new IngestWriter.Batch(
                failed("0416", "ODD\u202E", "Bell\u0007 here " + "w".repeat(300)), List.of()));
    logIn(Role.SUPPORT);
    page().navigate("/exceptions?status=NEW&status=OPNE&money=EUR:1.000&class=UNKNOWN&side=IT");
    Locator unread = page().getByRole(AriaRole.ALERT).filter(containing("cannot be read"));
    assertThat(unread).containsText("status: 'OPNE' is none of");
    assertThat(unread).containsText("money: 'EUR:1.000' is not a currency and minor units");
    screenshot("exceptions-unread");
    // The last of them first, and by the keyboard, which is not to be lost.
    Locator last = chip("Side IT");
    last.focus();
    last.press("Enter");
    assertThat(last).hasCount(0);
    assertThat(chip("Class Unknown")).isFocused();
    chip("Status New").click();
    assertThat(chip("Status New")).hasCount(0);
    assertThat(chip("Class Unknown")).isFocused();
    page().keyboard().press("Enter");
    assertThat(chip("Class Unknown")).hasCount(0);
    assertThat(page().getByRole(AriaRole.TEXTBOX, named("Search"))).isFocused();
    assertThat(unread).hasCount(0);
    row("BellU+0007 here").waitFor();
    aBlankThatIsTypedStays();
    aTeamIsAFilterLikeAnyOther();
    whatIsOfMyTeamsHasATabAFilterAndAnEmptyState(
        "Tender is refused by the bank", "Tax code is not known");
    aViewThatIsOpenedByItsAddressIsSeen();
    open(page(), "/exceptions?q=ODD");
    row("BellU+0007 here").click();
    assertThat(page().locator("h2").first()).containsText("BellU+0007 here");
    screenshot("exceptions-odd");
  }

  private void aBlankThatIsTypedStays() {
    open(page(), "/exceptions");
    Locator search = page().getByRole(AriaRole.TEXTBOX, named("Search"));
    search.pressSequentially("by ");
    assertThat(page()).hasURL(Pattern.compile(".*[?&]q=by(&.*)?$"));
    assertThat(row("Tender is refused by the bank")).isVisible();
    assertThat(row("Tax code is not known")).hasCount(0);
    awaitArrival();
    // Each letter after the answer to the one before.
    search.pressSequentially("the", new Locator.PressSequentiallyOptions().setDelay(900));
    assertThat(search).hasValue("by the");
    assertThat(page()).hasURL(Pattern.compile(".*[?&]q=by(%20|\\+)the(&.*)?$"));
    search.clear();
    assertThat(page()).hasURL(Pattern.compile(".*/exceptions$"));
  }

  private Locator chip(String part) {
    return page().getByRole(AriaRole.BUTTON, startingWith("Take the filter away: " + part));
  }

  private void aTeamIsAFilterLikeAnyOther() {
    page().navigate("/exceptions?team=banking");
    assertThat(row("Tender is refused by the bank")).isVisible();
    assertThat(row("Tax code is not known")).hasCount(0);
    page().getByRole(AriaRole.BUTTON, named("Take the filter away: Team banking")).waitFor();
    page().locator("vaadin-select").filter(containing("Banking")).click();
    screenshot("exceptions-team");
    assertThat(page().getByRole(AriaRole.STATUS).filter(containing("1 exception listed")))
        .hasCount(1);
    page().getByRole(AriaRole.OPTION, named("No team")).click();
    assertThat(page()).hasURL(Pattern.compile(".*team=none.*"));
    assertThat(row("Tax code is not known")).isVisible();
    assertThat(row("Tender is refused by the bank")).hasCount(0);
    page().getByRole(AriaRole.BUTTON, named("Take the filter away: No team")).click();
    assertThat(row("Tender is refused by the bank")).isVisible();
  }

  private void aViewThatIsOpenedByItsAddressIsSeen() {
    stores
        .ingestWriter()
        .write(
            new IngestWriter.Batch(
                Samples.aSale()
                    .store("0412")
                    .capturedAt(Instant.now().minusSeconds(7))
                    .failingWith(new Failure("DRAWER_OPEN", "Drawer is open", null, null))
                    .throughStage(Stage.FAILED),
                List.of()));
    page().navigate("/exceptions?status=NEW");
    assertThat(page().getByRole(AriaRole.MENUITEM, named("Views (1 with news)"))).isVisible();
    page().navigate("/exceptions?store=0412");
    assertThat(row("Drawer is open")).isVisible();
    assertThat(page().getByRole(AriaRole.MENUITEM, named("Views"))).isVisible();
  }

  private String idOf(String code) {
    return json(page().request().get("/api/v1/exceptions?q=" + code, as("support")))
        .at("/0/id")
        .stringValue();
  }

  private void act(String id, String act, String body) {
    APIResponse answer =
        page()
            .request()
            .post(
                "/api/v1/exceptions/" + id + "/" + act,
                as("oncall").setHeader("Content-Type", "application/json").setData(body));
    Assertions.assertThat(answer.status()).as(answer.text()).isEqualTo(200);
  }

  private static List<MessageEvent> failed(String store, String code, String text) {
    return failing(store, code, text).throughStage(Stage.FAILED);
  }

  private static MessageBuilder failing(String store, String code, String text) {
    return Samples.aSale()
        .store(store)
        .capturedAt(Instant.now().minus(Duration.ofMinutes(20)))
        .failingWith(new Failure(code, text, null, null));
  }
}
