package io.tillpost.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.tillpost.console.browser.BrowserTest;
import io.tillpost.console.security.Role;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

class ShellIT extends BrowserTest {
  /** Shifts of the layout of more than a hundredth of the window, and what was shifted. */
  private static final String MOVED =
      """
      () => new Promise((done) => {
        const what = (source) => source.node?.localName + JSON.stringify(source.currentRect);
        new PerformanceObserver((list) => done(list.getEntries()
          .filter((shift) => shift.value > 0.01)
          .map((shift) => shift.value + ': ' + shift.sources.map(what))))
          .observe({ type: 'layout-shift', buffered: true });
        setTimeout(() => done([]), 300);
      })
      """;

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

  /** What is clicked while its page still finds its place is missed, or something else is hit. */
  @Test
  void nothingMovesOnceItIsSeen() {
    logIn(Role.SUPPORT);
    nothingMovesAt("/targets", "/operations", "/exceptions", "/messages", "/traces");
    newContext(new Browser.NewContextOptions().setViewportSize(390, 844).setHasTouch(true));
    logIn(Role.SUPPORT);
    nothingMovesAt("/targets", "/exceptions");
  }

  /** How old a page is comes a little after the page, and must not push it down then. */
  @Test
  void theLineThatSaysHowOldAPageIsHasItsPlaceBeforeItSaysAnything() {
    logIn(Role.SUPPORT);
    page().navigate("/exceptions");
    assertThat(page().locator(".tillpost-as-of")).containsText("as of");
    Assertions.assertThat(
            page()
                .evaluate(
                    """
                    () => {
                      const line = document.querySelector('.tillpost-as-of');
                      const silent = line.cloneNode(false);
                      line.after(silent);
                      return silent.offsetHeight === line.offsetHeight;
                    }
                    """))
        .isEqualTo(true);
  }

  private void nothingMovesAt(String... addresses) {
    for (String address : addresses) {
      page().navigate(address);
      awaitArrival();
      Assertions.assertThat(page().evaluate(MOVED)).as("moved at " + address).isEqualTo(List.of());
    }
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
