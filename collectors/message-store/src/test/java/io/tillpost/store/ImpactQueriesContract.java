package io.tillpost.store;

import static io.tillpost.testing.Samples.MORNING;
import static io.tillpost.testing.Samples.aReturn;
import static io.tillpost.testing.Samples.aSale;
import static io.tillpost.testing.Samples.aStockUpdate;
import static org.assertj.core.api.Assertions.assertThat;

import io.tillpost.message.MessageEvent;
import io.tillpost.message.Money;
import io.tillpost.message.MoneySum;
import io.tillpost.message.Stage;
import io.tillpost.store.ImpactQueries.Kept;
import io.tillpost.store.ImpactQueries.Point;
import io.tillpost.store.ImpactQueries.Slice;
import io.tillpost.testing.MessageBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

abstract class ImpactQueriesContract extends StoreContract {
  private static final Instant NOON = MORNING.plus(Duration.ofHours(2));

  @Test
  void anEmptyStorageHasNoImpact() {
    assertThat(stores.impact().attention(NOON, Set.of())).isEmpty();
    assertThat(stores.impact().kept(MORNING, NOON)).isEmpty();
    assertThat(stores.impact().lastHeard(MORNING)).isEmpty();
    assertThat(stores.impact().trend(Set.of(), MORNING, NOON, Duration.ofHours(1)))
        .extracting(Point::count)
        .containsOnly(0L);
  }

  @Test
  void attentionIsAddedUpByWorkflowStoreFailureAndPlace() {
    List<MessageEvent> events = new ArrayList<>();
    events.addAll(aSale().amount(100, "EUR").throughStage(Stage.FAILED));
    events.addAll(
        aSale().amount(250, "EUR").capturedAt(MORNING.minusSeconds(60)).throughStage(Stage.FAILED));
    events.addAll(aSale().amount(300, "EUR").throughStage(Stage.CAPTURED));
    events.addAll(aSale().store("0413").throughStage(Stage.QUEUED));
    events.addAll(aReturn().amount(700, "EUR").throughStage(Stage.QUEUED));
    events.addAll(aStockUpdate().throughStage(Stage.QUEUED));
    events.addAll(aSale().throughStage(Stage.CONFIRMED));
    write(events);
    assertThat(stores.impact().attention(NOON, Set.of()))
        .containsExactlyInAnyOrder(
            new Slice("sales-posting", "0412", true, true, 2, eur(350), MORNING.minusSeconds(60)),
            new Slice("sales-posting", "0412", false, false, 1, eur(300), MORNING),
            new Slice("sales-posting", "0413", false, true, 1, eur(12_999), MORNING),
            new Slice("returns", "0412", false, true, 1, eur(700), MORNING),
            new Slice("inventory-sync", null, false, true, 1, MoneySum.NONE, MORNING));
    assertThat(stores.impact().attention(NOON, Set.of("returns")))
        .extracting(Slice::workflow)
        .containsExactly("returns");
  }

  @Test
  void attentionIsNotNeededBeforeAMessageIsDue() {
    write(aSale().throughStage(Stage.QUEUED));
    assertThat(stores.impact().attention(MORNING.plusSeconds(299), Set.of())).isEmpty();
    assertThat(stores.impact().attention(MORNING.plusSeconds(300), Set.of())).hasSize(1);
  }

  @Test
  void moneyOfSeveralCurrenciesIsAddedUpByCurrency() {
    List<MessageEvent> events = new ArrayList<>();
    events.addAll(aSale().amount(100, "EUR").throughStage(Stage.FAILED));
    events.addAll(aSale().amount(200, "CHF").throughStage(Stage.FAILED));
    events.addAll(aSale().amount(-50, "EUR").throughStage(Stage.FAILED));
    events.addAll(aSale().noAmount().throughStage(Stage.FAILED));
    write(events);
    Slice slice = stores.impact().attention(NOON, Set.of()).getFirst();
    assertThat(stores.impact().attention(NOON, Set.of())).hasSize(1);
    assertThat(slice.count()).isEqualTo(4);
    assertThat(slice.money().amounts())
        .containsExactly(new Money(200, "CHF"), new Money(50, "EUR"));
  }

