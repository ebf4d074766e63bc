package io.tillpost.console.exceptions;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.tillpost.console.browser.BrowserTest;
import io.tillpost.console.recovery.TestChannel;
import io.tillpost.failure.Failure;
import io.tillpost.failure.FailureClass;
import io.tillpost.failure.Fingerprint;
import io.tillpost.message.MessageEvent;
import io.tillpost.message.Stage;
import io.tillpost.recovery.ItemEvent;
import io.tillpost.recovery.PlannedMessage;
import io.tillpost.recovery.RecoveryItem;
import io.tillpost.recovery.RecoveryKinds;
import io.tillpost.store.IngestWriter;
import io.tillpost.store.Stores;
import io.tillpost.testing.MessageBuilder;
import io.tillpost.testing.Samples;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** What became of the last recovery of an exception, and what retries of like failures came to. */
abstract class LastRecoverySteps extends BrowserTest {
  static final TestChannel CHANNEL = new TestChannel();

  @Autowired private Stores stores;

  /** One of two messages of an exception is confirmed, the other one fails again. */
  final void theListSaysWhatTheLastRecoveryLeft() {
    retriedAlike();
    MessageBuilder confirmed = refused("0412");
    MessageBuilder refusedAgain = refused("0413");
    CHANNEL.behave(
        call -> {
          boolean again =
              call.json().get("messageId").stringValue().equals(refusedAgain.messageId().value());
          MessageBuilder sale = again ? refusedAgain : confirmed;
          write(
              sale.attempt(call.json().get("attempt").intValue(), Instant.now())
                  .throughStage(again ? Stage.FAILED : Stage.CONFIRMED));
          return TestChannel.Answer.of(202);
        });
    String exception =
        Fingerprint.of("sales-posting", "rest", "REST", "Refused for the rest").value();
    String operation =
        posted("operations", "{\"action\":\"RETRY\",\"exceptionId\":\"%s\"}".formatted(exception));
    posted("operations/" + operation + "/start", "{\"reason\":\"The period is open\"}");

    page().navigate("/exceptions?target=rest");
    Locator row =
        page().locator("vaadin-grid .tillpost-row").filter(having("Refused for the rest"));
    Locator last = row.getByRole(AriaRole.LINK);
    assertThat(last)
        .hasText(
            Pattern.compile(
                "^Retry by support, \\d\\d:\\d\\d UTC: 1 of 2 confirmed, 1 failed again$"));
    page().getByRole(AriaRole.BUTTON, named("More filters…")).click();
    Locator dialog = page().locator("vaadin-dialog[opened]");
    dialog.getByLabel("Last recovery").click();
    page().getByRole(AriaRole.OPTION, named("left a rest")).click();
    page().keyboard().press("Escape");
    screenshot("exceptions-recovery-filter");
    dialogButton("Show").click();
    assertThat(page()).hasURL(Pattern.compile(".*recovery=LEFT_A_REST.*"));
    page()
        .getByRole(AriaRole.BUTTON, named("Take the filter away: Last recovery: left a rest"))
        .waitFor();
    assertThat(last).isVisible();
    page().keyboard().press("j");
    String alike =
        "Unknown failures at rest, last 30 days: 78 % of 32 retried messages were confirmed within 10"
            + " minutes (87 % in the end). Of this exception alone too few were retried to tell.";
    assertThat(page().getByText(alike)).isVisible();
    page().getByText(alike).scrollIntoViewIfNeeded();
    screenshot("exceptions-last-recovery-light");
    systemPrefers(ColorScheme.DARK);
    screenshot("exceptions-last-recovery-dark");
    JsonNode listed =
        json(
            page()
                .request()
                .get("/api/v1/exceptions?target=rest&recovery=LEFT_A_REST", as("support")));
    Assertions.assertThat(listed.at("/0/lastRecovery/operationId").stringValue())
        .isEqualTo(operation);
    Assertions.assertThat(listed.at("/0/lastRecovery/done").intValue()).isEqualTo(1);
    Assertions.assertThat(listed.at("/0/lastRecovery/messages").intValue()).isEqualTo(2);

    JsonNode full = json(page().request().get("/api/v1/exceptions/" + exception, as("support")));
    Assertions.assertThat(full.at("/retriedAlike/retried/messages").intValue()).isEqualTo(32);
    Assertions.assertThat(full.at("/retriedAlike/retried/confirmedSoon").intValue()).isEqualTo(25);
    Assertions.assertThat(full.has("retried")).isFalse();

    last.click();
    assertThat(page()).hasURL(Pattern.compile(".*/operations/" + operation + "$"));
    page().navigate("/exceptions?target=rest&recovery=ALL_DONE");
    assertThat(page().getByText("No exception matches. Take a filter away.")).isVisible();
    anOperationOverTwoSaysOfEachWhatBecameOfItsOwn(exception);
  }

