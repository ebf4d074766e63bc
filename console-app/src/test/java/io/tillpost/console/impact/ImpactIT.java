package io.tillpost.console.impact;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.tillpost.testing.Samples.aFailure;
import static io.tillpost.testing.Samples.aSale;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.tillpost.console.browser.BrowserTest;
import io.tillpost.console.security.Role;
import io.tillpost.message.MessageEvent;
import io.tillpost.message.Stage;
import io.tillpost.store.IngestWriter.Batch;
import io.tillpost.store.ParkedRecord;
import io.tillpost.store.Stores;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;

/** The way from the impact to the one message behind it. A context of its own: its data is. */
@TestPropertySource(properties = "tillpost.console.zone=Europe/Berlin")
class ImpactIT extends BrowserTest {
  private static final String MESSAGE = "sale-0412-03-20261123-004711";

  @Autowired private Stores stores;

  @BeforeEach
  void aSaleIsStuckAtTheErp() {
    write(
        aSale()
            .id(MESSAGE)
            .store("0412")
            .capturedAt(Instant.now().minus(Duration.ofHours(2)))
            .amount(12999, "EUR")
            .key("receipt", "0412-03-4711")
            .correlationId("c-77ad")
            .failingWith(aFailure().build())
            .throughStage(Stage.FAILED));
  }

  @Test
  void theImpactLeadsToTheListBehindIt() {
    logIn(Role.SUPPORT);
    page().navigate("/impact");
    assertThat(page()).hasTitle("Impact · Tillpost");
    assertThat(page().getByText("Stores with unsent transactions")).isVisible();
    assertThat(page().getByText("129.99 EUR").first()).isVisible();
    screenshot("impact-light");
    systemPrefers(ColorScheme.DARK);
    screenshot("impact-dark");
    systemPrefers(ColorScheme.LIGHT);

    page().getByText("Stores with unsent transactions").click();

    assertThat(page()).hasTitle("Messages · Tillpost");
    assertThat(page().getByRole(AriaRole.LINK, named("0412-03-4711"))).isVisible();
    screenshot("messages-light");
  }

  @Test
  void aMessageTellsItsWholeStoryAndTurnsConfirmedByItself() {
    String id = MESSAGE + "-b";
    Instant captured = Instant.now().minus(Duration.ofHours(1));
    write(
        aSale()
            .id(id)
            .store("0412")
            .capturedAt(captured)
            .failingWith(aFailure().code("TAX_CODE_UNKNOWN").build())
            .throughStage(Stage.FAILED));
    logIn(Role.SUPPORT);
    page().navigate("/messages/" + id);
    assertThat(page().getByText("Failed").first()).isVisible();
    assertThat(page().getByText("TAX_CODE_UNKNOWN").first()).isVisible();
    screenshot("message-light");
    systemPrefers(ColorScheme.DARK);
    screenshot("message-dark");

    write(
        aSale()
            .id(id)
            .store("0412")
            .capturedAt(captured)
            .attempt(2, Instant.now())
            .throughStage(Stage.CONFIRMED));

    assertThat(page().getByText("Confirmed").first()).isVisible();

    page().navigate("/messages?q=" + id);
    assertThat(page().getByText("1 message", exactly())).isVisible();
    assertThat(page().getByRole(AriaRole.BUTTON, named("Retry what failed …"))).isVisible();
  }

  @Test
  void pagesWithoutDataSayWhatToDo() {
    logIn(Role.SUPPORT);
    page().navigate("/traces");
    assertThat(page().getByText("No trace matches in this time")).isVisible();
    page().navigate("/ingest");
    assertThat(page().getByText("No ingest process has reported")).isVisible();
    screenshot("ingest-light");
    page().navigate("/messages?q=nothing-like-this");
    assertThat(page().getByText("No message matches")).isVisible();
    assertThat(page().getByRole(AriaRole.BUTTON, named("Retry what failed …"))).isHidden();
    assertThat(page().getByRole(AriaRole.BUTTON, named("Discard what failed …"))).isHidden();
    page().navigate("/messages/not-there");
    assertThat(page().getByText("There is no message")).isVisible();
  }

  @Test
  void whatIsParkedForOneReasonIsSentAgainAtOnce() {
    var parked = stores.documents().of(ParkedRecord.DOCUMENTS);
    parked.put("time-1", parked("time: is missing"));
    parked.put("time-2", parked("time: is missing"));
    parked.put("stage-1", parked("stage: is not known"));
    logIn(Role.ADMIN);
    page().navigate("/ingest");
    assertThat(page().getByText("3 records", exactly())).isVisible();
    page().getByText("stage: is not known").click();
    assertThat(page().getByText("{\"of\":\"stage: is not known\"}")).isVisible();
    page().getByLabel("Reason has the words").fill("missing");
    page().keyboard().press("Enter");
    assertThat(page()).hasURL(Pattern.compile(".*/ingest\\?reason=missing$"));
    assertThat(page().getByText("2 records", exactly())).isVisible();
    page().getByRole(AriaRole.BUTTON, named("Send all again…")).click();
    page().getByRole(AriaRole.BUTTON, named("Send them")).click();
    assertThat(page().getByText("Say why: it stands in the audit trail").first()).isVisible();
    screenshot("ingest-send-all");
    page().getByLabel("Why can they be stored now?").fill("The clock was mended");
    page().getByRole(AriaRole.BUTTON, named("Send them")).click();
    assertThat(page().getByText("2 records are sent again")).isVisible();
    assertThat(page().getByText("Being sent again")).hasCount(2);

    page().navigate("/ingest?reason=nothing-like-this");
    assertThat(page().getByText("Nothing is parked for a reason with these words")).isVisible();
    assertThat(page().getByRole(AriaRole.BUTTON, named("Send all again…"))).isDisabled();
  }

  private static ParkedRecord parked(String reason) {
    return ParkedRecord.of(
        ParkedRecord.Kind.MESSAGE_EVENT,
        reason,
        "/pos/0412",
        Instant.now(),
        true,
        "{\"of\":\"" + reason + "\"}");
  }

  private void write(List<MessageEvent> events) {
    stores.ingestWriter().write(new Batch(events, List.of()));
  }

  private static Page.GetByTextOptions exactly() {
    return new Page.GetByTextOptions().setExact(true);
  }

  private static Page.GetByRoleOptions named(String name) {
    return new Page.GetByRoleOptions().setName(name);
  }
}
