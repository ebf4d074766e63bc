package io.tillpost.console.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FormData;
import com.microsoft.playwright.options.ReducedMotion;
import com.microsoft.playwright.options.RequestOptions;
import io.tillpost.console.ConsoleApplication;
import io.tillpost.console.security.Role;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextHolderStrategy;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Base of browser tests: the whole console on a free port, a browser that knows nothing of the test
 * before but the files it loaded, a login by role. A failed test says what stood on its pages and
 * leaves pictures in {@code target/screenshots}; an error in the browser's console fails the test
 * unless it was {@linkplain #expectConsoleError announced}.
 *
 * <p>Look for things by role and text, wait with Playwright's assertions, never sleep. Name the
 * class {@code SomethingIT}.
 */
@SpringBootTest(
    classes = ConsoleApplication.class,
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@Import(TestStorage.class)
public abstract class BrowserTest {

  private static final double PATIENCE_MILLIS = 20_000;
  private static final int MOST_SEEN = 2_000;

  /** Remembers where the mouse was pressed and what that did, for what a failed test says. */
  private static final String REMEMBER_PRESSES =
      """
      window.presses = [];
      const what = (event) => event.composedPath()[0]?.localName
        + ' "' + (event.target?.textContent ?? '').trim().substring(0, 40) + '"';
      addEventListener('pointerdown', (event) => {
        window.presses.push({ pressed: what(event), at: Math.round(event.timeStamp) });
      }, true);
      addEventListener('click', (event) => {
        if (window.presses.length > 0) window.presses.at(-1).clicked = what(event);
      }, true);
      """;

  private static final Path SCREENSHOTS = Path.of("target", "screenshots");

  /** The browser that tests of one console use one after the other, and that console's address. */
  private static @Nullable BrowserContext kept;

  private static String keptFor = "";

  @LocalServerPort private int port;

  private BrowserContext context;
  private Page page;
  private final List<BrowserContext> others = new ArrayList<>();
  private final List<String> consoleErrors = new ArrayList<>();
  private final List<String> expectedErrors = new ArrayList<>();

  @RegisterExtension final TestExecutionExceptionHandler failureWithPages = this::failWithPages;

  @DynamicPropertySource
  static void users(DynamicPropertyRegistry properties) {
    properties.add("tillpost.security.users-file", TestUsers::file);
  }

  /**
   * Each console that starts makes its own the one of the whole process; an earlier one goes on.
   */
  @BeforeEach
  void beTheConsoleOfThisTest(@Autowired SecurityContextHolderStrategy ofThisConsole) {
    SecurityContextHolder.setContextHolderStrategy(ofThisConsole);
  }

  @BeforeEach
  void openBrowser() {
    PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
    context = keptContext();
    openPage();
  }

  /**
   * The same one for all tests of a console: loading and compiling what a page needs is much of
   * what a browser test costs. Nothing else is left of the test before, see {@link #forgetAll}.
   */
  private BrowserContext keptContext() {
    BrowserContext browser = kept;
    if (browser == null || !keptFor.equals(address())) {
      if (browser != null) {
        browser.close();
      }
      browser = contextOf(new Browser.NewContextOptions().setViewportSize(1280, 800));
      kept = browser;
      keptFor = address();
    }
    return browser;
  }

  private String address() {
    return "http://localhost:" + port;
  }

  private BrowserContext contextOf(Browser.NewContextOptions options) {
    BrowserContext browser =
        Chromium.browser()
            .newContext(options.setBaseURL(address()).setReducedMotion(ReducedMotion.REDUCE));
    browser.setDefaultTimeout(PATIENCE_MILLIS);
    browser.addInitScript(REMEMBER_PRESSES);
    return browser;
  }

  @AfterEach
  void closeBrowser(TestInfo test) {
    if (context.equals(kept)) {
      forgetAll();
    } else {
      others.add(context);
    }
    others.forEach(BrowserTest::leave);
    consoleErrors.removeIf(error -> expectedErrors.stream().anyMatch(error::contains));
    Assertions.assertThat(consoleErrors).as("errors in the console of the browser").isEmpty();
  }

  /** A request to the HTTP API by a user of {@link TestUsers}. */
  protected static RequestOptions as(String user) {
    String login =
        Base64.getEncoder().encodeToString((user + ":" + user).getBytes(StandardCharsets.UTF_8));
    return RequestOptions.create().setHeader("Authorization", "Basic " + login);
  }

  /** What the HTTP API answered. */
  protected static JsonNode json(APIResponse answer) {
    return JsonMapper.shared().readTree(answer.text());
  }

  /** What the browser has loaded may stay, what the console has left there must not. */
  private void forgetAll() {
    try {
      for (Page one : context.pages()) {
        if (one.url().startsWith("http")) {
          one.evaluate("() => { localStorage.clear(); }");
        }
        one.navigate("about:blank");
        one.close();
      }
      // Last: without them a page that is left cannot tell the console so, which goes on with it.
      context.clearCookies();
    } catch (PlaywrightException e) {
      // It was on its way to somewhere: the next test gets another one.
      context.close();
      kept = null;
    }
  }

  /** A page that is left tells the console, which else goes on with its live queries for long. */
  private static void leave(BrowserContext browser) {
    browser.pages().forEach(page -> page.navigate("about:blank"));
    browser.close();
  }

  /** The page of this test. */
  protected final Page page() {
    return page;
  }

  /** Starts over with a phone, 390 by 844, or whatever else; logged out. */
  protected final void newContext(Browser.NewContextOptions options) {
    if (context != null && context.equals(kept)) {
      forgetAll();
    } else if (context != null) {
      context.close();
    }
    context = contextOf(options);
    openPage();
  }

  private void openPage() {
    page = context.newPage();
    page.onConsoleMessage(
        message -> {
          if (message.type().equals("error")) {
            consoleErrors.add(message.text() + " at " + message.location());
          }
        });
    page.onPageError(error -> consoleErrors.add(error));
  }

  /** Another person at another browser, logged in beside the one of this test. */
  protected final Page secondPerson(Role role) {
    Page first = page;
    BrowserContext firstContext = context;
    context = null;
    newContext(new Browser.NewContextOptions().setViewportSize(1280, 800));
    others.add(context);
    Page second = logIn(role);
    page = first;
    context = firstContext;
    return second;
  }

  /**
   * Logs in as the person with this role and waits for the layout. The form is sent without its
   * page, which would be loaded for nothing; a test of that page {@linkplain #enter fills it in}.
   */
  protected final Page logIn(Role role) {
    return logIn(TestUsers.login(role));
  }

  /** Logs in as the person whose name and password this is, in the same way. */
  protected final Page logIn(String name) {
    APIResponse answer =
        context
            .request()
            .post(
                "/login",
                RequestOptions.create()
                    .setForm(FormData.create().set("username", name).set("password", name))
                    .setMaxRedirects(0));
    Assertions.assertThat(answer.headers().get("location")).as("login").doesNotContain("/login");
    page.navigate("/");
    assertThat(
            page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Keyboard help")))
        .isVisible();
    awaitArrival();
    return page;
  }

  /** Fills in the login form and sends it. */
  protected final void enter(String name, String password) {
    Locator form = page.locator("vaadin-login-form");
    form.locator("input[name=username]").fill(name);
    form.locator("input[name=password]").fill(password);
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Log in")).click();
  }

  /**
   * Goes to a page as a link within the console does, which is much quicker than an address that is
   * typed: the browser keeps what it has loaded.
   *
   * @param address without a slash in front
   */
  protected final void follow(String address) {
    awaitArrival();
    page.evaluate(
        """
        (address) => {
          const link = document.createElement('a');
          link.href = '/' + address;
          document.body.append(link);
          link.click();
          link.remove();
        }
        """,
        address);
  }

  /**
   * Waits until the server has answered the last navigation. Vaadin's router keeps one callback for
   * that answer: of two navigations at once both answers go to the second one's, which then says in
   * the browser's console that it is not blocked any more.
   */
  protected final void awaitArrival() {
    awaitArrival(page);
  }

  /** Opens an address as one that is typed, and waits until nothing is under way any more. */
  protected static void open(Page page, String address) {
    page.navigate(address);
    awaitArrival(page);
  }

  private static void awaitArrival(Page page) {
    // Between two navigations of which one leads to the other there is a moment without either.
    page.waitForFunction(
        """
        () => {
          const flow = window.Vaadin?.Flow;
          const clients = Object.values(flow?.clients ?? {}).filter((client) => client.isActive);
          if (clients.length === 0 || flow.navigation || clients.some((client) => client.isActive())) {
            window.quietSince = undefined;
            return false;
          }
          window.quietSince ??= performance.now();
          return performance.now() - window.quietSince > 50;
        }
        """);
    page.evaluate("() => { window.quietSince = undefined; }");
  }

  /** Where it is once it stands still and can be clicked. */
  protected static BoundingBox placeOf(Locator one) {
    one.click(new Locator.ClickOptions().setTrial(true));
    return one.boundingBox();
  }

  /** What moves while it is being pressed is not pressed at all. */
  protected static void assertThatIsAt(BoundingBox before, Locator one) {
    Assertions.assertThat(placeOf(one)).usingRecursiveComparison().isEqualTo(before);
  }

  /** Sets light or dark as the system's wish. */
  protected final void systemPrefers(ColorScheme scheme) {
    page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
  }

  /** An error whose text contains this is part of the test. */
  protected final void expectConsoleError(String part) {
    expectedErrors.add(part);
  }

  /** Keeps a picture under that name; wait for an element first, or it is blank. */
  protected final Path screenshot(String name) {
    Path file = SCREENSHOTS.resolve(name + ".png");
    page.screenshot(new Page.ScreenshotOptions().setPath(file));
    return file;
  }

  /**
   * A failure that says what stood on the pages: where a test ran, pictures are not always kept.
   */
  private void failWithPages(ExtensionContext test, Throwable failure) {
    Path picture =
        SCREENSHOTS.resolve(
            "FAILED-" + getClass().getSimpleName() + "-" + test.getRequiredTestMethod().getName());
    List<Page> pages = new ArrayList<>(context == null ? List.of() : context.pages());
    others.stream().filter(one -> !one.equals(context)).forEach(one -> pages.addAll(one.pages()));
    StringBuilder seen = new StringBuilder(String.valueOf(failure.getMessage()));
    for (int i = 0; i < pages.size(); i++) {
      seen.append("\nSeen at ").append(seenOn(pages.get(i), picture + "-" + i + ".png"));
    }
    throw new AssertionError(seen.toString(), failure);
  }

  private static String seenOn(Page page, String picture) {
    try {
      page.screenshot(new Page.ScreenshotOptions().setPath(Path.of(picture)));
      String text = page.locator("body").innerText().replaceAll("\\s+", " ");
      return "%s: %s%nPressed there: %s"
          .formatted(
              page.url(),
              text.substring(0, Math.min(text.length(), MOST_SEEN)),
              page.evaluate("() => JSON.stringify(window.presses)"));
    } catch (PlaywrightException e) {
      return page.url() + ", which cannot be read: " + e.getMessage();
    }
  }
}
