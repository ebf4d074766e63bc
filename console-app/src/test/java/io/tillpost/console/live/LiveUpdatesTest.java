package io.tillpost.console.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.Div;
import io.tillpost.console.live.Live.Fresh;
import io.tillpost.console.live.Live.Stale;
import io.tillpost.console.security.CurrentOperator;
import io.tillpost.console.security.Role;
import io.tillpost.console.security.StoreScope;
import io.tillpost.console.security.TestLogin;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;

class LiveUpdatesTest {
  private static final LiveKey KEY = LiveKey.of("test", Duration.ofMillis(200));
  private static final Consumer<Runnable> AT_ONCE = Runnable::run;

  private final LiveUpdates updates = new LiveUpdates(new CurrentOperator(), Clock.systemUTC());
  private final AtomicInteger asked = new AtomicInteger();
  private final List<Live<Integer>> shown = new CopyOnWriteArrayList<>();

  @BeforeEach
  void bePatient() {
    org.awaitility.Awaitility.setDefaultTimeout(Duration.ofMinutes(1));
  }

  @AfterEach
  void end() {
    updates.stop();
    org.awaitility.Awaitility.reset();
  }

  @Test
  void manyWatchersShareOneQuery() {
    List<Live<Integer>> others = new CopyOnWriteArrayList<>();
    updates.join(KEY, asked::incrementAndGet, watcher(shown::add));
    for (int i = 0; i < 20; i++) {
      updates.join(KEY, asked::incrementAndGet, watcher(others::add));
    }

    assertThat(updates.running()).isEqualTo(1);
    await().until(() -> shown.size() >= 3);
    // Each result went to everybody, so there were far fewer questions than answers on pages.
    assertThat(others.size()).isGreaterThan(asked.get());
  }

  @Test
  void whoIsBoundToStoresSharesNothingWithOthers() {
    CurrentOperator operator = new CurrentOperator();
    TestLogin.as("cork", Role.SUPPORT, TestLogin.only("0412"));
    LiveKey cork = KEY.forStoresOf(operator);
    TestLogin.as("other", Role.ADMIN, TestLogin.only("0412"));
    assertThat(KEY.forStoresOf(operator)).isEqualTo(cork);
    TestLogin.as("galway", Role.SUPPORT, TestLogin.only("0413"));
    assertThat(KEY.forStoresOf(operator)).isNotEqualTo(cork).isNotEqualTo(KEY);
    TestLogin.as("all", Role.SUPPORT, StoreScope.ALL);
    assertThat(KEY.forStoresOf(operator)).isEqualTo(KEY);
    SecurityContextHolder.clearContext();
    assertThat(KEY.forStoresOf(operator)).isEqualTo(KEY);
  }

  @Test
  void whoComesLaterIsShownTheLastResultAtOnce() {
    updates.join(KEY, asked::incrementAndGet, watcher(shown::add));
    await().until(() -> !shown.isEmpty());

    List<Live<Integer>> late = new ArrayList<>();
    CountDownLatch never = new CountDownLatch(1);
    updates.join(
        KEY,
        asked::incrementAndGet,
        watcher(
            result -> {
              late.add(result);
              never.countDown();
            }));

    assertThat(never.getCount()).isZero();
    assertThat(late.getFirst()).isInstanceOf(Fresh.class);
  }

  @Test
  void nothingIsAskedOnceNobodyWatches() {
    Subscriber<Integer> one = watcher(shown::add);
    Subscriber<Integer> other = watcher(shown::add);
    updates.join(KEY, asked::incrementAndGet, one);
    updates.join(KEY, asked::incrementAndGet, other);
    await().until(() -> asked.get() > 0);

    updates.leave(KEY, one);
    assertThat(updates.running()).isEqualTo(1);
    updates.leave(KEY, other);

    assertThat(updates.running()).isZero();
    // A question that was under way may still end; after it none is asked, so the count stands
    // still.
    AtomicInteger before = new AtomicInteger(-1);
    await()
        .pollInterval(KEY.every().multipliedBy(3))
        .until(() -> before.getAndSet(asked.get()) == asked.get());
  }

