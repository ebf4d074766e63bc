package io.tillpost.console.senders;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.tillpost.console.browser.BrowserTest;
import io.tillpost.console.security.Role;
import io.tillpost.store.ConfiguredSenders;
import io.tillpost.store.IngestSender;
import io.tillpost.store.RefusalReason;
import io.tillpost.store.Refusals;
import io.tillpost.store.SenderCertificate;
import io.tillpost.store.SenderKey;
import io.tillpost.store.Stores;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** An administrator gives a store its key, changes it, and takes it back. */
class SendersIT extends BrowserTest {
  @Autowired private Stores stores;

  private Locator button(String name) {
    return page()
        .getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  private void fill(String label, String value) {
    page().getByLabel(label, new Page.GetByLabelOptions().setExact(true)).fill(value);
  }

  private void noDialog() {
    assertThat(page().locator("vaadin-dialog[opened]")).hasCount(0);
  }

  private SenderKey.State state(int key) {
    IngestSender kept =
        stores.documents().of(IngestSender.DOCUMENTS).get("store-0999").orElseThrow().value();
    return kept.keys().get(key).state(Instant.now());
  }

  @Test
  void aKeyIsMadeRotatedAndRevokedAndTheAuditTrailKnowsWhy() {
    logIn(Role.ADMIN);
    open(page(), "/senders");
    button("Make a sender").click();
    fill("Name", "store-0999");
    fill("Only for the stores", "0999");
    button("Make it").click();
    assertThat(page().getByText("Say why: the audit trail keeps it.")).isVisible();
    fill("Why?", "A store opens");
    button("Make it").click();
    Locator key = page().getByLabel("Key", new Page.GetByLabelOptions().setExact(true));
    assertThat(key).hasValue(Pattern.compile("tillpost_[\\w-]{43}"));
    String first = key.inputValue();
    button("I have it").click();
    noDialog();

    page().getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("store-0999")).click();
    assertThat(page().locator(".tillpost-title")).hasText("Sender store-0999");
    assertThat(page().getByText("store 0999, no quota")).isVisible();
    assertThat(page().locator("#content").getByText(first)).hasCount(0);
    button("New key").click();
    fill("Why?", "Every year");
    button("Make the key").click();
    assertThat(key).not().hasValue(first);
    button("I have it").click();
    noDialog();
    assertThat(page().getByText(Pattern.compile("Valid until"))).isVisible();

    page()
        .getByRole(
            AriaRole.BUTTON, new Page.GetByRoleOptions().setName(Pattern.compile("Revoke key")))
        .last()
        .click();
    fill("Why?", "It stood in a ticket");
    button("Revoke").click();
    noDialog();
    assertThat(page().getByText(Pattern.compile("Revoked "))).isVisible();
    Assertions.assertThat(state(0)).isEqualTo(SenderKey.State.REVOKED);
    Assertions.assertThat(state(1)).isEqualTo(SenderKey.State.VALID);

    aCertificateIsAddedReplacedAndRemoved();

    page().navigate("/audit?subject=store-0999");
    assertThat(page().getByText("The gateway was sold").first()).isVisible();
    assertThat(page().getByText("It stood in a ticket").first()).isVisible();
    assertThat(
            page()
                .locator("vaadin-grid-cell-content")
                .getByText("Revoked a key of a sender")
                .first())
        .isVisible();
  }

  private void aCertificateIsAddedReplacedAndRemoved() {
    button("Add a certificate").click();
    fill("Certificate", "CN=till-gateway.example,O=Chain");
    fill("Why?", "Its gateway has one");
    button("Add it").click();
    assertThat(page().getByText(Pattern.compile("Give the name alone"))).isVisible();
    fill("Certificate", "till-gateway.example");
    button("Add it").click();
    noDialog();
    button("Replace certificate till-gateway.example").click();
    fill("Certificate", "SHA256 Fingerprint=" + "AB:".repeat(31) + "AB");
    fill("Why?", "One machine alone");
    button("Replace it").click();
    noDialog();
    String fingerprint = "sha256:" + "ab".repeat(32);
    assertThat(page().getByText(fingerprint, new Page.GetByTextOptions().setExact(true)))
        .isVisible();
    screenshot("sender-with-certificates");
    button("Remove certificate " + fingerprint).click();
    fill("Why?", "The gateway was sold");
    button("Remove it").click();
    noDialog();
    assertThat(page().getByText(Pattern.compile("■ Removed "))).isVisible();
    Assertions.assertThat(
            stores
                .documents()
                .of(IngestSender.DOCUMENTS)
                .get("store-0999")
                .orElseThrow()
                .value()
                .certificates())
        .extracting(each -> each.state(Instant.now()))
        .containsExactly(SenderKey.State.ENDING, SenderKey.State.REVOKED);

    page().navigate("/senders?q=till-gateway.example");
    assertThat(page().getByText("✓ 1 key, 1 certificate")).isVisible();
    assertThat(page().getByText("Configured senders")).not().isVisible();
    whatIsConfiguredIsSeenBesideIt();
  }

  private void whatIsConfiguredIsSeenBesideIt() {
    stores
        .documents()
        .of(ConfiguredSenders.DOCUMENTS)
        .put(
            "process.1",
            new ConfiguredSenders(
                Instant.now(),
                List.of(
                    new ConfiguredSenders.One(
                        "erp",
                        new IngestSender.Bounds(List.of("0711"), null, null),
                        2,
                        List.of("erp.example", "sha256:" + "cd".repeat(32))))));
    page().navigate("/senders");
    assertThat(page().getByText("Configured senders")).isVisible();
    assertThat(page().getByText("store 0711, no quota")).isVisible();
    assertThat(page().getByText("2 keys")).isVisible();
    assertThat(page().getByText("erp.example")).isVisible();
    screenshot("senders-configured");
    page().navigate("/senders?q=erp.example");
    assertThat(page().getByText("store 0711, no quota")).isVisible();
    assertThat(page().getByText("No sender has this name, store or certificate."))
        .not()
        .isVisible();
  }

  @Test
  void thePagesFitAPhoneInTheDark() {
    stores
        .documents()
        .of(Refusals.DOCUMENTS)
        .put(
            "process.2",
            new Refusals(
                Refusals.of(Instant.now()).since(),
                List.of(
                    new Refusals.Line(
                        "store-0998", RefusalReason.OTHER_STORE, 12, Instant.now()))));
    stores
        .documents()
        .of(IngestSender.DOCUMENTS)
        .put(
            "store-0998",
            IngestSender.made(
                    "store-0998",
                    new IngestSender.Bounds(List.of("0998"), 50L, 200_000L),
                    SenderKey.made("1a2b3c4d", "0".repeat(64), Instant.now(), "admin"))
                .certified(
                    SenderCertificate.added("sha256:" + "0".repeat(64), Instant.now(), "admin"))
                .orElseThrow());
    newContext(
        new Browser.NewContextOptions().setViewportSize(390, 844).setColorScheme(ColorScheme.DARK));
    logIn(Role.ADMIN);
    for (String address : List.of("senders", "senders/store-0998")) {
      page().navigate("/" + address);
      assertThat(page().getByText(Pattern.compile("50 records/s")).first()).isVisible();
      Assertions.assertThat(
              page()
                  .evaluate(
                      "document.scrollingElement.scrollWidth <= document.scrollingElement.clientWidth"))
          .isEqualTo(true);
      screenshot("phone-" + address.replace('/', '-'));
    }
    assertThat(page().getByText("For a store that is not its own")).isVisible();
  }
}
