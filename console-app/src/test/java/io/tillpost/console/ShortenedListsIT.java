package io.tillpost.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.tillpost.testing.Samples.aFailure;
import static io.tillpost.testing.Samples.aSale;
import static io.tillpost.testing.Samples.aSpan;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.ColorScheme;
import io.tillpost.alerting.evaluate.AlertPhase;
import io.tillpost.alerting.evaluate.AlertTransition;
import io.tillpost.alerting.notify.Notification;
import io.tillpost.alerting.notify.NotificationKind;
import io.tillpost.alerting.notify.Outcome;
import io.tillpost.alerting.rule.Severity;
import io.tillpost.console.browser.BrowserTest;
import io.tillpost.console.recovery.RecoveryRecords;
import io.tillpost.console.security.Role;
import io.tillpost.message.MessageEvent;
import io.tillpost.message.MoneySum;
import io.tillpost.message.Stage;
import io.tillpost.recovery.OperationScope;
import io.tillpost.recovery.OperationSummary;
import io.tillpost.recovery.RecoveryAction;
import io.tillpost.recovery.RecoveryOperation;
import io.tillpost.store.IngestWriter.Batch;
import io.tillpost.store.RefusalReason;
import io.tillpost.store.Refusals;
import io.tillpost.store.Stores;
import io.tillpost.trace.Span;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.TestPropertySource;

/** A list that shows the first of many says so; one that shows all of them says nothing. */
@TestPropertySource(properties = "tillpost.alerting.enabled=true")
@DirtiesContext
class ShortenedListsIT extends BrowserTest {
  @Autowired private Stores stores;
  @Autowired private Clock clock;

  @Test
  void ofOperationsTheNewestTwoHundred() {
    RecoveryRecords records = new RecoveryRecords(stores.documents());
    IntStream.range(0, 200).forEach(i -> records.operations().create("o-" + i, operation(i)));
    logIn(Role.SUPPORT);
    page().navigate("/operations");
    assertThat(cell("3 chosen messages")).isVisible();
    assertThat(page().getByText("The newest")).isHidden();

    records.operations().create("o-200", operation(200));
    assertThat(page().getByText("The newest 200 of 201 operations")).isVisible();
    screenshot("operations-shortened");
  }

  @Test
  void ofTracesTheNewestTwoHundred() {
    write(IntStream.range(0, 200).mapToObj(this::span).toList());
    logIn(Role.SUPPORT);
    page().navigate("/traces");
    assertThat(cell("POST /v1/sales")).isVisible();
    assertThat(page().getByText("The newest")).isHidden();

    write(List.of(span(200)));
    assertThat(page().getByText("The newest 200 traces; there are more")).isVisible();
    screenshot("traces-shortened");
  }

  @Test
  void ofMailsTheNewestTwoHundred() {
    var mails = stores.documents().of(Notification.DOCUMENTS);
    IntStream.range(0, 200).forEach(i -> mails.create("a." + i, mail(i)));
    logIn(Role.SUPPORT);
    page().navigate("/alerts?tab=log");
    assertThat(cell("Stores are silent")).isVisible();
    assertThat(page().getByText("The newest")).isHidden();

    mails.create("a.200", mail(200));
    assertThat(page().getByText("The newest 200 of 201 mails")).isVisible();
    screenshot("alerts-log-shortened");
  }

  @Test
  void ofWhatHappenedToAlertsTheNewestHundred() {
    var history = stores.documents().of(AlertTransition.DOCUMENTS);
    // What the other lists here are about may have made some more.
    IntStream.range(0, 50).forEach(i -> history.create("a-" + i, transition(i)));
    logIn(Role.SUPPORT);
    page().navigate("/alerts");
    assertThat(cell("Registers are silent")).isVisible();
    assertThat(page().getByText("The newest")).isHidden();

    IntStream.range(50, 101).forEach(i -> history.create("a-" + i, transition(i)));
    assertThat(page().getByText("The newest 100 changes; there are more")).isVisible();
    screenshot("alerts-history-shortened");
    systemPrefers(ColorScheme.DARK);
    screenshot("alerts-history-shortened-dark");
    systemPrefers(ColorScheme.LIGHT);
  }