  @Test
  void aQueryThatFailsIsToldAndAskedAgainAndTheLastValueStays() {
    updates.join(
        KEY,
        () -> {
          int n = asked.incrementAndGet();
          if (n == 2 || n == 3) {
            throw new IllegalStateException("The storage does not answer\nat some host");
          }
          return n;
        },
        watcher(shown::add));

    await().until(() -> shown.size() >= 4);
    Fresh<Integer> before = (Fresh<Integer>) shown.getFirst();
    assertThat(shown.get(1))
        .isEqualTo(new Stale<>(Optional.of(1), before.asOf(), "The storage does not answer"));
    assertThat(shown.get(2)).as("since the same moment").isEqualTo(shown.get(1));
    assertThat(shown.get(3))
        .isInstanceOfSatisfying(Fresh.class, fresh -> assertThat(fresh.value()).isEqualTo(4));
  }

  @Test
  void aQueryThatNeverSucceededHasNoValueToKeep() {
    updates.join(
        KEY,
        () -> {
          throw new IllegalStateException();
        },
        this.<Integer>watcher(shown::add));

    await().until(() -> !shown.isEmpty());
    Stale<Integer> first = (Stale<Integer>) shown.getFirst();
    assertThat(first.last()).isEmpty();
    assertThat(first.reason()).isEqualTo("IllegalStateException");
  }

  @Test
  void aPageThatBreaksDoesNotKeepTheOthersFromTheirResults() {
    updates.join(
        KEY,
        asked::incrementAndGet,
        new Subscriber<>(
            noRights(),
            task -> {
              throw new IllegalStateException("broken page");
            },
            result -> {}));
    updates.join(KEY, asked::incrementAndGet, watcher(shown::add));

    await().until(() -> shown.size() >= 2);
  }

  @Test
  void aPageThatIsSlowGetsTheNewestResultOnly() {
    List<Runnable> waiting = new CopyOnWriteArrayList<>();
    List<Live<Integer>> slow = new ArrayList<>();
    updates.join(
        KEY, asked::incrementAndGet, new Subscriber<>(noRights(), waiting::add, slow::add));
    await().until(() -> asked.get() >= 4);

    assertThat(waiting).hasSize(1);
    waiting.getFirst().run();

    assertThat(slow).hasSize(1);
    assertThat(((Fresh<Integer>) slow.getFirst()).value()).isGreaterThan(1);
  }

  @Test
  void theQueryRunsWithTheRightsOfWhoWatches() {
    List<String> names = new CopyOnWriteArrayList<>();
    SecurityContext rights =
        new SecurityContextImpl(new TestingAuthenticationToken("anna", "", "ROLE_VIEW"));
    updates.join(
        KEY,
        () -> {
          names.add(SecurityContextHolder.getContext().getAuthentication().getName());
          return asked.incrementAndGet();
        },
        new Subscriber<>(rights, AT_ONCE, shown::add));

    await().until(() -> !shown.isEmpty());
    assertThat(names).containsOnly("anna");
  }

  @Test
  void aPageThatWasClosedTakesNothingAndLeavingEndsTheQuery() {
    UI closed = new UI();
    Div owner = new Div();
    closed.add(owner);
    List<Live<Integer>> onClosedPage = new CopyOnWriteArrayList<>();
    updates.watch(owner, KEY, asked::incrementAndGet, onClosedPage::add);
    updates.join(KEY, asked::incrementAndGet, watcher(shown::add));

    await().until(() -> shown.size() >= 2);
    assertThat(onClosedPage).isEmpty();
    assertThat(updates.running()).isEqualTo(1);
  }

  @Test
  void aComponentWatchesFromAttachToDetachAndAgain() {
    UI ui = new UI();
    Div owner = new Div();
    updates.watch(owner, KEY, asked::incrementAndGet, shown::add);
    assertThat(updates.running()).isZero();

    ui.add(owner);
    assertThat(updates.running()).isEqualTo(1);
    ui.remove(owner);
    assertThat(updates.running()).isZero();
    ui.add(owner);
    assertThat(updates.running()).isEqualTo(1);
  }

  @Test
  void watchingThatWasEndedDoesNotComeBack() {
    UI ui = new UI();
    Div owner = new Div();
    ui.add(owner);
    var watching = updates.watch(owner, KEY, asked::incrementAndGet, shown::add);

    watching.remove();
    ui.remove(owner);
    ui.add(owner);

    assertThat(updates.running()).isZero();
  }

  private <T> Subscriber<T> watcher(Consumer<Live<T>> show) {
    return new Subscriber<>(noRights(), AT_ONCE, show);
  }

  private static SecurityContext noRights() {
    return new SecurityContextImpl();
  }
}
