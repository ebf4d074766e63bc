package io.tillpost.console.exceptions;

import static io.tillpost.testing.Samples.MORNING;
import static io.tillpost.testing.Samples.aFailure;
import static io.tillpost.testing.Samples.aReturn;
import static io.tillpost.testing.Samples.aSale;
import static org.assertj.core.api.Assertions.assertThat;

import io.tillpost.console.classification.ClassificationRules;
import io.tillpost.console.classification.Classifier;
import io.tillpost.console.security.CurrentOperator;
import io.tillpost.console.security.Role;
import io.tillpost.console.security.StoreScope;
import io.tillpost.console.security.TestLogin;
import io.tillpost.location.Store;
import io.tillpost.location.StoreDirectory;
import io.tillpost.message.Money;
import io.tillpost.message.Stage;
import io.tillpost.store.FailureQueries.Group;
import io.tillpost.store.IngestWriter.Batch;
import io.tillpost.store.memory.InMemoryStores;
import io.tillpost.testing.MessageBuilder;
import io.tillpost.testing.MutableClock;
import io.tillpost.testing.Samples;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.security.core.context.SecurityContextHolder;

class ExceptionInboxTest {
  private final InMemoryStores stores = new InMemoryStores();
  private final MutableClock clock = MutableClock.at(MORNING.plus(Duration.ofHours(5)));
  private final ExceptionInbox inbox =
      new ExceptionInbox(
          stores.failures(),
          stores.messages(),
          StoreDirectory.of(List.of(store("0001", "North"), store("0002", "South"))),
          new TriageRecords(stores.documents(), stores.failures()),
          new Classifier(() -> ClassificationRules.NONE, stores.messages(), clock),
          _ -> true,
          () -> new MyTeams("", List.of()),
          Samples.workflows(),
          new LastRecoveries(stores.documents(), stores.failures(), new CurrentOperator(), clock),
          clock);

  @BeforeEach
  void logIn() {
    TestLogin.as("support", Role.SUPPORT, StoreScope.ALL);
  }

  @AfterEach
  void logOut() {
    SecurityContextHolder.clearContext();
  }

  /** TAX of two stores, 300.00 EUR and five hours old; MAP of one, 10.00 CHF and an hour old. */
  @BeforeEach
  void threeFailures() {
    fail("TAX", aSale().store("0001").key("sku", "A-100").amount(10_000, "EUR"));
    fail("TAX", aSale().store("0002").key("sku", "A-200").amount(20_000, "EUR"));
    fail(
        "MAP",
        aReturn()
            .store("0002")
            .target("wms")
            .amount(1_000, "CHF")
            .capturedAt(MORNING.plus(Duration.ofHours(4))));
  }

  @Test
  void theListIsNarrowedByWhatChoosesAmongMessages() {
    assertThat(codes(f -> f.workflows(Set.of("returns")))).containsExactly("MAP");
    assertThat(codes(f -> f.targets(Set.of("erp")))).containsExactly("TAX");
    assertThat(codes(f -> f.stores(Set.of("0001")))).containsExactly("TAX");
    assertThat(codes(f -> f.regions(Set.of("South")))).containsExactlyInAnyOrder("TAX", "MAP");
    assertThat(codes(f -> f.regions(Set.of("North")))).containsExactly("TAX");
    assertThat(codes(f -> f.keys(Map.of("sku", "A-100")))).containsExactly("TAX");
    assertThat(codes(f -> f.text("map"))).containsExactly("MAP");
  }

  @Test
  void whatIsCountedIsCountedOfTheChosenMessagesOnly() {
    assertThat(list(f -> f.regions(Set.of("South"))).getFirst().group())
        .extracting(Group::messages, Group::stores)
        .containsExactly(1L, 1L);
  }

  @Test
  void theListIsNarrowedByWhatChoosesAmongExceptions() {
    assertThat(codes(f -> f.moneyAtLeast(new Money(30_000, "EUR")))).containsExactly("TAX");
    assertThat(codes(f -> f.moneyAtLeast(new Money(30_001, "EUR")))).isEmpty();
    assertThat(codes(f -> f.moneyAtLeast(new Money(0, "CHF")))).containsExactly("MAP");
    assertThat(codes(f -> f.olderThan(Duration.ofHours(5)))).containsExactly("TAX");
    assertThat(codes(f -> f.olderThan(Duration.ofHours(1))))
        .containsExactlyInAnyOrder("TAX", "MAP");
  }

  @Test
  void whatNothingMatchesIsEmpty() {
    assertThat(codes(f -> f.regions(Set.of("Nowhere")))).isEmpty();
    assertThat(codes(f -> f.regions(Set.of("North")).stores(Set.of("0002")))).isEmpty();
    assertThat(codes(f -> f.stores(Set.of("9999")))).isEmpty();
    assertThat(codes(f -> f.keys(Map.of("sku", "a-100")))).isEmpty();
    assertThat(codes(f -> f.workflows(Set.of("nonsense")))).isEmpty();
    assertThat(codes(f -> f.targets(Set.of("nonsense")))).isEmpty();
    assertThat(codes(f -> f.text("nonsense"))).isEmpty();
    assertThat(codes(f -> f.olderThan(Duration.ofDays(3_650)))).isEmpty();
    assertThat(codes(f -> f.moneyAtLeast(new Money(1, "USD")))).isEmpty();
  }

  @Test
  void everyFilterHoldsAtOnce() {
    assertThat(
            codes(f -> f.workflows(Set.of("sales-posting")).regions(Set.of("South")).text("A-2")))
        .isEmpty();
    assertThat(
            codes(f -> f.workflows(Set.of("sales-posting")).regions(Set.of("South")).text("A-200")))
        .containsExactly("TAX");
  }

  @Test
  void whatFailedWithinTheLastSecondMayCountLater() {
    assertThat(codes(f -> {})).containsExactlyInAnyOrder("TAX", "MAP");
    fail("NEW", aSale().store("0001"));

    clock.advance(Duration.ofSeconds(1));

    assertThat(codes(f -> {})).contains("NEW");
  }

  @Test
  void theTrendOfOneRowBringsThoseOfAllRows() {
    List<ExceptionSummary> rows = list(f -> {});

    assertThat(rows)
        .allSatisfy(
            row ->
                assertThat(inbox.trendOf(row.fingerprint()))
                    .hasSizeGreaterThan(20)
                    .anyMatch(point -> point.count() > 0));
  }

  private List<String> codes(Consumer<ExceptionFilterBuilder> change) {
    return list(change).stream().map(e -> e.group().sample().code()).toList();
  }

  private List<ExceptionSummary> list(Consumer<ExceptionFilterBuilder> change) {
    return inbox.list(ExceptionFilter.ALL.with(change));
  }

  private void fail(String code, MessageBuilder message) {
    stores
        .ingestWriter()
        .write(
            new Batch(
                message
                    .failingWith(aFailure().code(code).message(code).build())
                    .throughStage(Stage.FAILED),
                List.of()));
  }

  private static Store store(String id, String region) {
    return new Store(
        id,
        "Store " + id,
        region,
        ZoneId.of("Europe/Berlin"),
        "EUR",
        LocalTime.of(8, 0),
        LocalTime.of(20, 0),
        3);
  }
}
