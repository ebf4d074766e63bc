package io.tillpost.console.ingest.ui;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.tillpost.console.browser.BrowserTest;
import io.tillpost.console.live.HeldUpdates;
import io.tillpost.console.security.Role;
import io.tillpost.store.ParkedRecord;
import io.tillpost.store.memory.InMemoryStores;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class ParkedSectionIT extends BrowserTest {
  @Autowired private InMemoryStores stores;
  @Autowired private HeldUpdates live;

  @AfterEach
  void answer() {
    live.answer();
  }

  @Test
  void whatIsRefusedAgainAtOnceCanBeSentOnceMore() {
    ParkedRecord record =
        ParkedRecord.of(
            ParkedRecord.Kind.MESSAGE_EVENT,
            "stage: is not known",
            "/pos/0412",
            Instant.now(),
            true,
            "{}");
    var parked = stores.documents().of(ParkedRecord.DOCUMENTS);
    parked.put("refused-again", record);
    logIn(Role.ADMIN);
    page().navigate("/ingest");
    Locator send =
        page().getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Send again"));
    assertThat(send).isEnabled();

    live.hold();
    send.click();
    assertThat(page().getByText("Being sent again")).isVisible();

    // Ingest is done with it before the list is read the next time.
    parked.put("refused-again", record);
    live.answer();
    assertThat(send).isEnabled();
  }
}
