package io.tillpost.console.recovery;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import io.tillpost.console.security.Role;
import io.tillpost.testing.MessageBuilder;
import io.tillpost.testing.Samples;
import java.util.List;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/**
 * On pages that move by themselves: what has not changed stays the same thing in the browser, or a
 * click that is on its way, the focus and marked text would be lost.
 */
class KeptLinksIT extends BrowserRecovery {
  /** What can be clicked, and what is likely to be marked. */
  private static final String KEPT =
      ".tillpost-view :is(a, vaadin-button, li, dd, .tillpost-badge):not(vaadin-grid *), vaadin-grid a";

  @Test
  void whatHasNotChangedStaysInThePage() {
    String journey = "journey-of-kept-links";
    List<MessageBuilder> sales =
        messages.failed("E-2031", 2, () -> Samples.aSale().store("0488").correlationId(journey));
    CHANNEL.behave(_ -> TestChannel.Answer.of(202));
    logIn(Role.SUPPORT);
    String message = "/messages/" + sales.getFirst().messageId();
    page().navigate(message);
    assertThat(link("Open the exception")).isVisible();
    assertThat(page().getByText(Pattern.compile("late$"))).isVisible();
    assertThat(relatedLink()).isVisible();
    staysTheSame("Open the exception");
    page().navigate("/messages?store=0488");
    assertThat(page().locator("vaadin-grid a")).hasCount(2);
    staysTheSame("0412-03-");

    previewAll("E-2031", "Retry all");
    assertThat(page().getByText("Preview: nothing has been sent")).isVisible();
    assertThat(button("All 2")).isVisible();
    staysTheSame("erp");
    page().getByLabel("Why is it worth another attempt?").fill("The article is there now");
    button("Start").click();
    messages.awaitTaken(sales);
    assertThat(button("Sent, not confirmed yet 2")).isVisible();
    assertThat(page().getByText(Pattern.compile("a second so far"))).isVisible();
    staysTheSame("Article is unknown");
    String exception = link(Pattern.compile("Article is unknown")).getAttribute("href");

    page().navigate(message);
    assertThat(link("Operation")).isVisible();
    staysTheSame("Operation");

    page().navigate("/" + exception);
    Locator operation = page().locator("li").filter(containing("of 2 confirmed"));
    assertThat(operation).containsText("0 of 2 confirmed");
    staysTheSame("by support");
    messages.confirm(sales);
    markAll();
    assertThat(operation).containsText("2 of 2 confirmed");
    Assertions.assertThat(gone("a")).as("links to operations that went on").isEmpty();
  }

  private Locator relatedLink() {
    return page()
        .locator(".tillpost-panel")
        .filter(containing("Related messages"))
        .getByRole(AriaRole.LINK)
        .first();
  }

  /**
   * @param link words of a link that must be among what stays
   */
  private void staysTheSame(String link) {
    markAll();
    Assertions.assertThat(marked()).anyMatch(words -> words.contains(link));
    Locator asOf = page().locator(".tillpost-as-of").first();
    for (int refresh = 0; refresh < 2; refresh++) {
      assertThat(asOf).not().hasText(asOf.textContent());
    }
    Assertions.assertThat(gone("*")).as("made anew on " + page().url()).isEmpty();
  }

  private void markAll() {
    page()
        .evaluate(
            "(kept) => { window.kept = [...document.querySelectorAll(kept)]"
                + ".filter((one) => one.checkVisibility()); }",
            KEPT);
  }

  @SuppressWarnings("unchecked")
  private List<String> marked() {
    return (List<String>)
        page()
            .evaluate(
                "() => window.kept.filter((one) => one.localName === 'a')"
                    + ".map((one) => one.textContent)");
  }

  /** The words of what was marked and is not in the page any more. */
  @SuppressWarnings("unchecked")
  private List<String> gone(String kind) {
    return (List<String>)
        page()
            .evaluate(
                "(kind) => window.kept.filter((one) => one.matches(kind) && !one.isConnected)"
                    + ".map((one) => one.localName + ' ' + one.textContent)",
                kind);
  }

  private static Locator.FilterOptions containing(String words) {
    return new Locator.FilterOptions().setHasText(words);
  }

  private Locator link(String words) {
    return page().getByRole(AriaRole.LINK, named(words));
  }

  private Locator link(Pattern words) {
    return page()
        .locator("dd")
        .getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName(words));
  }
}
