package io.tillpost.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.tillpost.testing.Samples.aSale;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.tillpost.console.browser.BrowserTest;
import io.tillpost.console.live.HeldUpdates;
import io.tillpost.console.security.Role;
import io.tillpost.failure.Failure;
import io.tillpost.message.Stage;
import io.tillpost.store.IngestWriter.Batch;
import io.tillpost.store.ParkedRecord;
import io.tillpost.store.memory.InMemoryStores;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Whoever acts while the storage is away keeps the page, and is told what is known. */
class StorageAwayIT extends BrowserTest {
  private static final String NOT_KNOWN =
      "The storage does not answer for now, so it is not known whether that was done.";

  @Autowired private InMemoryStores stores;
  @Autowired private HeldUpdates live;
  @Autowired private Clock clock;

  @AfterEach
  void recover() {
    stores.recover();
    live.answer();
  }

  @Test
  void whatIsDoneMeanwhileCanBeDoneAgain() {
    write("0412-03-903");
    logIn(Role.SUPPORT);
    openTheException();
    button("Ticket…").click();
    Locator address = page().getByLabel("Address of the ticket");
    address.fill("https://tickets.example/4711");

    stores.breakDown("The storage of this test is away");
    button("Link").click();
    assertThat(page().getByText(NOT_KNOWN)).isVisible();
    assertThat(page()).hasURL(Pattern.compile(".*/exceptions.*"));
    assertThat(address).hasValue("https://tickets.example/4711");
    screenshot("storage-away");

    stores.recover();
    button("Link").click();
    assertThat(address).hasCount(0);
    assertThat(page().getByText("tickets.example/4711").first()).isVisible();
  }

  @Test
  void aButtonThatTakesOnePressTakesAnother() {
    write("0412-03-904");
    logIn(Role.SUPPORT);
    page().navigate("/messages?q=0412-03-904");
    Locator retry = button("Retry what failed …");
    assertThat(retry).isEnabled();

    stores.breakDown("The storage of this test is away");
    retry.click();
    assertThat(page().getByText(NOT_KNOWN)).isVisible();
    assertThat(retry).isEnabled();
  }

  @Test
  void aDialogKeepsWhatWasChosenUntilItIsDone() {
    write("0412-03-905");
    logIn(Role.SUPPORT);
    openTheException();
    button("Classify").click();
    Locator dialog = page().getByRole(AriaRole.DIALOG);
    dialog.getByText("Mapping:").click();
    Locator note = dialog.getByLabel("What do they need to know?");
    note.fill("The codes of the new country");

    stores.breakDown("The storage of this test is away");
    Locator classify =
        dialog.getByRole(
            AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Classify").setExact(true));
    classify.click();
    assertThat(page().getByText(NOT_KNOWN)).isVisible();
    assertThat(note).hasValue("The codes of the new country");

    stores.recover();
    classify.click();
    assertThat(dialog).hasCount(0);
    assertThat(page().getByText("The codes of the new country").first()).isVisible();
  }

  @Test
  void whatAKeyDoesIsToldInTheSameWay() {
    write("0412-03-906");
    logIn(Role.SUPPORT);
    openTheException();
    assertThat(button("Assign to me")).isEnabled();

    stores.breakDown("The storage of this test is away");
    page().keyboard().press("a");
    assertThat(page().getByText(NOT_KNOWN)).isVisible();
  }

  @Test
  void aPageSaysHowOldItIsAndOneThatWasNeverAnsweredSaysThat() {
    logIn(Role.SUPPORT);
    page().navigate("/operations");
    Locator age = page().locator(".tillpost-as-of");
    assertThat(age).containsText("as of");
    Locator spoken = page().getByRole(AriaRole.ALERT);
    assertThat(spoken).hasCount(0);
    assertThat(page().getByRole(AriaRole.STATUS).filter(containing("as of"))).hasCount(0);

    stores.breakDown("The storage of this test is away");
    assertThat(spoken).containsText("Not refreshed since ");
    page().reload();
    assertThat(spoken)
        .hasText("Not answered yet: The storage of this test is away. Trying again by itself.");
    screenshot("operations-not-answered");

    stores.recover();
    assertThat(age).containsText("as of");
    assertThat(spoken).hasCount(0);
  }

  @Test
  void aParkedRecordThatWasNotSentCanBeSentAgain() {
    stores
        .documents()
        .of(ParkedRecord.DOCUMENTS)
        .put(
            "parked",
            new ParkedRecord(
                ParkedRecord.Kind.MESSAGE_EVENT,
                "No amount",
                "127.0.0.1",
                clock.instant(),
                true,
                "{}",
                ParkedRecord.State.PARKED));
    logIn(Role.ADMIN);
    page().navigate("/ingest");
    Locator send = button("Send again");
    assertThat(send).isEnabled();

    stores.breakDown("The storage of this test is away");
    send.click();
    assertThat(page().getByText(NOT_KNOWN)).isVisible();
    assertThat(send).isEnabled();

    // The list stays as it was, and the record has gone meanwhile.
    live.hold();
    stores.recover();
    stores.documents().of(ParkedRecord.DOCUMENTS).removeAll(Set.of("parked"));
    send.click();
    assertThat(page().getByText("The record is not there any more.")).isVisible();
    assertThat(send).isEnabled();
  }

  private void openTheException() {
    page().navigate("/exceptions?target=away");
    assertThat(page().getByText("Refused meanwhile (AWAY)")).isVisible();
    page().keyboard().press("j");
  }

  private void write(String receipt) {
    stores
        .ingestWriter()
        .write(
            new Batch(
                aSale()
                    .target("away")
                    .key("receipt", receipt)
                    .failingWith(new Failure("AWAY", "Refused meanwhile", null, null))
                    .throughStage(Stage.FAILED),
                List.of()));
  }

  private static Locator.FilterOptions containing(String text) {
    return new Locator.FilterOptions().setHasText(text);
  }

  private Locator button(String name) {
    return page()
        .getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }
}
