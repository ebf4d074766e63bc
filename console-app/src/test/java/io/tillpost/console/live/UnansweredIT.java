package io.tillpost.console.live;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import io.tillpost.console.browser.BrowserTest;
import io.tillpost.console.security.Role;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.TestPropertySource;

/** While the storage has not answered, no page says that there is nothing. */
@TestPropertySource(properties = "tillpost.alerting.enabled=true")
@DirtiesContext
class UnansweredIT extends BrowserTest {
  @Autowired private HeldUpdates live;

  @AfterEach
  void answer() {
    live.answer();
  }

  @ParameterizedTest
  @CsvSource({
    "/traces, SUPPORT",
    "/alerts, SUPPORT",
    "/alerts?tab=log, SUPPORT",
    "/messages, SUPPORT",
    "/operations, SUPPORT",
    "/senders, ADMIN"
  })
  void thatThereIsNothingIsSaidOnceItIsKnown(String address, Role role) {
    logIn(role);
    live.hold();
    page().navigate(address);
    assertThat(page().locator(".tillpost-as-of").first()).isAttached();
    assertThat(page().locator("vaadin-app-layout")).isVisible();
    assertThat(page().locator(".tillpost-empty:visible")).hasCount(0);
    live.answer();
    assertThat(page().locator(".tillpost-as-of").first()).containsText("as of");
  }
}
