package io.tillpost.console.exceptions;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.tillpost.testing.Samples.aSale;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.tillpost.console.browser.BrowserTest;
import io.tillpost.console.security.Role;
import io.tillpost.failure.Failure;
import io.tillpost.message.Stage;
import io.tillpost.store.IngestWriter.Batch;
import io.tillpost.store.Stores;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Enter in a dialog does what the dialog asks; on one of its buttons, what that says, once. */
class DialogKeysIT extends BrowserTest {
  @Autowired private Stores stores;

  private Locator dialog() {
    return page().getByRole(AriaRole.DIALOG);
  }

  @BeforeEach
  void openAnException() {
    stores
        .ingestWriter()
        .write(
            new Batch(
                aSale()
                    .target("keys")
                    .failingWith(new Failure("KEYS", "Refused by keys", null, null))
                    .throughStage(Stage.FAILED),
                List.of()));
    logIn(Role.SUPPORT);
    page().navigate("/exceptions?target=keys");
    assertThat(page().getByText("Refused by keys (KEYS)")).isVisible();
    page().keyboard().press("j");
    assertThat(page().getByText("Why grouped")).isVisible();
  }

  @Test
  void enterOnAButtonPressesThatOneOnly() {
    int before = acts("LINK_TICKET");
    page().getByRole(AriaRole.BUTTON, named("Ticket…")).click();
    Locator address = dialog().getByLabel("Address of the ticket");
    assertThat(address).isFocused();
    address.fill("https://tickets.example/1");
    inDialog("Cancel").press("Enter");
    assertThat(dialog()).hasCount(0);
    assertThat(page().getByText("tickets.example/1")).hasCount(0);
    assertThat(acts("LINK_TICKET")).isEqualTo(before);

    page().getByRole(AriaRole.BUTTON, named("Ticket…")).click();
    address.fill("https://tickets.example/2");
    inDialog("Link").press("Enter");
    assertThat(dialog()).hasCount(0);
    assertThat(page().getByText("tickets.example/2").first()).isVisible();
    assertThat(acts("LINK_TICKET")).isEqualTo(before + 1);

    page().getByRole(AriaRole.BUTTON, named("Ticket…")).click();
    address.fill("https://tickets.example/3");
    address.press("Enter");
    assertThat(dialog()).hasCount(0);
    assertThat(page().getByText("tickets.example/3").first()).isVisible();
  }

  @Test
  void whoCancelsByTheKeyboardClassifiesNothing() {
    int before = acts("CLASSIFY");
    page().keyboard().press("c");
    dialog().getByText("Mapping:").click();
    inDialog("Cancel").press("Enter");
    assertThat(dialog()).hasCount(0);
    assertThat(acts("CLASSIFY")).isEqualTo(before);

    page().keyboard().press("c");
    dialog().getByText("Mapping:").click();
    page().keyboard().press("Enter");
    assertThat(dialog()).hasCount(0);
    assertThat(page().getByText("Mapping:").first()).isVisible();
    assertThat(acts("CLASSIFY")).isEqualTo(before + 1);
  }

  private int acts(String what) {
    return json(page().request().get("/api/v1/audit?what=" + what, as("manager")))
        .findValuesAsString("what")
        .size();
  }

  private Locator inDialog(String name) {
    return dialog()
        .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(name).setExact(true));
  }

  private static Page.GetByRoleOptions named(String name) {
    return new Page.GetByRoleOptions().setName(name).setExact(true);
  }
}
