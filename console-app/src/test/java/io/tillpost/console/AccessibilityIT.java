package io.tillpost.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.tillpost.testing.Samples.aFailure;
import static io.tillpost.testing.Samples.aSale;
import static io.tillpost.testing.Samples.aSpan;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.RequestOptions;
import com.microsoft.playwright.options.ViewportSize;
import io.tillpost.console.browser.Axe;
import io.tillpost.console.browser.BrowserTest;
import io.tillpost.console.browser.Pages;
import io.tillpost.console.live.HeldUpdates;
import io.tillpost.console.security.Role;
import io.tillpost.message.Stage;
import io.tillpost.store.IngestSender;
import io.tillpost.store.IngestWriter.Batch;
import io.tillpost.store.ParkedRecord;
import io.tillpost.store.RefusalReason;
import io.tillpost.store.Refusals;
import io.tillpost.store.SenderCertificate;
import io.tillpost.store.SenderKey;
import io.tillpost.store.Stores;
import io.tillpost.testing.MessageBuilder;
import io.tillpost.trace.Span;
import io.tillpost.trace.TraceId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;

/** Every page meets WCAG 2.2 A and AA, in light and in dark, with something to show on it. */
class AccessibilityIT extends BrowserTest {
  private static final String MESSAGE = "sale-0412-03-20261124-000815";
  private static final int NARROWEST = 320;

  /** Until what is shown has found its place. */
  private static final int QUIET_MILLIS = 200;

  private static final String NOWHERE = "no-such-page";
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

  /**
   * Keeps shifts of the layout of more than half a hundredth of the window, and what they moved.
   */
  private static final String REMEMBER_MOVES =
      """
      () => {
        const at = (box) => Math.round(box.x) + ',' + Math.round(box.y);
        const what = (source) => source.node?.localName + '.' + source.node?.className
          + ' from ' + at(source.previousRect) + ' to ' + at(source.currentRect);
        new PerformanceObserver((list) => window.moves.push(...list.getEntries()
          .filter((shift) => shift.value > 0.005)
          .map((shift) => shift.value.toFixed(3) + ': ' + shift.sources.map(what))))
          .observe({ type: 'layout-shift' });
      }
      """;

  /** The address of each page, and what it shows once it is there. */
  private final Map<String, String> pages = new LinkedHashMap<>();

  @Autowired private Stores stores;

  @DynamicPropertySource
  static void channel(DynamicPropertyRegistry properties) {
    // Nothing is sent there: the operation of this test is only previewed.
    properties.add("tillpost.channels.middleware.url", () -> "http://127.0.0.1:9/recovery");
    properties.add("tillpost.channels.middleware.secret", () -> "a secret of the test");
    properties.add("tillpost.channels.middleware.workflows", () -> "sales-posting");
  }

  @BeforeEach
  void aSaleIsStuckAndARetryIsPlanned() {
    MessageBuilder sale =
        aSale()
            .id(MESSAGE)
            .store("0412")
            .capturedAt(Instant.now().minus(Duration.ofHours(2)))
            .amount(12999, "EUR")
            .key("receipt", "0412-03-815")
            .payload("{\"receipt\":\"0412-03-815\",\"taxCode\":\"DE-19X\",\"amount\":12999}")
            .failingWith(aFailure().code("TAX_CODE_UNKNOWN").build());
    Span span =
        aSpan()
            .trace(new TraceId(TRACE))
            .message(MESSAGE)
            .start(Instant.now().minus(Duration.ofHours(2)))
            .build();
    stores.ingestWriter().write(new Batch(sale.throughStage(Stage.FAILED), List.of(span)));
    aSenderIsOverItsQuota();
    logIn(Role.ADMIN);
    pages.put("impact", "Stores with unsent transactions");
    pages.put("exceptions", "Tax code");
    pages.put("exceptions/" + exception(), "Why grouped");
    pages.put("rules", "Versions");
    pages.put("messages", "0412-03-815");
    pages.put("messages/" + MESSAGE, "TAX_CODE_UNKNOWN");
    pages.put("messages/" + MESSAGE + "/edit", "Difference to the original");
    pages.put("messages/nobody-knows-it", "nobody-knows-it");
    pages.put("traces", "Traces");
    pages.put("traces/" + TRACE, MESSAGE);
    pages.put("operations", "1 chosen message");
    pages.put("operations/" + operation(), "What happened");
    pages.put("replay", "Replay recorded messages");
    pages.put("unconfirmed", "Unconfirmed");
    pages.put("targets", "erp");
    pages.put("alerts", "Active");
    pages.put("alerts?tab=log", "Notification log");
    pages.put("alerts?tab=rules", "Rules");
    pages.put("audit", "newest first");
    pages.put("ingest", "Over its quota");
    pages.put("senders", "Never used");
    pages.put("senders/store-0412", "New key");
    pages.put(NOWHERE, "There is nothing at this address");
  }

  private void aSenderIsOverItsQuota() {
    Instant now = Instant.now();
    stores
        .documents()
        .of(IngestSender.DOCUMENTS)
        .put(
            "store-0412",
            IngestSender.made(
                    "store-0412",
                    new IngestSender.Bounds(List.of("0412"), 50L, null),
                    SenderKey.made("1a2b3c4d", "0".repeat(64), now, "admin"))
                .certified(SenderCertificate.added("till-gateway.example", now, "admin"))
                .orElseThrow());
    stores
        .documents()
        .of(ParkedRecord.DOCUMENTS)
        .put(
            "a",
            ParkedRecord.of(ParkedRecord.Kind.SPAN, "start: is missing", "/erp", now, true, "{}"));
    stores
        .documents()
        .of(Refusals.DOCUMENTS)
        .put(
            "process.1",
            new Refusals(
                Refusals.of(now).since(),
                List.of(new Refusals.Line("store-0412", RefusalReason.OVER_QUOTA, 7, now))));
  }

