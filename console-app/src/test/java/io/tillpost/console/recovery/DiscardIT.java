package io.tillpost.console.recovery;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.tillpost.console.browser.BrowserTest;
import io.tillpost.console.security.Role;
import io.tillpost.message.Stage;
import io.tillpost.store.IngestWriter;
import io.tillpost.store.Stores;
import io.tillpost.testing.MessageBuilder;
import io.tillpost.testing.Samples;
import java.time.Instant;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Giving messages up in a browser, and taking that back. */
class DiscardIT extends BrowserTest {
  @Autowired private Stores stores;

  @Test
  void aMessageIsDiscardedFromItsPageAndRestored() {
    MessageBuilder sale = failedSale("E-1001");
    systemPrefers(ColorScheme.LIGHT);
    logIn(Role.SUPPORT);
    page().navigate("/messages/" + sale.messageId());

    button("Discard").click();
    page().getByLabel("Why need it not arrive?").fill("The store booked it by hand");
    screenshot("message-discard");
    dialogButton("Discard").click();
    assertThat(page().locator("vaadin-dialog")).hasCount(0);
    assertThat(button("Restore")).isVisible();
    assertThat(page().getByText("It was discarded")).isVisible();
    screenshot("message-discarded");

    button("Restore").click();
    page().getByLabel("Why is it needed after all?").fill("It was not booked");
    dialogButton("Restore").click();
    assertThat(page().locator("vaadin-dialog")).hasCount(0);
    assertThat(button("Discard")).isEnabled();
  }

  @Test
  void allMessagesOfAnExceptionAreDiscardedAfterAPreviewAndRestored() {
    failedSale("E-1002");
    failedSale("E-1002");
    logIn(Role.SUPPORT);
    page().navigate("/exceptions?q=E-1002");
    assertThat(page().getByText("(E-1002)").first()).isVisible();
    page().keyboard().press("j");
    assertThat(page()).hasURL(Pattern.compile(".*/exceptions/[0-9a-f]{16}.*"));

    button("Discard all").click();
    assertThat(page()).hasURL(Pattern.compile(".*/operations/[0-9a-f-]+$"));
    assertThat(page().getByText("Preview: nothing has been done")).isVisible();
    assertThat(page().getByText("2 of 2 messages")).isVisible();
    page().getByLabel("Why need it not arrive?").fill("The stores booked them by hand");
    screenshot("operation-discard-preview");
    button("Start").click();
    assertThat(page().getByText("2 of 2 · discarded 2")).isVisible();
    screenshot("operation-discarded");

    button("Restore what was discarded").click();
    assertThat(page().getByText("To be restored")).isVisible();
    page().getByLabel("Why is it needed after all?").fill("They were not booked");
    button("Start").click();
    assertThat(page().getByText("2 of 2 · restored 2")).isVisible();
  }

  @Test
  void theMessagesOfTickedExceptionsAreDiscardedAfterAPreviewAndNotRetriedWithoutAChannel() {
    failedSale("E-1003", "Voucher is expired");
    failedSale("E-1004", "Voucher is expired");
    logIn(Role.SUPPORT);
    page().navigate("/exceptions?q=Voucher");
    page().getByLabel("Select Voucher is expired (E-1003)").click();
    page().getByLabel("Select Voucher is expired (E-1004)").click();
    assertThat(page().getByText("2 exceptions selected")).isVisible();
    screenshot("exceptions-ticked-discard");

    button("Retry…").click();
    assertThat(
            page()
                .getByText(
                    "No recovery channel is configured for the workflow sales-posting (tillpost.channels)"))
        .isVisible();
    button("Discard…").click();
    assertThat(page()).hasURL(Pattern.compile(".*/operations/[0-9a-f-]+$"));
    assertThat(page().getByText("2 failed messages of 2 chosen exceptions").first()).isVisible();
    assertThat(page().getByText("Preview: nothing has been done")).isVisible();
    page().getByLabel("Why need it not arrive?").fill("The vouchers were paid by hand");
    button("Start").click();
    assertThat(page().getByText("2 of 2 · discarded 2")).isVisible();
    assertThat(button("Restore what was discarded")).isEnabled();
  }

  private com.microsoft.playwright.Locator button(String name) {
    return page()
        .getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  private com.microsoft.playwright.Locator dialogButton(String name) {
    return page()
        .locator("vaadin-dialog")
        .getByRole(
            AriaRole.BUTTON,
            new com.microsoft.playwright.Locator.GetByRoleOptions().setName(name).setExact(true));
  }

  private MessageBuilder failedSale(String code) {
    return failedSale(code, "Article is unknown");
  }

  private MessageBuilder failedSale(String code, String message) {
    MessageBuilder sale =
        Samples.aSale()
            .capturedAt(Instant.now().minusSeconds(900))
            .failingWith(Samples.aFailure().code(code).message(message).build());
    stores
        .ingestWriter()
        .write(new IngestWriter.Batch(sale.throughStage(Stage.FAILED), java.util.List.of()));
    return sale;
  }
}
