package io.tillpost.console.live;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.tillpost.console.browser.BrowserTest;
import io.tillpost.console.security.Role;
import io.tillpost.store.memory.InMemoryStores;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
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
  @Autowired private InMemoryStores stores;

  @AfterEach
  void answer() {
    live.answer();
    stores.recover();
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

  @Test
  void aTabIsNotAsOldAsTheOneBefore() {
    logIn(Role.SUPPORT);
    page().navigate("/alerts");
    assertThat(page().locator(".tillpost-as-of").first()).containsText("as of");
    stores.breakDown("The storage of this test is away");
    page().getByRole(AriaRole.TAB, new Page.GetByRoleOptions().setName("Notification log")).click();
    assertThat(page().getByRole(AriaRole.ALERT).first()).containsText("Not answered yet: ");
  }
}
