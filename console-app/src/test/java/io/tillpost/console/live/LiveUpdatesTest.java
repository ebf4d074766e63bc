package io.tillpost.console.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.spring.security.VaadinAwareSecurityContextHolderStrategy;
import io.tillpost.console.live.Live.Fresh;
import io.tillpost.console.live.Live.Stale;
import io.tillpost.console.security.CurrentOperator;
import io.tillpost.console.security.Operator;
import io.tillpost.console.security.Role;
import io.tillpost.console.security.StoreScope;
import io.tillpost.console.security.TestLogin;
import io.tillpost.store.StoreUnavailableException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.authentication.AuthenticationCredentialsNotFoundException;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextHolderStrategy;
import org.springframework.security.core.context.SecurityContextImpl;

class LiveUpdatesTest {
  private static final LiveKey KEY = LiveKey.of("test", Duration.ofMillis(200));
  private static final Consumer<Runnable> AT_ONCE = Runnable::run;

  /** Where this console keeps who is logged in; {@link SecurityContextHolder} has another one. */
  private final SecurityContextHolderStrategy logins =
      new VaadinAwareSecurityContextHolderStrategy();

  private final LiveUpdates updates = new LiveUpdates(logins, Clock.systemUTC());
  private final AtomicInteger asked = new AtomicInteger();
  private final List<Live<Integer>> shown = new CopyOnWriteArrayList<>();
  private final List<UI> pages = new ArrayList<>();
  private final SecurityContextHolderStrategy ofTheProcess =
      SecurityContextHolder.getContextHolderStrategy();

  @BeforeEach
  void bePatient() {
    org.awaitility.Awaitility.setDefaultTimeout(Duration.ofMinutes(1));
    logIn("anybody");
  }

  @AfterEach
  void end() {
    updates.stop();
    SecurityContextHolder.setContextHolderStrategy(ofTheProcess);
    SecurityContextHolder.clearContext();
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
  void onlyWhoMayTheSameSharesAQuery() {
    LiveKey cork = keyOf(Role.SUPPORT, TestLogin.only("0412"));

    assertThat(keyOf(Role.SUPPORT, TestLogin.only("0412"))).isEqualTo(cork);
    assertThat(keyOf(Role.SUPPORT, TestLogin.only("0413"))).isNotEqualTo(cork);
    assertThat(keyOf(Role.SUPPORT, StoreScope.ALL)).isNotEqualTo(cork);
    assertThat(keyOf(Role.ADMIN, TestLogin.only("0412"))).isNotEqualTo(cork);
  }

  private static LiveKey keyOf(Role role, StoreScope stores) {
    return KEY.forRightsOf(new Operator("anybody", "Anybody", Set.of(role), stores));
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
            rights(),
            task -> {
              throw new IllegalStateException("broken page");
            },
            result -> {}));
    updates.join(KEY, asked::incrementAndGet, watcher(shown::add));

    await().until(() -> shown.size() >= 2);
  }

  @Test
  void whatAPageAsksForInVainWhileItIsBroughtUpToDateIsNotAFailureOfThePage() {
    List<RuntimeException> failures = new CopyOnWriteArrayList<>();
    Consumer<Runnable> page =
        task -> {
          try {
            task.run();
          } catch (RuntimeException e) {
            failures.add(e);
          }
        };
    Consumer<Live<Integer>> show =
        result -> {
          shown.add(result);
          throw shown.size() == 1
              ? new StoreUnavailableException("away", null)
              : new IllegalStateException("ours");
        };
    updates.join(KEY, asked::incrementAndGet, new Subscriber<>(rights(), page, show));

    await().until(() -> shown.size() >= 2 && !failures.isEmpty());
    assertThat(failures.getFirst()).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aPageThatIsSlowGetsTheNewestResultOnly() {
    List<Runnable> waiting = new CopyOnWriteArrayList<>();
    List<Live<Integer>> slow = new ArrayList<>();
    updates.join(KEY, asked::incrementAndGet, new Subscriber<>(rights(), waiting::add, slow::add));
    await().until(() -> asked.get() >= 4);

    assertThat(waiting).hasSize(1);
    waiting.getFirst().run();

    assertThat(slow).hasSize(1);
    assertThat(((Fresh<Integer>) slow.getFirst()).value()).isGreaterThan(1);
  }

  @Test
  void theQueryRunsWithTheRightsOfWhoWatchesWhicheverConsoleWasStartedLast() {
    List<String> names = new CopyOnWriteArrayList<>();
    logIn("anna");
    page(
        () -> {
          names.add(CurrentOperator.of(logins.getContext().getAuthentication()).orElseThrow().id());
          return asked.incrementAndGet();
        });
    await().until(() -> asked.get() > 0);

    SecurityContextHolder.setContextHolderStrategy(new VaadinAwareSecurityContextHolderStrategy());
    logIn("bert");
    int before = asked.get();
    await().until(() -> asked.get() > before + 1);

    assertThat(names).containsOnly("anna");
  }

  @Test
  void pagesOfOthersAreAskedForWithTheirOwnRights() {
    List<String> names = new CopyOnWriteArrayList<>();
    Supplier<Integer> query =
        () -> {
          names.add(CurrentOperator.of(logins.getContext().getAuthentication()).orElseThrow().id());
          return asked.incrementAndGet();
        };
    logIn("anna", Role.ADMIN);
    page(query);
    logIn("bert", Role.SUPPORT);
    page(query);

    assertThat(updates.running()).isEqualTo(2);
    await().until(() -> names.contains("anna") && names.contains("bert"));
  }

  @Test
  void whereNobodyIsLoggedInNothingIsAsked() {
    logins.clearContext();
    // Not of this console.
    TestLogin.as("anna", Role.ADMIN, StoreScope.ALL);

    assertThatThrownBy(() -> page(asked::incrementAndGet))
        .isInstanceOf(AuthenticationCredentialsNotFoundException.class);

    logins.setContext(
        new SecurityContextImpl(
            new AnonymousAuthenticationToken(
                "key", "anybody", AuthorityUtils.createAuthorityList("ROLE_ANONYMOUS"))));
    assertThatThrownBy(() -> page(asked::incrementAndGet))
        .isInstanceOf(AuthenticationCredentialsNotFoundException.class);
    assertThat(updates.running()).isZero();
    assertThat(asked).hasValue(0);
  }

  @Test
  void aPageThatWasClosedTakesNothingAndLeavingEndsTheQuery() {
    UI closed = new UI();
    Div owner = new Div();
    closed.add(owner);
    List<Live<Integer>> onClosedPage = new CopyOnWriteArrayList<>();
    updates.watch(owner, KEY, asked::incrementAndGet, onClosedPage::add);
    updates.join(KEY.forRightsOf(rights().operator()), asked::incrementAndGet, watcher(shown::add));

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
    return new Subscriber<>(rights(), AT_ONCE, show);
  }

  private void page(Supplier<Integer> query) {
    Div owner = new Div();
    updates.watch(owner, KEY, query, shown::add);
    UI ui = new UI();
    pages.add(ui);
    ui.add(owner);
  }

  private void logIn(String name) {
    logIn(name, Role.SUPPORT);
  }

  private void logIn(String name, Role role) {
    logins.setContext(new SecurityContextImpl(loginOf(name, role)));
  }

  private static Rights rights() {
    return Rights.of(loginOf("anybody", Role.SUPPORT));
  }

  private static Authentication loginOf(String name, Role role) {
    return new TestingAuthenticationToken(name, "", "ROLE_" + role);
  }
}