  @Test
  void theTrendCountsWhatNeededAttentionAtTheEndOfEachStep() {
    MessageBuilder failedAndMended = aSale();
    List<MessageEvent> events = new ArrayList<>(failedAndMended.throughStage(Stage.FAILED));
    events.addAll(
        failedAndMended.attempt(2, MORNING.plusSeconds(1_800 - 6)).throughStage(Stage.CONFIRMED));
    events.addAll(aSale().capturedAt(MORNING.plusSeconds(600)).throughStage(Stage.QUEUED));
    events.addAll(aSale().capturedAt(MORNING.minusSeconds(86_400)).throughStage(Stage.FAILED));
    events.addAll(aSale().throughStage(Stage.CONFIRMED));
    write(events);
    assertThat(
            stores
                .impact()
                .trend(
                    Set.of(),
                    MORNING.plusSeconds(1),
                    MORNING.plusSeconds(2_000),
                    Duration.ofMinutes(15)))
        .containsExactly(
            // Failed at 10:15:06, due at 10:30:00 exactly, and one that failed the day before.
            new Point(MORNING.plusSeconds(900), 3),
            // The first one was confirmed at 10:45:00 exactly.
            new Point(MORNING.plusSeconds(1_800), 2),
            new Point(MORNING.plusSeconds(2_000), 2));
    assertThat(
            stores
                .impact()
                .trend(Set.of("returns"), MORNING, MORNING.plusSeconds(60), Duration.ofMinutes(1)))
        .containsExactly(new Point(MORNING.plusSeconds(60), 0));
  }

  @Test
  void theTrendsOfSeveralSetsOfWorkflowsComeAtOnceAndInTheirOrder() {
    List<MessageEvent> events = new ArrayList<>(aSale().throughStage(Stage.FAILED));
    events.addAll(aReturn().throughStage(Stage.FAILED));
    events.addAll(aStockUpdate().throughStage(Stage.FAILED));
    events.addAll(aStockUpdate().capturedAt(MORNING.plusSeconds(60)).throughStage(Stage.FAILED));
    write(events);
    assertThat(
            stores
                .impact()
                .trends(
                    List.of(
                        Set.of("inventory-sync"),
                        Set.of("sales-posting", "returns"),
                        Set.of(),
                        Set.of("loyalty")),
                    MORNING,
                    MORNING.plusSeconds(120),
                    Duration.ofMinutes(1)))
        .extracting(points -> points.stream().map(Point::count).toList())
        .containsExactly(List.of(1L, 2L), List.of(2L, 2L), List.of(3L, 4L), List.of(0L, 0L));
  }

  @Test
  void anObjectiveIsKeptByWhatWasFinishedInTime() {
    List<MessageEvent> events = new ArrayList<>();
    events.addAll(aSale().throughStage(Stage.CONFIRMED));
    events.add(aSale().event(Stage.CONFIRMED, MORNING.plusSeconds(300)));
    events.add(aSale().event(Stage.CONFIRMED, MORNING.plusSeconds(301)));
    events.addAll(aSale().throughStage(Stage.QUEUED));
    events.addAll(aSale().throughStage(Stage.FAILED));
    events.addAll(aReturn().throughStage(Stage.CONFIRMED));
    events.addAll(aSale().capturedAt(MORNING.plusSeconds(1)).throughStage(Stage.CONFIRMED));
    write(events);
    assertThat(stores.impact().kept(MORNING.plusSeconds(300), MORNING.plusSeconds(301)))
        .containsExactly(new Kept("sales-posting", 5, 2, 2));
    assertThat(stores.impact().kept(MORNING, NOON))
        .containsExactly(new Kept("returns", 1, 1, 0), new Kept("sales-posting", 6, 3, 2));
  }

  @Test
  void whatWasDiscardedBeforeItWasDueWasNotKept() {
    List<MessageEvent> events = new ArrayList<>();
    events.addAll(aSale().throughStage(Stage.CONFIRMED));
    events.addAll(aSale().throughStage(Stage.DISCARDED));
    write(events);

    assertThat(stores.impact().kept(MORNING, NOON))
        .containsExactly(new Kept("sales-posting", 2, 1, 0));
  }

  @Test
  void aStoreWasLastHeardOfWhenItsNewestMessageWasCaptured() {
    List<MessageEvent> events = new ArrayList<>();
    events.addAll(aSale().store("0001").throughStage(Stage.CONFIRMED));
    events.addAll(
        aSale().store("0001").capturedAt(MORNING.plusSeconds(60)).throughStage(Stage.QUEUED));
    events.addAll(aSale().store("0002").throughStage(Stage.CAPTURED));
    events.addAll(
        aSale().store("0003").capturedAt(MORNING.minusSeconds(1)).throughStage(Stage.CAPTURED));
    events.addAll(aStockUpdate().throughStage(Stage.CAPTURED));
    write(events);
    assertThat(stores.impact().lastHeard(MORNING))
        .isEqualTo(Map.of("0001", MORNING.plusSeconds(60), "0002", MORNING));
  }

  private static MoneySum eur(long minor) {
    return MoneySum.of(new Money(minor, "EUR"));
  }
}
