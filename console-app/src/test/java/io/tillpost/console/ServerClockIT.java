package io.tillpost.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.tillpost.testing.Samples.aSale;

import io.tillpost.console.browser.BrowserTest;
import io.tillpost.console.security.Role;
import io.tillpost.message.Stage;
import io.tillpost.store.IngestWriter.Batch;
import io.tillpost.store.Stores;
import io.tillpost.testing.MessageBuilder;
import java.time.Clock;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Ages and times that are left are the server's, whatever the browser takes the time to be. */
class ServerClockIT extends BrowserTest {
  private static final String TWO_HOURS_AHEAD =
      """
      const right = Date.now;
      Date.now = () => right() + 7_200_000;
      """;

  @Autowired private Stores stores;
  @Autowired private Clock clock;

  @Test
  void whatIsNotDueYetIsNotOverdueInABrowserWhoseClockIsWrong() {
    MessageBuilder sale = aSale().capturedAt(clock.instant());
    stores.ingestWriter().write(new Batch(sale.throughStage(Stage.CAPTURED), List.of()));
    page().addInitScript(TWO_HOURS_AHEAD);
    logIn(Role.SUPPORT);
    page().navigate("/messages/" + sale.messageId().value());

    assertThat(page().getByText(Pattern.compile("Due in \\d min"))).isVisible();

    stores
        .ingestWriter()
        .write(new Batch(List.of(sale.event(Stage.CONFIRMED, clock.instant())), List.of()));
    assertThat(page().getByText(Pattern.compile("before it was due"))).isVisible();
  }
}
