package io.tillpost.console.alerting.ui;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.tillpost.testing.Samples.aSale;
import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.tillpost.console.browser.Axe;
import io.tillpost.console.browser.BrowserTest;
import io.tillpost.console.security.Role;
import io.tillpost.location.Store;
import io.tillpost.location.StoreDirectory;
import io.tillpost.message.Stage;
import io.tillpost.message.Workflows;
import io.tillpost.store.IngestWriter.Batch;
import io.tillpost.store.Stores;
import io.tillpost.testing.MessageBuilder;
import io.tillpost.testing.Samples;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** An alert fires, is mailed, acknowledged and resolved; everything of it real but the storage. */
@Import(AlertsViewIT.SmallEstate.class)
@DirtiesContext
class AlertsViewIT extends BrowserTest {
  private static final GreenMail SERVER = new GreenMail(ServerSetup.SMTP.dynamicPort());

  @Autowired private Stores stores;
  @Autowired private Clock clock;

  @DynamicPropertySource
  static void alerting(DynamicPropertyRegistry properties) {
    SERVER.start();
    properties.add("spring.mail.host", () -> "127.0.0.1");
    properties.add("spring.mail.port", () -> SERVER.getSmtp().getPort());
    properties.add("tillpost.alerting.enabled", () -> "true");
    properties.add(
        "tillpost.alerting.rule-files",
        () -> "classpath:alerts-view-rules.yml,classpath:alerts-view-wrong-rules.yml");
    properties.add("tillpost.alerting.evaluate-every", () -> "1s");
    properties.add("tillpost.alerting.notify-every", () -> "1s");
    properties.add("tillpost.alerting.group-wait", () -> "0s");
    properties.add("tillpost.alerting.group-interval", () -> "0s");
    properties.add("tillpost.alerting.recipients.critical", () -> "oncall@chain.example");
  }

  @AfterAll
  static void stopServer() {
    SERVER.stop();
  }

  @Test
  void anAlertIsSeenAcknowledgedAndItsMailsAreKept() {
    logIn(Role.MANAGER);
    page().navigate("/alerts");
    assertThat(page()).hasTitle("Alerts · Tillpost");
    assertThat(page().getByText("Nothing fires.")).isVisible();

    Instant captured = clock.instant().minus(Duration.ofMinutes(34));
    MessageBuilder one = stuckSale("0412", captured);
    MessageBuilder other = stuckSale("0413", captured.plusSeconds(60));
    assertThat(cellWith("2 stores, 259.98 EUR, oldest 34 min")).isVisible();
    assertThat(cellWith("West")).isVisible();
    assertThat(cellWith("Firing · critical")).isVisible();
    assertThat(cellWith("oldest 34 min, wanted more than 15 min")).isVisible();
    Locator acknowledge = button("Acknowledge");
    assertThat(acknowledge).isDisabled();
    assertThat(acknowledge).hasAttribute("aria-description", Pattern.compile("You may not.*"));
    systemPrefers(ColorScheme.LIGHT);
    checkedPicture("alerts-active-light");

    newContext(new Browser.NewContextOptions().setViewportSize(1280, 800));
    logIn(Role.ONCALL);
    open(page(), "/alerts");
    button("Acknowledge").click();
    page().getByLabel("Note (optional)").fill("Line is down");
    page()
        .getByRole(AriaRole.DIALOG)
        .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Acknowledge"))
        .click();
    assertThat(page().getByText("✓ oncall")).isVisible();
    page().locator("vaadin-grid").first().evaluate("grid => { grid.stays = true; }");
    cellWith("2 stores, 259.98 EUR").click();
    assertThat(page()).hasURL(Pattern.compile(".*alert=[0-9a-f]{20}.*"));
    assertThat(page().getByText("Look for a line that is down.")).isVisible();
    assertThat(page().getByText("Acknowledged by oncall: Line is down")).isVisible();
    assertThat(page().locator("vaadin-grid").first()).hasJSProperty("stays", true);
    systemPrefers(ColorScheme.DARK);
    checkedPicture("alerts-active-dark");

    confirm(one);
    confirm(other);
    assertThat(page().getByText("Nothing fires.")).isVisible();

    page().getByRole(AriaRole.TAB, new Page.GetByRoleOptions().setName("Notification log")).click();
    assertThat(cellWith("[RESOLVED] Stores with unsent transactions · West")).isVisible();
    cellWith("[FIRING] Stores with unsent transactions · West: 2 stores").click();
    Locator mail = page().getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName("Mail"));
    assertThat(mail).containsText("oncall@chain.example");
    assertThat(mail).containsText("What it means");
    mail.getByRole(AriaRole.TAB, new Locator.GetByRoleOptions().setName("HTML").setExact(true))
        .click();
    assertThat(page().locator("iframe")).hasAttribute("sandbox", "");
    assertThat(page().frameLocator("iframe").getByText("Open in Tillpost")).isVisible();
    checkedPicture("alerts-log-dark");
    systemPrefers(ColorScheme.LIGHT);
    page().reload();
    assertThat(mail).containsText("oncall@chain.example");
    checkedPicture("alerts-log-light");

    page().getByRole(AriaRole.TAB, new Page.GetByRoleOptions().setName("Rules")).click();
    assertThat(page().getByText("alerts-view-wrong-rules.yml:6:26: '15m' is not a whole number"))
        .isVisible();
    assertThat(page().getByText("the number of stores is at least 2")).isVisible();
    checkedPicture("alerts-rules-light");
  }

  /**
   * A picture of what also meets the guidelines: here is what AccessibilityIT cannot bring about.
   */
  private void checkedPicture(String name) {
    screenshot(name);
    assertThat(Axe.violations(page(), "body")).as(name).isEmpty();
  }

  /** A grid keeps the text of its cells beside its rows, not in them. */
  private Locator cellWith(String text) {
    return page()
        .locator("vaadin-grid-cell-content")
        .filter(new Locator.FilterOptions().setHasText(text))
        .first();
  }

  private Locator button(String name) {
    return page().getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name));
  }

  private MessageBuilder stuckSale(String store, Instant capturedAt) {
    MessageBuilder sale = aSale().store(store).capturedAt(capturedAt);
    stores.ingestWriter().write(new Batch(sale.throughStage(Stage.FAILED), List.of()));
    return sale;
  }

  private void confirm(MessageBuilder sale) {
    stores
        .ingestWriter()
        .write(new Batch(List.of(sale.event(Stage.CONFIRMED, clock.instant())), List.of()));
  }

  /** Two stores of one region. */
  @TestConfiguration
  static class SmallEstate {
    @Bean
    Workflows workflows() {
      return Samples.workflows();
    }

    @Bean
    StoreDirectory storeDirectory() {
      return StoreDirectory.of(List.of(store("0412", "Altona"), store("0413", "Bergedorf")));
    }

    private static Store store(String id, String name) {
      return new Store(
          id,
          name,
          "West",
          ZoneId.of("Europe/Berlin"),
          "EUR",
          LocalTime.of(8, 0),
          LocalTime.of(20, 0),
          4);
    }
  }
}
