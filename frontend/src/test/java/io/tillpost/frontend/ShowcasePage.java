package io.tillpost.frontend;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.SimpleFileServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/**
 * The showcase in the machine's own Chromium, served under a strict content security policy. What
 * the browser complains of is collected.
 */
final class ShowcasePage implements AutoCloseable {
  private static final Path BUILT = Path.of("target/showcase").toAbsolutePath();

  /**
   * Stricter than the console's where it can be: Vaadin puts style elements into the page, and Lit
   * writes style attributes, but no part may need a script that is not a file of ours.
   */
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self' data:;"
          + " img-src 'self' data:";

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Playwright playwright;
  private final Browser browser;
  private final List<String> complaints = new ArrayList<>();

  ShowcasePage() throws IOException {
    if (!Files.exists(BUILT.resolve("index.html"))) {
      throw new IllegalStateException(
          "The showcase is not built: let Maven run the phase test of this module without -Dtest");
    }
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server
        .createContext("/page/", SimpleFileServer.createFileHandler(BUILT))
        .getFilters()
        .add(
            Filter.beforeHandler(
                "policy",
                exchange -> exchange.getResponseHeaders().set("Content-Security-Policy", POLICY)));
    server.setExecutor(threads);
    server.start();
    playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(executable())
                    .setArgs(
                        List.of(
                            "--headless",
                            "--no-sandbox",
                            "--disable-gpu",
                            "--disable-quic",
                            "--no-first-run",
                            "--disable-background-networking",
                            "--disable-component-update",
                            "--disable-sync")));
  }

  /** Opens one part of the showcase in a page of its own; the page before it is closed. */
  Page open(String part, ColorScheme scheme, int width) {
    browser.contexts().forEach(BrowserContext::close);
    BrowserContext context =
        browser.newContext(
            new Browser.NewContextOptions()
                .setColorScheme(scheme)
                .setViewportSize(width, 900)
                .setTimezoneId("America/New_York"));
    Page page = context.newPage();
    complaints.clear();
    page.onPageError(complaints::add);
    page.onConsoleMessage(
        message -> {
          if (message.type().equals("error") || message.type().equals("warning")) {
            complaints.add(message.text());
          }
        });
    page.onDialog(
        dialog -> {
          complaints.add("A dialog opened: " + dialog.message());
          dialog.dismiss();
        });
    page.navigate(
        "http://localhost:%d/page/index.html?part=%s"
            .formatted(server.getAddress().getPort(), part));
    page.waitForFunction("document.documentElement.dataset.ready === 'true'");
    return page;
  }

  /** Errors, warnings and dialogs since the last page was opened. */
  List<String> complaints() {
    return complaints;
  }

  @Override
  public void close() {
    playwright.close();
    server.stop(0);
    threads.close();
  }

  private static Path executable() {
    return Stream.concat(
            Stream.ofNullable(System.getenv("TILLPOST_CHROMIUM")),
            Stream.of(
                "/usr/bin/chromium-headless-shell",
                "/usr/bin/chromium",
                "/usr/bin/chromium-browser",
                "/usr/bin/google-chrome",
                "/Applications/Chromium.app/Contents/MacOS/Chromium",
                "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"))
        .map(Path::of)
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "Browser tests need Chromium: install it, or name it in TILLPOST_CHROMIUM"));
  }
}
