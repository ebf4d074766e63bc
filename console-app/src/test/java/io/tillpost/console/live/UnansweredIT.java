package io.tillpost.console.live;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.shared.Registration;
import io.tillpost.console.browser.BrowserTest;
import io.tillpost.console.security.Role;
import java.time.Clock;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.security.core.context.SecurityContextHolderStrategy;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.TestPropertySource;

/** While the storage has not answered, no page says that there is nothing. */
@Import(UnansweredIT.HeldQueries.class)
@TestPropertySource(properties = "tillpost.alerting.enabled=true")
@DirtiesContext
class UnansweredIT extends BrowserTest {
  private static volatile CountDownLatch held = new CountDownLatch(0);

  @AfterEach
  void answer() {
    held.countDown();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/traces", "/alerts", "/alerts?tab=log", "/messages", "/operations"})
  void thatThereIsNothingIsSaidOnceItIsKnown(String address) {
    logIn(Role.SUPPORT);
    held = new CountDownLatch(1);
    page().navigate(address);
    assertThat(page().locator(".tillpost-as-of").first()).isAttached();
    assertThat(page().locator("vaadin-app-layout")).isVisible();
    assertThat(page().locator(".tillpost-empty:visible")).hasCount(0);
    held.countDown();
    assertThat(page().locator(".tillpost-as-of").first()).containsText("as of");
  }

  @TestConfiguration
  static class HeldQueries {
    /** Queries that wait until they may be asked. */
    @Bean
    @Primary
    LiveUpdates heldUpdates(SecurityContextHolderStrategy logins, Clock clock) {
      return new LiveUpdates(logins, clock) {
        @Override
        public <T> Registration watch(
            Component owner, LiveKey key, Supplier<T> query, Consumer<Live<T>> show) {
          return super.watch(owner, key, () -> whenAnswered(query), show);
        }
      };
    }

    private static <T> T whenAnswered(Supplier<T> query) {
      try {
        held.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
      return query.get();
    }
  }
}
