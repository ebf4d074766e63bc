package io.tillpost.frontend;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.LoadState;
import java.io.IOException;
import java.util.List;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What only a real browser can tell: contrast, layout, focus, canvas, and what a policy allows. */
class ShowcaseIT {
  private static final int DESK = 1280;
  private static final int PHONE = 390;
  private static ShowcasePage showcase;

  @BeforeAll
  static void start() throws IOException {
    showcase = new ShowcasePage();
  }

  @AfterAll
  static void stop() {
    showcase.close();
  }

  /**
   * One visit a part for all that it must keep everywhere: opening it takes longer than looking.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {"tiles", "stores", "timeline", "trace", "payload", "charts", "list", "empty"})
  void everyPartIsAccessibleInLightAndDarkFitsAPhoneAndKeepsAStrictContentSecurityPolicy(
      String part) {
    Page page = showcase.open(part, ColorScheme.LIGHT, DESK);
    page.waitForLoadState(LoadState.NETWORKIDLE);
    SoftAssertions all = new SoftAssertions();

    all.assertThat(Axe.violations(page, "main")).as("in light").isEmpty();
    page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
    // For some frames on end: right after the change nothing may have begun to move yet.
    page.waitForFunction(
        """
        () => {
          const still = document.getAnimations().every((a) => a.playState !== 'running');
          window.framesStill = still ? (window.framesStill ?? 0) + 1 : 0;
          return window.framesStill > 5;
        }
        """);
    all.assertThat(Axe.violations(page, "main")).as("in dark").isEmpty();
    page.setViewportSize(PHONE, 900);
    // Charts follow the width of the page a moment later.
    page.waitForFunction(
        "() => document.querySelector('main').scrollWidth <= document.documentElement.clientWidth");
    all.assertThat(showcase.complaints()).as("what the browser complained of").isEmpty();

    all.assertAll();
  }

  @Test
  void aChartChangesItsColoursWithTheSchemeOfThePage() {
    Page page = showcase.open("charts", ColorScheme.LIGHT, DESK);
    Locator canvas = page.locator("tillpost-time-series-chart canvas").first();
    canvas.waitFor();
    String light = (String) canvas.evaluate("canvas => canvas.toDataURL()");

    page.evaluate("() => document.documentElement.style.colorScheme = 'dark'");

    page.waitForFunction(
        "before => document.querySelector('tillpost-time-series-chart').shadowRoot"
            + ".querySelector('canvas').toDataURL() !== before",
        light);
  }

  @Test
  void aChartExplainsAPointInWords() {
    Page page = showcase.open("charts", ColorScheme.LIGHT, DESK);
    Locator canvas = page.locator("tillpost-time-series-chart canvas").first();
    canvas.waitFor();

    canvas.hover();

    assertThat(page.locator("tillpost-time-series-chart .canvas").first()).containsText("p95");
    assertThat(showcase.complaints()).isEmpty();
  }

  @Test
  void storesAreWalkedByArrowKeysInLineAndFromLineToLine() {
    Page page = showcase.open("stores", ColorScheme.LIGHT, DESK);
    page.evaluate(
        """
        () => {
          window.chosen = [];
          document.querySelector('tillpost-store-heat-map').addEventListener(
              'tillpost-store-chosen', (event) => window.chosen.push(event.detail.storeId));
        }
        """);
    Locator first = page.locator("tillpost-store-heat-map [tabindex='0']");
    first.focus();
    assertThat(page.getByRole(AriaRole.TOOLTIP))
        .containsText("Store " + first.textContent().strip());
    double top = first.boundingBox().y;

    page.keyboard().press("ArrowDown");
    page.keyboard().press("ArrowRight");
    Locator reached = page.locator("tillpost-store-heat-map [tabindex='0']");
    assertThat(reached).isFocused();
    assertThat(reached.boundingBox().y).isGreaterThan(top);

    page.keyboard().press("Enter");
    assertThat(page.evaluate("window.chosen")).isEqualTo(List.of(reached.textContent().strip()));
  }

  @Test
  void tenThousandStoresStayInPlaceWhileTheirStateComesInTwiceASecond() {
    Page page = showcase.open("many-stores", ColorScheme.LIGHT, DESK);

    Object kept =
        page.evaluate(
            """
            async () => {
              const map = document.querySelector('tillpost-store-heat-map');
              const cells = () => [...map.shadowRoot.querySelectorAll('[data-store]')];
              const before = new Set(cells());
              cells()[3].focus();
              const focused = map.shadowRoot.activeElement;
              for (let push = 0; push < 4; push++) {
                map.regions = map.regions.map((region) => ({...region, stores: region.stores.map(
                    ([id, severity, text], index) => [id, index % 500 === push ? 'serious' : severity, text])}));
                await map.updateComplete;
              }
              return [cells().length, cells().every((cell) => before.has(cell)), map.shadowRoot.activeElement === focused];
            }
            """);

    assertThat(kept).isEqualTo(List.of(10_000, true, true));
  }

  @Test
  void aThousandSpansAreFoldedAndWalkedByKeys() {
    Page page = showcase.open("long-trace", ColorScheme.LIGHT, DESK);
    Locator rows = page.locator("tillpost-trace-waterfall").getByRole(AriaRole.ROW);
    assertThat(rows).hasCount(1000);

    rows.first().focus();
    page.keyboard().press("End");
    assertThat(rows.last()).isFocused();
    page.keyboard().press("Home");
    page.keyboard().press("ArrowLeft");

    assertThat(rows).hasCount(1);
    assertThat(rows.first()).isFocused();
  }

  @Test
  void hostilePayloadsAreShownAndNeverRun() {
    Page page = showcase.open("payload", ColorScheme.LIGHT, DESK);

    assertThat(page.locator("tillpost-payload-view").first())
        .containsText("<img src=x onerror=alert(1)>");
    assertThat(page.locator("tillpost-payload-view img")).hasCount(0);
    assertThat(page.locator("tillpost-payload-view .marked").first()).isInViewport();
  }
}