  @Test
  void everyPageMeetsTheGuidelinesInLightAndDark() {
    expectConsoleError("status of 404");
    List<String> violations = new ArrayList<>();

    pages.forEach(
        (address, shows) -> {
          systemPrefers(ColorScheme.LIGHT);
          if (address.equals(NOWHERE)) {
            page().navigate("/" + address);
          } else {
            // Most of a page that is typed is loaded again for nothing.
            follow(address);
            page().waitForURL(url -> url.endsWith("/" + address));
            awaitArrival();
          }
          assertThat(visible(shows)).isVisible();
          coloursAreThere();
          violations.addAll(at(address + " in light", Axe.violations(page(), "body")));
          systemPrefers(ColorScheme.DARK);
          coloursAreThere();
          violations.addAll(at(address + " in dark", Axe.violationsOfColour(page(), "body")));
          violations.addAll(at(address + " on a phone", stickingOut()));
        });

    assertThat(violations).isEmpty();
  }

  /** What is clicked while its page still finds its place is missed, or something else is hit. */
  @Test
  void nothingMovesWhereAnswersAreLate(@Autowired HeldUpdates live) {
    List<String> moved = new ArrayList<>();
    page().evaluate(REMEMBER_MOVES);
    try {
      pages.forEach(
          (address, shows) -> {
            if (!address.equals(NOWHERE)) {
              live.hold();
              page().evaluate("() => { window.moves = []; }");
              follow(address);
              page().waitForURL(url -> url.endsWith("/" + address));
              awaitArrival();
              live.answer();
              assertThat(visible(shows)).isVisible();
              page().waitForTimeout(QUIET_MILLIS);
              moved.addAll(at(address, moves()));
            }
          });
    } finally {
      live.answer();
    }

    assertThat(moved).isEmpty();
  }

  @SuppressWarnings("unchecked") // a list of texts by what is evaluated
  private List<String> moves() {
    return (List<String>) page().evaluate("() => window.moves");
  }

  /**
   * What reaches over the right edge of the narrowest screen of the guidelines (1.4.10), so that a
   * line cannot be read without scrolling to and fro. What scrolls by itself, as tables do, may.
   */
  @SuppressWarnings("unchecked") // a list of texts by what is evaluated
  private List<String> stickingOut() {
    ViewportSize before = page().viewportSize();
    page().setViewportSize(NARROWEST, 800);
    try {
      coloursAreThere();
      return (List<String>)
          page()
              .evaluate(
                  """
                  () => {
                    const scrolls = (e) =>
                      e.matches('vaadin-grid, vaadin-tabs') || getComputedStyle(e).overflowX !== 'visible';
                    const root = document.querySelector('#content');
                    const inScroller = (e) => {
                      for (let at = e.parentElement; at && at !== root; at = at.parentElement) {
                        if (scrolls(at)) return true;
                      }
                      return false;
                    };
                    return [...root.querySelectorAll('*')]
                      .filter((e) => e.getBoundingClientRect().right > innerWidth + 1)
                      .filter((e) => !inScroller(e))
                      .map((e) => `${e.localName}.${e.className}: ${e.textContent.slice(0, 60)}`);
                  }
                  """);
    } finally {
      page().setViewportSize(before.width, before.height);
    }
  }

  /** Every colour has become what it is going to be, for some frames on end. */
  private void coloursAreThere() {
    page().evaluate("() => { window.framesStill = 0; }");
    page()
        .waitForFunction(
            """
            () => {
              const still = document.getAnimations().every((a) => a.playState !== 'running');
              window.framesStill = still ? window.framesStill + 1 : 0;
              return window.framesStill > 5;
            }
            """);
  }

  private static List<String> at(String where, List<String> violations) {
    return violations.stream().map(violation -> "/" + where + ": " + violation).toList();
  }

  @Test
  void noPageIsLeftOut() {
    assertThat(Pages.addresses())
        .allSatisfy(
            page ->
                assertThat(pages.keySet())
                    .anyMatch(tried -> tried.matches(page.replace(Pages.ANY, "[^/?]+"))));
  }

  @Test
  void theLoginMeetsTheGuidelines() {
    newContext(new Browser.NewContextOptions().setViewportSize(1280, 800));
    page().navigate("/login");
    assertThat(page().locator("input[name=username]")).isVisible();

    assertThat(Axe.violations(page(), "body")).isEmpty();
  }

  private String exception() {
    return json(page().request().get("/api/v1/exceptions?q=TAX_CODE_UNKNOWN"))
        .at("/0/id")
        .stringValue();
  }

  /** The id of an operation that waits to be started. */
  private String operation() {
    JsonNode csrf = json(page().request().get("/api/v1/me")).get("csrf");
    return json(page()
            .request()
            .post(
                "/api/v1/operations",
                RequestOptions.create()
                    .setHeader(csrf.get("header").stringValue(), csrf.get("token").stringValue())
                    .setHeader("Content-Type", "application/json")
                    .setData("{\"messageIds\":[\"" + MESSAGE + "\"]}")))
        .get("id")
        .stringValue();
  }

  private Locator visible(String text) {
    return page()
        .locator("#content, .tillpost-title")
        .getByText(text)
        .or(page().locator(".tillpost-title").filter(new Locator.FilterOptions().setHasText(text)))
        .first();
  }
}
