package io.tillpost.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.tillpost.console.browser.BrowserTest;
import io.tillpost.console.security.Role;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

class ShellIT extends BrowserTest {

  @Test
  void loginIsShownInLightAndInDark() {
    systemPrefers(ColorScheme.LIGHT);
    page().navigate("/");
    assertThat(page()).hasTitle("Log in · Tillpost");
    assertThat(page().locator("input[name=username]")).isVisible();
    screenshot("login-light");
    systemPrefers(ColorScheme.DARK);
    screenshot("login-dark");
  }

  @Test
  void wrongPasswordIsSaidWithoutTellingWhetherTheNameExists() {
    page().navigate("/login");
    enter("support", "wrong");
    assertThat(page().getByText("The name or the password is wrong")).isVisible();
    screenshot("login-wrong");
    enter("nobody", "wrong");
    assertThat(page().getByText("The name or the password is wrong")).isVisible();
  }

  @Test
  void loggingInLeadsToTheLayoutAndLoggingOutBackToTheLogin() {
    logIn(Role.SUPPORT);
    screenshot("home-light");
    page()
        .getByRole(AriaRole.MENUITEM, new Page.GetByRoleOptions().setName("Support Tester"))
        .click();
    page().getByRole(AriaRole.MENUITEM, new Page.GetByRoleOptions().setName("Dark")).click();
    assertThat(page().locator("html")).hasAttribute("theme", "dark");
    page().reload();
    assertThat(
            page().getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Keyboard help")))
        .isVisible();
    assertThat(page().locator("html")).hasAttribute("theme", "dark");
    page().keyboard().press("?");
    assertThat(page().getByText("This list")).isVisible();
    screenshot("home-dark-keys");
    page().keyboard().press("Escape");
    page()
        .getByRole(AriaRole.MENUITEM, new Page.GetByRoleOptions().setName("Support Tester"))
        .click();
    page().getByRole(AriaRole.MENUITEM, new Page.GetByRoleOptions().setName("Log out")).click();
    assertThat(page().locator("input[name=username]")).isVisible();
    Assertions.assertThat(audited("LOG_IN")).contains("\"address\":\"");
    Assertions.assertThat(audited("LOG_OUT")).contains("\"address\":\"");
  }

  /** The newest entry of that kind about the person who does support. */
  private String audited(String what) {
    APIResponse answer =
        page().request().get("/api/v1/audit?size=1&subject=support&what=" + what, as("manager"));
    Assertions.assertThat(answer.text()).contains("\"who\":\"support\"");
    return answer.text();
  }

  @Test
  void anUnknownAddressIsSaidToBeNone() {
    logIn(Role.SUPPORT);
    page().navigate("/no-such-page");
    assertThat(page().getByText("There is nothing at this address")).isVisible();
    assertThat(page()).hasTitle("Not found · Tillpost");
    screenshot("not-found");
  }
}