  private void anOperationOverTwoSaysOfEachWhatBecameOfItsOwn(String exception) {
    write(failing("0414", "OTHER", "Refused for another rest").throughStage(Stage.FAILED));
    String other =
        Fingerprint.of("sales-posting", "rest", "OTHER", "Refused for another rest").value();
    String both =
        posted(
            "operations",
            "{\"action\":\"DISCARD\",\"exceptionIds\":[\"%s\",\"%s\"]}"
                .formatted(exception, other));
    posted("operations/" + both + "/start", "{\"reason\":\"Booked by hand\"}");
    refused("0415");

    page().navigate("/exceptions?target=rest&recovery=ALL_DONE");
    Locator last =
        page()
            .locator("vaadin-grid .tillpost-row")
            .filter(having("Refused for the rest"))
            .getByRole(AriaRole.LINK);
    assertThat(last)
        .hasText(
            Pattern.compile(
                "^Discard by support, \\d\\d:\\d\\d UTC: of this exception 1 of 1 discarded$"));
    screenshot("exceptions-last-recovery-of-several-dark");
    systemPrefers(ColorScheme.LIGHT);
    screenshot("exceptions-last-recovery-of-several-light");
    systemPrefers(ColorScheme.DARK);
    JsonNode listed = json(page().request().get("/api/v1/exceptions?target=rest", as("support")));
    Assertions.assertThat(listed.at("/0/lastRecovery/ofThisOnly").booleanValue()).isTrue();
    Assertions.assertThat(listed.at("/0/lastRecovery/messages").intValue()).isEqualTo(1);
  }

  /**
   * 24 of 30 confirmed soon, 3 later, 3 not: of another exception with the same class and target.
   */
  private void retriedAlike() {
    Instant at = Instant.now().minus(Duration.ofDays(2));
    Map<String, RecoveryItem> items = new HashMap<>();
    for (int i = 0; i < 30; i++) {
      RecoveryItem sent =
          RecoveryItem.planned(
                  "earlier",
                  "earlier-" + i,
                  new PlannedMessage(
                      "sales-posting", "0412", "rest", null, null, at, FailureClass.UNKNOWN),
                  i,
                  2,
                  at)
              .after(new ItemEvent.DispatchStarted("me", at, at.plusSeconds(900), "t"), at)
              .orElseThrow();
      ItemEvent end =
          i < 27 ? new ItemEvent.Confirmed(2) : new ItemEvent.AttemptFailed("Refused again");
      items.put(
          RecoveryItem.id("earlier", "earlier-" + i),
          sent.after(end, at.plusSeconds(i < 24 ? 60 : 700)).orElseThrow());
    }
    stores.documents().of(RecoveryKinds.ITEMS).createAll(items);
  }

  private static MessageBuilder failing(String store, String code, String text) {
    return Samples.aSale()
        .store(store)
        .target("rest")
        .capturedAt(Instant.now().minus(Duration.ofMinutes(10)))
        .failingWith(new Failure(code, text, null, null));
  }

  private MessageBuilder refused(String store) {
    MessageBuilder sale = failing(store, "REST", "Refused for the rest");
    write(sale.throughStage(Stage.FAILED));
    return sale;
  }

  /** Returns the id of what was made or changed. */
  private String posted(String path, String body) {
    APIResponse answer =
        page()
            .request()
            .post(
                "/api/v1/" + path,
                as("support").setHeader("Content-Type", "application/json").setData(body));
    Assertions.assertThat(answer.status()).as(answer.text()).isEqualTo(202);
    return json(answer).get("id").stringValue();
  }

  private static Locator.FilterOptions having(String text) {
    return new Locator.FilterOptions().setHasText(text);
  }

  final void write(List<MessageEvent> events) {
    stores.ingestWriter().write(new IngestWriter.Batch(events, List.of()));
  }

  final Locator dialogButton(String name) {
    return page()
        .locator("vaadin-dialog[opened]")
        .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(name).setExact(true));
  }

  static Page.GetByRoleOptions named(String name) {
    return new Page.GetByRoleOptions().setName(name).setExact(true);
  }
}