  @Test
  void ofWhatWasRefusedTheHundredWithTheMost() {
    refuse(100);
    logIn(Role.SUPPORT);
    page().navigate("/ingest");
    assertThat(cell("sender-42")).isVisible();
    assertThat(page().getByText("most refused first")).isHidden();

    refuse(103);
    assertThat(page().getByText("The first 100 of 103, the most refused first")).isVisible();
    screenshot("ingest-shortened");
  }

  @Test
  void ofTheStoresOfAnExceptionTheTwentyWithTheMostMessages() {
    fail(0, 20);
    logIn(Role.SUPPORT);
    page().navigate("/exceptions");
    page().getByText("Register is closed").first().click();
    assertThat(page().getByText("0700 · 1 message")).isVisible();
    assertThat(page().getByText("other store")).isHidden();

    fail(20, 21);
    assertThat(page().getByText("And 1 other store")).isVisible();
    fail(21, 34);
    assertThat(page().getByText("And 14 other stores")).isVisible();
  }

  /** A grid keeps the text of its cells beside its rows, not in them. */
  private Locator cell(String text) {
    return page()
        .locator("vaadin-grid-cell-content")
        .filter(new Locator.FilterOptions().setHasText(text))
        .first();
  }

  private Instant recently(int number) {
    return clock.instant().minusSeconds(300 - number);
  }

  private RecoveryOperation operation(int number) {
    return RecoveryOperation.planned(
            "o-" + number,
            RecoveryAction.RETRY,
            "support",
            "",
            recently(number),
            new OperationScope(OperationScope.Kind.SELECTION, "3", null, "3 chosen messages"),
            "middleware")
        .frozen(
            OperationSummary.of(3, 3, 0, 1, MoneySum.NONE, Map.of(), Map.of(), "list"),
            recently(number))
        .orElseThrow();
  }

  private Span span(int number) {
    return aSpan().name("POST /v1/sales").start(recently(number)).build();
  }

  private void write(List<Span> spans) {
    stores.ingestWriter().write(new Batch(List.of(), spans));
  }

  private Notification mail(int number) {
    return new Notification(
        "a." + number,
        "a",
        "Stores are silent",
        "West",
        Severity.WARNING,
        NotificationKind.FIRING,
        recently(number),
        "tillpost@chain.example",
        List.of("oncall@chain.example"),
        "[FIRING] Stores are silent",
        "",
        "",
        "<" + number + "@chain.example>",
        null,
        Outcome.SENT,
        1,
        null,
        recently(number),
        null);
  }

  private AlertTransition transition(int number) {
    return new AlertTransition(
        "a",
        "Registers are silent",
        "West",
        Severity.WARNING,
        number,
        AlertPhase.PENDING,
        AlertPhase.FIRING,
        recently(number),
        "2 registers",
        List.of());
  }

  /** Written anew by the process whose it is. */
  private void refuse(int senders) {
    Instant now = clock.instant();
    List<Refusals.Line> lines =
        IntStream.range(0, senders)
            .mapToObj(i -> new Refusals.Line("sender-" + i, RefusalReason.INVALID, 1, now))
            .toList();
    stores
        .documents()
        .of(Refusals.DOCUMENTS)
        .put("one", new Refusals(Refusals.of(now).since(), lines));
  }

  private void fail(int from, int to) {
    List<MessageEvent> events =
        IntStream.range(from, to)
            .mapToObj(
                i ->
                    aSale()
                        .store("07%02d".formatted(i))
                        .capturedAt(recently(i))
                        .failingWith(
                            aFailure().code("CLOSED").message("Register is closed").build())
                        .throughStage(Stage.FAILED))
            .flatMap(List::stream)
            .toList();
    stores.ingestWriter().write(new Batch(events, List.of()));
  }
}
