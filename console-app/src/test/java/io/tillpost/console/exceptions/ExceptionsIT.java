package io.tillpost.console.exceptions;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.ColorScheme;
import io.tillpost.console.recovery.TestChannel;
import io.tillpost.console.security.Role;
import io.tillpost.failure.Failure;
import io.tillpost.failure.FailureClass;
import io.tillpost.failure.Fingerprint;
import io.tillpost.message.MessageEvent;
import io.tillpost.message.Stage;
import io.tillpost.testing.MessageBuilder;
import io.tillpost.testing.Samples;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;

/**
 * The main job in a browser: find the worst exception, make it ours, retry it, see it confirmed.
 */
class ExceptionsIT extends LastRecoverySteps {
  private static final Map<String, MessageBuilder> SALES = new ConcurrentHashMap<>();

  @DynamicPropertySource
  static void channel(DynamicPropertyRegistry properties) {
    properties.add("tillpost.channels.middleware.url", CHANNEL::url);
    properties.add("tillpost.channels.middleware.secret", () -> "a secret of the test");
    properties.add("tillpost.channels.middleware.workflows", () -> "sales-posting");
    properties.add("tillpost.recovery.follow-every", () -> "100ms");
    properties.add("tillpost.recovery.automatic-every", () -> "200ms");
    properties.add("tillpost.recovery.automatic.TRANSIENT.targets", () -> "loyalty");
    properties.add("tillpost.recovery.automatic.TRANSIENT.delay", () -> "2h");
    properties.add("tillpost.recovery.automatic.TRANSIENT.longest-delay", () -> "4h");
  }

  @AfterAll
  static void close() {
    CHANNEL.close();
  }

  @Test
  void anExceptionIsClassifiedAssignedRetriedAndSeenConfirmed() {
    List<MessageEvent> events = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      events.addAll(failedSale(i));
    }
    events.addAll(failedStockUpdate());
    write(events);
    CHANNEL.behave(this::confirm);
    systemPrefers(ColorScheme.LIGHT);
    logIn(Role.SUPPORT);

    page().navigate("/exceptions");
    Locator worst = page().getByText("Tax code … is not known (TAX_CODE_UNKNOWN)");
    assertThat(worst.first()).isVisible();
    page().keyboard().press("j");
    assertThat(page()).hasURL(Pattern.compile(".*/exceptions/[0-9a-f]{16}$"));
    assertThat(page().getByText(Pattern.compile("^12 messages of 2 stores"))).isVisible();
    screenshot("exceptions-light");
    systemPrefers(ColorScheme.DARK);
    screenshot("exceptions-dark");

    page().keyboard().press("c");
    page().getByText("Master data: something referred to is missing").click();
    screenshot("exceptions-classify");
    dialogButton("Classify").click();
    assertThat(page().locator("vaadin-dialog")).hasCount(0);
    assertThat(page().getByText("Master data: something referred to is missing")).isVisible();

    page().keyboard().press("a");
    assertThat(page().getByText("Business · support").first()).isVisible();

    comment("The tax code is there since 10:30");

    page().keyboard().press("r");
    assertThat(page()).hasURL(Pattern.compile(".*/operations/[0-9a-f]+$"));
    assertThat(page().getByText("12 of 12 messages")).isVisible();
    page().reload();
    assertThat(page().getByText("Preview: nothing has been sent")).isVisible();
    page().getByLabel("Why is it worth another attempt?").fill("The tax code is there now");
    screenshot("operation-preview");
    Assertions.assertThat(CHANNEL.keys()).isEmpty();
    page().getByRole(AriaRole.BUTTON, named("Start")).click();
    assertThat(page().getByText("12 of 12 · confirmed 12")).isVisible();
    page().goBack();

    assertThat(page().getByText("None of its messages is failed any more.")).isVisible();
    assertThat(page().getByText(Pattern.compile("12 of 12 confirmed, 12 ended"))).isVisible();
    Assertions.assertThat(CHANNEL.keys()).hasSize(12).doesNotHaveDuplicates();
    screenshot("exceptions-recovered-dark");

