package io.tillpost.console.messages.ui;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.tillpost.testing.Samples.aSale;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.tillpost.console.browser.BrowserTest;
import io.tillpost.console.security.Role;
import io.tillpost.console.text.PathText;
import io.tillpost.message.Stage;
import io.tillpost.store.IngestWriter.Batch;
import io.tillpost.store.memory.InMemoryStores;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

class MessageAddressIT extends BrowserTest {
  @Autowired private InMemoryStores stores;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0412:03:4711",
        "0412 03",
        "0412-ö",
        "0412/03/4711",
        "0412;03;4711",
        "100%25 of 0412",
        "0412\\03",
        "0412//4711",
        "0412?a=b#c&d+e ö"
      })
  void aMessageOfAnyNameIsFoundThroughItsLinkAndByItsAddress(String id) {
    stores
        .ingestWriter()
        .write(
            new Batch(
                aSale().id(id).key("receipt", "odd-" + id.hashCode()).throughStage(Stage.FAILED),
                List.of()));
    logIn(Role.SUPPORT);
    page().navigate("/messages?q=odd-" + id.hashCode());
    page()
        .getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("odd-" + id.hashCode()))
        .first()
        .click();
    assertThat(page().getByText(id).first()).isVisible();
    page().reload();
    assertThat(page().getByText(id).first()).isVisible();
    page().navigate("/messages/" + PathText.segment(id) + "/edit");
    assertThat(page()).hasTitle("Edit " + id + " · Tillpost");
    APIResponse answer = page().request().get("/api/v1/messages/" + PathText.segment(id));
    assertThat(answer).isOK();
  }
}
