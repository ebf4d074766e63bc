package io.tillpost.console.impact;

import static io.tillpost.testing.Samples.MORNING;
import static io.tillpost.testing.Samples.aFailure;
import static io.tillpost.testing.Samples.aReturn;
import static io.tillpost.testing.Samples.aSale;
import static io.tillpost.testing.Samples.aSpan;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tillpost.failure.OwnerSide;
import io.tillpost.location.Store;
import io.tillpost.location.StoreDirectory;
import io.tillpost.message.MessageEvent;
import io.tillpost.message.Money;
import io.tillpost.message.MoneySum;
import io.tillpost.message.Stage;
import io.tillpost.store.IngestWriter.Batch;
import io.tillpost.store.StoreUnavailableException;
import io.tillpost.store.memory.InMemoryStores;
import io.tillpost.testing.MutableClock;
import io.tillpost.testing.Samples;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ImpactServiceTest {
  private final InMemoryStores stores = new InMemoryStores(Samples.workflows());
  private final MutableClock clock = MutableClock.at(MORNING);
  private final List<OpenException> exceptions = new ArrayList<>();
  private final ImpactService service =
      new ImpactService(
          stores,
          StoreDirectory.of(List.of(store("0412", "North"), store("0500", "South"))),
          Samples.workflows(),
          Map.of("loyalty-saas", new ApiLimit(2, Duration.ofSeconds(1))),
          () -> exceptions,
          new OtherChanges(List.of()),
          clock);

  @Test
  void nothingIsStuckWhereNothingArrived() {
    ImpactReport report = service.report("ada");

    assertThat(report.tiles()).extracting(Tile::level).containsOnly(ImpactLevel.OK);
    assertThat(report.tiles()).extracting(Tile::count).containsOnly(0L);
    assertThat(report.stores()).extracting(StoreImpact::level).containsOnly(ImpactLevel.OK);
  }

  @Test
  void aSaleThatFailedCountsItsStoreAndItsMoney() {
    write(
        aSale()
            .store("0412")
            .amount(12999, "EUR")
            .failingWith(aFailure().build())
            .throughStage(Stage.FAILED));
    clock.advance(Duration.ofMinutes(20));

    Tile tile = tile("stores-with-unsent-transactions");

    assertThat(tile.count()).isEqualTo(1);
    assertThat(tile.messages()).isEqualTo(1);
    assertThat(tile.money()).isEqualTo(MoneySum.of(new Money(12999, "EUR")));
    assertThat(tile.oldestAt()).isEqualTo(MORNING);
    assertThat(tile.level()).isEqualTo(ImpactLevel.WARNING);
    assertThat(tile.href()).isEqualTo("messages?attention=true&workflow=sales-posting");
  }

  @Test
  void aSaleOnItsWayCountsOnlyOnceItIsOverdue() {
    write(aSale().store("0412").throughStage(Stage.CAPTURED));

    assertThat(tile("stores-with-unsent-transactions").count()).isZero();

    clock.advance(Duration.ofHours(1));
    assertThat(tile("stores-with-unsent-transactions").count()).isEqualTo(1);
    assertThat(tile("stores-with-unsent-transactions").detail())
        .isEqualTo("1 transaction: 1 still at the store, 0 stuck on the way");
  }

  @Test
  void theImpactFallsWhenTheTargetConfirms() {
    write(aReturn().id("r-1").store("0412").throughStage(Stage.SUBMITTED));
    clock.advance(Duration.ofHours(2));
    assertThat(tile("returns-awaiting-confirmation").count()).isEqualTo(1);

    write(aReturn().id("r-1").store("0412").throughStage(Stage.CONFIRMED));
    clock.advance(Duration.ofSeconds(1));

    assertThat(tile("returns-awaiting-confirmation").count()).isZero();
  }

  @Test
  void whatIsAddedUpIsSharedForASecondButEverybodysOwnIsTheirOwn() {
    exceptions.add(exception("a", OwnerSide.IT, "ada"));

    ImpactFacts facts = service.now();

    assertThat(service.now()).isSameAs(facts);
    assertThat(mine(service.report("ada"))).isEqualTo(1);
    assertThat(mine(service.report("grace"))).isZero();
    clock.advance(Duration.ofSeconds(1));
    assertThat(service.now()).isNotSameAs(facts);
  }

  @Test
  void storageThatIsAwayIsSaidAsItIs() {
    ImpactService broken =
        new ImpactService(
            stores,
            StoreDirectory.of(List.of()),
            Samples.workflows(),
            Map.of(),
            () -> {
              throw new StoreUnavailableException("Elasticsearch cannot be reached", null);
            },
            new OtherChanges(List.of()),
            clock);

    assertThatThrownBy(broken::now)
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessage("Elasticsearch cannot be reached");
  }

  @Test
  void theWorstStoreStandsFirstAndAnUnknownStoreIsShownToo() {
    write(aSale().id("s-1").store("0500").throughStage(Stage.RECEIVED));
    write(aSale().id("s-2").store("7777").throughStage(Stage.RECEIVED));
    write(aSale().id("s-3").store("7777").throughStage(Stage.RECEIVED));
    clock.advance(Duration.ofHours(5));

    List<StoreImpact> found = service.report("ada").stores();

    assertThat(found).extracting(StoreImpact::storeId).containsExactly("7777", "0500", "0412");
    assertThat(found.getFirst().region()).isEqualTo(StoreDirectory.UNKNOWN_REGION);
    assertThat(found.getFirst().level()).isEqualTo(ImpactLevel.CRITICAL);
  }

  @Test
  void anApiOverItsLimitOfCallsIsNamed() {
    for (int i = 0; i < 3; i++) {
      stores
          .ingestWriter()
          .write(
              new Batch(
                  List.of(),
                  List.of(
                      aSpan()
                          .id(new io.tillpost.trace.SpanId("00000000000000a" + i))
                          .calling("loyalty-saas")
                          .start(MORNING.minusSeconds(50))
                          .build())));
    }

    Tile tile = tile("apis-near-their-limit");

    assertThat(tile.count()).isEqualTo(1);
    assertThat(tile.level()).isEqualTo(ImpactLevel.CRITICAL);
    assertThat(tile.detail()).isEqualTo("loyalty-saas: 3 calls a minute, 150 % of its limit");
  }

  @Test
  void exceptionsAreCountedByWhoHasToAct() {
    exceptions.add(exception("a", OwnerSide.BUSINESS, "ada"));
    exceptions.add(exception("b", OwnerSide.IT, null));

    Tile tile = tile("exceptions-by-owner");

    assertThat(tile.count()).isEqualTo(2);
    assertThat(tile.parts())
        .extracting(Tile.Part::label, Tile.Part::count)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("mine", 1L),
            org.assertj.core.groups.Tuple.tuple("business", 1L),
            org.assertj.core.groups.Tuple.tuple("IT", 1L),
            org.assertj.core.groups.Tuple.tuple("nobody", 1L));
  }

  @Test
  void anExceptionThatIsNewIsWhatChanged() {
    exceptions.add(exception("a", OwnerSide.IT, null));

    assertThat(service.report("ada").changes())
        .extracting(Change::href)
        .containsExactly("exceptions/a");

    clock.advance(Duration.ofMinutes(31));
    assertThat(service.report("ada").changes()).isEmpty();
  }

  private static long mine(ImpactReport report) {
    return report.tiles().getLast().parts().getFirst().count();
  }

  private Tile tile(String id) {
    return service.report("ada").tiles().stream()
        .filter(tile -> tile.id().equals(id))
        .findFirst()
        .orElseThrow();
  }

  private void write(List<MessageEvent> events) {
    stores.ingestWriter().write(new Batch(events, List.of()));
  }

  private static OpenException exception(String id, OwnerSide owner, String assignee) {
    return new OpenException(
        id, "Tax code is not known", owner, assignee, 3, 2, MoneySum.NONE, MORNING, MORNING);
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