    String recovered = page().url().replaceFirst("^https?://[^/]+/", "");
    follow(
        "exceptions/"
            + Fingerprint.of(
                "inventory-sync", "warehouse", "HTTP_503", "Service unavailable (503)"));
    assertThat(page().getByText(Pattern.compile("text “Service unavailable"))).isVisible();
    follow(recovered);
    assertThat(page().getByText("None of its messages is failed any more.")).isVisible();
    assertThat(page().getByText(Pattern.compile("^Failures of the same workflow"))).isHidden();

    page().locator("a[href^='operations/']").first().click();
    assertThat(page().getByText("12 of 12 · confirmed 12")).isVisible();
    screenshot("operation-dark");
    systemPrefers(ColorScheme.LIGHT);
    screenshot("operation-light");
    page().navigate("/operations");
    assertThat(page().getByText("The tax code is there now").first()).isVisible();
    screenshot("operations-light");
    theListSaysWhatTheLastRecoveryLeft();
  }

  /** Presses a key while the open exception has the keyboard; what has it at once after that. */
  private static final String KEY_IN_PANEL =
      """
      (key) => {
        document.querySelector('.tillpost-inbox-panel').focus();
        const init = { key, bubbles: true, composed: true };
        document.activeElement.dispatchEvent(new KeyboardEvent('keydown', init));
        return document.activeElement.tagName;
      }
      """;

  @Test
  void keysAndDraftsAreForTheExceptionThatIsChosen() {
    for (String words : List.of("Older", "Newer")) {
      write(
          Samples.aSale()
              .target("keys")
              .capturedAt(Instant.now().minus(Duration.ofMinutes(words.equals("Older") ? 50 : 10)))
              .failingWith(new Failure("KEYS", words + " refused", null, null))
              .throughStage(Stage.FAILED));
    }
    logIn(Role.SUPPORT);
    page().navigate("/exceptions?target=keys");
    Locator title = page().locator("h2").first();
    assertThat(page().getByText("Newer refused (KEYS)")).isVisible();
    page().keyboard().press("j");
    assertThat(title).hasText("Older refused (KEYS)");
    Locator draft = page().getByRole(AriaRole.TEXTBOX, named("Comment"));
    draft.fill("About the older one");
    title.click();
    // In one go, so that the second one is there before the next exception is.
    page()
        .evaluate(
            "for (const key of ['j', 'a']) document.body.dispatchEvent(new KeyboardEvent('keydown',"
                + " {key, bubbles: true, composed: true}))");
    assertThat(title).hasText("Newer refused (KEYS)");
    assertThat(page().getByText("support: assigned it to themselves")).isVisible();
    assertThat(draft).hasValue("");

    page().keyboard().press("c");
    BoundingBox classify = placeOf(dialogButton("Classify"));
    page().getByRole(AriaRole.RADIO, named("IT")).check();
    assertThat(page().getByLabel("What do they need to know?")).isEnabled();
    assertThatIsAt(classify, dialogButton("Classify"));
    page().getByLabel("What do they need to know?").fill("Look at the firewall");
    dialogButton("Classify").click();
    assertThat(page().locator("vaadin-dialog")).hasCount(0);
    assertThat(page().getByText("gave it to IT: Look at the firewall")).isVisible();
    assertThat(page().getByText(Pattern.compile("^Unknown: .*given by hand"))).isHidden();
    page().keyboard().press("c");
    page().getByText("Mapping: we sent the wrong shape").click();
    dialogButton("Classify").click();
    assertThat(page().getByText("Mapping: given by hand.")).isVisible();
    assertThat(page().locator("vaadin-dialog")).hasCount(0);
    page().keyboard().press("c");
    page().getByText("By itself: as the rules or the reporting system say").click();
    screenshot("exceptions-class-taken-back");
    dialogButton("Classify").click();
    assertThat(page().getByText("support: took the classification back")).isVisible();
    assertThat(page().getByText("Mapping: given by hand.")).isHidden();
    // Closed, it gives the keyboard back to the panel, in which Shift ↓ selects text.
    assertThat(page().locator("vaadin-dialog")).hasCount(0);

    Assertions.assertThat(page().evaluate(KEY_IN_PANEL, "k"))
        .as("has the keyboard")
        .isEqualTo("BODY");
    assertThat(title).hasText("Older refused (KEYS)");
    assertThat(draft).hasValue("About the older one");
    assertThat(page().getByText("Nobody has done anything about it yet.")).isVisible();

    page().keyboard().press("Shift+ArrowDown");
    assertThat(page().getByText("2 exceptions selected")).isVisible();
    page().keyboard().press("r");
    assertThat(page()).hasURL(Pattern.compile(".*/operations/[0-9a-f]+$"));
    assertThat(page().getByText("2 of 2 messages")).isVisible();
  }

  @Test
  void anAutomaticRetryIsAnnouncedStoppedAndStartedAgain() {
    MessageBuilder points =
        Samples.aSale()
            .target("loyalty")
            .capturedAt(Instant.now())
            .failingWith(
                new Failure("HTTP_429", "Too many requests", null, FailureClass.TRANSIENT));
    write(points.throughStage(Stage.FAILED));
    logIn(Role.SUPPORT);
    String exception =
        Fingerprint.of("sales-posting", "loyalty", "HTTP_429", "Too many requests").value();
    page().navigate("/exceptions/" + exception);
    Pattern announced = Pattern.compile("Automatic retry in [12] h \\d\\d min, 0 of 3 done");
    assertThat(page().getByText(announced)).isVisible();

    page().getByRole(AriaRole.BUTTON, named("Stop automatic retry…")).click();
    dialogButton("Stop it").click();
    // For a moment it is announced as well, outside the dialog.
    assertThat(
            page()
                .locator("vaadin-dialog[opened]")
                .getByText("Say why the automatic retry is stopped"))
        .isVisible();
    page().getByLabel("Why?").fill("The service asked us to wait");
    screenshot("exceptions-stop-automatic-retry");
    dialogButton("Stop it").click();
    assertThat(page().getByText("Automatic retry is stopped by support")).isVisible();
    assertThat(page().getByText("stopped the automatic retry: The service asked us to wait"))
        .isVisible();
    page().navigate("/messages/" + points.messageId());
    assertThat(page().getByText("Automatic retry is stopped by support")).isVisible();

    open(page(), "/exceptions/" + exception);
    page().getByRole(AriaRole.BUTTON, named("Start automatic retry again")).click();
    assertThat(page().getByText(announced)).isVisible();
    screenshot("exceptions-automatic-retry");
    page().navigate("/messages/" + points.messageId());
    assertThat(page().getByText(announced)).isVisible();
    screenshot("message-automatic-retry");
  }

  @Test
  void aManagerSeesWhyRetryIsNotForThemAndWhoDidWhat() {
    write(failedSale(100));
    logIn(Role.MANAGER);
    page().navigate("/exceptions");
    assertThat(page().getByText("Tax code … is not known (TAX_CODE_UNKNOWN)").first()).isVisible();
    page().keyboard().press("j");

    assertThat(page().getByRole(AriaRole.BUTTON, named("Retry all"))).isDisabled();
    assertThat(page().getByText("You may not retry messages").first()).isVisible();
    page().keyboard().press("x");
    page().keyboard().press("r");
    assertThat(
            page()
                .locator("vaadin-notification-card")
                .filter(new Locator.FilterOptions().setHasText("You may not retry messages")))
        .isVisible();
    page().keyboard().press("Escape");
    comment("Seen by a manager");
    assertThat(page().getByText("manager: Seen by a manager")).isVisible();

    page().navigate("/audit?who=manager");
    assertThat(page().getByText("Seen by a manager").first()).isVisible();
    screenshot("audit-light");
    entriesAreFoundByTheirWords();
  }

  private void entriesAreFoundByTheirWords() {
    Locator words = page().getByLabel("Words");
    words.fill("…");
    words.press("Enter");
    assertThat(page().getByText("Type a letter or digit")).isVisible();
    words.fill("MANAGER seen");
    words.press("Enter");
    assertThat(page()).hasURL(Pattern.compile(".*q=MANAGER%20seen.*"));
    assertThat(page().getByText("1 of 1 entry, newest first")).isVisible();
    assertThat(page().getByText("Seen by a manager").first()).isVisible();
    String export = page().getByText("Export as CSV").getAttribute("href");
    Assertions.assertThat(page().request().get("/" + export, as("manager")).text().lines().toList())
        .hasSize(2)
        .last()
        .asString()
        .contains("Seen by a manager");
    screenshot("audit-words-light");

    words.fill("manager unseen");
    words.press("Enter");
    assertThat(page().getByText("No entry matches. Take a filter away")).isVisible();
    systemPrefers(ColorScheme.DARK);
    screenshot("audit-words-dark");
    page().goBack();
    assertThat(words).hasValue("MANAGER seen");

    String calls = "/api/v1/audit?size=1&what=COMMENT&q=";
    JsonNode found = json(page().request().get(calls + "manager%20seen", as("manager")));
    Assertions.assertThat(found.at("/total").intValue()).isEqualTo(1);
    Assertions.assertThat(found.at("/notSearchedYet").intValue()).isZero();
    Assertions.assertThat(page().request().get(calls + "%2D%2D", as("manager")).status())
        .isEqualTo(400);
    Assertions.assertThat(
            page().request().get("/api/v1/audit.csv?q=" + "x".repeat(201), as("manager")).text())
        .contains("q: a search has up to 200 characters");
  }

  @Test
  void supportMayNotReadTheAuditTrail() {
    logIn(Role.SUPPORT);
    page().navigate("/audit");
    assertThat(page().getByText("You may not open this page")).isVisible();
    expectConsoleError("403");
  }

  private void comment(String text) {
    page().getByRole(AriaRole.TEXTBOX, new Page.GetByRoleOptions().setName("Comment")).fill(text);
    page().getByRole(AriaRole.BUTTON, named("Comment")).click();
  }

  private List<MessageEvent> failedSale(int number) {
    MessageBuilder sale =
        Samples.aSale()
            .store(number % 3 == 0 ? "0413" : "0412")
            .capturedAt(Instant.now().minus(Duration.ofMinutes(20 + 40L * (number % 12))))
            .payload(
                """
                {"receipt":"0412-03-%d","lines":[{"sku":"A-1","taxCode":"DE-19"},{"sku":"B-7","taxCode":"DE-7"},
                 {"sku":"C-100","taxCode":"DE-19X","amount":12999}],"tender":"CARD"}
                """
                    .formatted(number))
            .failingWith(
                new Failure(
                    "TAX_CODE_UNKNOWN", "Tax code DE-19X is not known", "lines[2].taxCode", null));
    SALES.put(sale.messageId().value(), sale);
    return sale.throughStage(Stage.FAILED);
  }

  private static List<MessageEvent> failedStockUpdate() {
    return Samples.aStockUpdate()
        .capturedAt(Instant.now().minus(Duration.ofMinutes(7)))
        .failingWith(new Failure("HTTP_503", "Service unavailable (503)", null, null))
        .throughStage(Stage.FAILED);
  }

  private TestChannel.Answer confirm(TestChannel.Call call) {
    MessageBuilder sale = SALES.get(call.json().get("messageId").stringValue());
    int attempt = call.json().get("attempt").intValue();
    write(sale.attempt(attempt, Instant.now()).throughStage(Stage.CONFIRMED));
    return TestChannel.Answer.of(202);
  }
}
