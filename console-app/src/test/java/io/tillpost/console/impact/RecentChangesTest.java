package io.tillpost.console.impact;

import static io.tillpost.testing.Samples.MORNING;
import static io.tillpost.testing.Samples.aSale;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tillpost.alerting.evaluate.AlertPhase;
import io.tillpost.alerting.evaluate.AlertTransition;
import io.tillpost.alerting.rule.Severity;
import io.tillpost.console.recovery.operation.OperationProgress;
import io.tillpost.failure.OwnerSide;
import io.tillpost.location.Store;
import io.tillpost.location.StoreDirectory;
import io.tillpost.message.MoneySum;
import io.tillpost.message.Stage;
import io.tillpost.recovery.ItemState;
import io.tillpost.recovery.OperationEvent;
import io.tillpost.recovery.OperationScope;
import io.tillpost.recovery.OperationSummary;
import io.tillpost.recovery.RecoveryAction;
import io.tillpost.recovery.RecoveryOperation;
import io.tillpost.store.IngestWriter.Batch;
import io.tillpost.store.memory.InMemoryStores;
import io.tillpost.testing.Samples;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RecentChangesTest {
  private static final Instant NOW = MORNING.plus(Duration.ofMinutes(20));

  @Test
  void theNewestOfAllKindsStandsFirst() {
    OpenException exception =
        new OpenException(
            "e1",
            "Tax code … is not known",
            OwnerSide.IT,
            null,
            3,
            2,
            MoneySum.NONE,
            MORNING,
            MORNING);

    List<Change> changes =
        RecentChanges.of(
            List.of(exception),
            List.of(change("older", 25), change("newest", 1), change("too old", 31)),
            NOW);

    assertThat(changes)
        .extracting(Change::text)
        .containsExactly(
            "newest", "New exception: Tax code … is not known — 3 messages at 2 stores", "older");
  }

  @Test
  void noMoreThanATwelveAreToldTheOldestAreLeftOut() {
    List<Change> many = IntStream.range(0, 20).mapToObj(i -> change("c" + i, i)).toList();

    assertThat(RecentChanges.of(List.of(), many, NOW))
        .hasSize(RecentChanges.MOST)
        .first()
        .extracting(Change::text)
        .isEqualTo("c0");
  }

  @Test
  void anAlertTellsWhenItFiresAndWhenItIsResolvedAndNotWhatNobodyWasToldOf() {
    assertThat(AlertChanges.told(transition(AlertPhase.PENDING, AlertPhase.FIRING)))
        .containsExactly(
            new Change(NOW, "Alert: Stores silent · West — 3 stores", false, "alerts?alert=a1"));
    assertThat(AlertChanges.told(transition(AlertPhase.FIRING, AlertPhase.RESOLVED)))
        .containsExactly(
            new Change(NOW, "Alert resolved: Stores silent · West", true, "alerts?alert=a1"));
    assertThat(AlertChanges.told(transition(AlertPhase.INACTIVE, AlertPhase.PENDING))).isEmpty();
    assertThat(AlertChanges.told(transition(AlertPhase.PENDING, AlertPhase.INACTIVE))).isEmpty();
  }

  @Test
  void anOperationTellsThatItRunsAndWhatBecameOfIt() {
    RecoveryOperation planned = retryBy("anna");
    RecoveryOperation running = running(planned);
    RecoveryOperation finished =
        running
            .after(new OperationEvent.Completed(), null, null, MORNING.plusSeconds(60))
            .orElseThrow();

    assertThat(OperationChanges.told(new OperationProgress(planned, Map.of()))).isEmpty();
    assertThat(OperationChanges.told(new OperationProgress(running, Map.of(ItemState.SENT, 3L))))
        .contains(
            new Change(
                MORNING.plusSeconds(1),
                "Retry of 3 messages began, by anna",
                true,
                "operations/op-1"));
    assertThat(
            OperationChanges.told(
                new OperationProgress(
                    finished, Map.of(ItemState.CONFIRMED, 2L, ItemState.ALREADY_DONE, 1L))))
        .contains(
            new Change(
                MORNING.plusSeconds(60),
                "Retry of 3 messages finished, all through",
                true,
                "operations/op-1"));
    assertThat(
            OperationChanges.told(
                new OperationProgress(
                    finished, Map.of(ItemState.CONFIRMED, 1L, ItemState.FAILED, 2L))))
        .hasValueSatisfying(
            change -> {
              assertThat(change.text()).isEqualTo("Retry of 3 messages finished: 1 through, 2 not");
              assertThat(change.better()).isFalse();
            });
  }

  @Test
  void ofAPlanThatWasGivenUpItTellsNoNumber() {
    RecoveryOperation givenUp =
        retryBy("anna")
            .after(new OperationEvent.Interrupted(), null, "None is failed", MORNING.plusSeconds(2))
            .orElseThrow();

    assertThat(OperationChanges.told(new OperationProgress(givenUp, Map.of())))
        .contains(
            new Change(
                MORNING.plusSeconds(2),
                "Retry was given up before anything was sent",
                false,
                "operations/op-1"));
  }

  @Test
  void aRetryThatNobodyAskedForIsToldApart() {
    RecoveryOperation running = running(retryBy(RecoveryOperation.AUTOMATIC));

    assertThat(OperationChanges.told(new OperationProgress(running, Map.of())))
        .hasValueSatisfying(
            change -> assertThat(change.text()).isEqualTo("Automatic retry of 3 messages began"));
  }

  private static RecoveryOperation retryBy(String whom) {
    return RecoveryOperation.planned(
        "op-1",
        RecoveryAction.RETRY,
        whom,
        "ERP is back",
        MORNING,
        new OperationScope(
            OperationScope.Kind.EXCEPTION, "00ff00ff00ff00ff", "00ff00ff00ff00ff", "all failed"),
        "middleware");
  }

  private static RecoveryOperation running(RecoveryOperation planned) {
    return planned
        .frozen(OperationSummary.of(3, 3, 0, 1, MoneySum.NONE, Map.of(), Map.of(), "list"), MORNING)
        .orElseThrow()
        .after(new OperationEvent.Started(false), null, null, MORNING.plusSeconds(1))
        .orElseThrow();
  }

  @Test
  void aStoreThatFellSilentWhileItIsOpenIsToldOnceItIsSilentForAsLongAsTheAlertRuleWaits() {
    InMemoryStores stores = heardOf("0412", MORNING);
    StoreChanges changes =
        new StoreChanges(
            stores.impact(), StoreDirectory.of(List.of(store("0412", 8), store("0413", 8))));

    assertThat(told(changes, MORNING.plus(Duration.ofMinutes(29)))).isEmpty();
    assertThat(told(changes, MORNING.plus(Duration.ofMinutes(31))))
        .extracting(Change::at, Change::better, Change::href)
        .containsExactly(
            tuple(MORNING.plus(StoreChanges.SILENT_AFTER), false, "messages?store=0412"));
    assertThat(told(changes, MORNING.plus(Duration.ofMinutes(61)))).isEmpty();
  }

  @Test
  void aStoreThatIsClosedIsNotSilent() {
    InMemoryStores stores = heardOf("0412", MORNING);
    int closedUntilLater = MORNING.atZone(ZONE).getHour() + 2;

    assertThat(
            told(
                new StoreChanges(
                    stores.impact(), StoreDirectory.of(List.of(store("0412", closedUntilLater)))),
                LATER))
        .isEmpty();
  }

  @Test
  void aStoreThatHasOpenedOnlyJustIsNotSilent() {
    int opens = MORNING.atZone(ZONE).getHour() + 1;
    Instant opening = MORNING.atZone(ZONE).withHour(opens).withMinute(0).toInstant();
    InMemoryStores stores = heardOf("0412", opening.minus(Duration.ofMinutes(10)));
    StoreChanges changes =
        new StoreChanges(stores.impact(), StoreDirectory.of(List.of(store("0412", opens))));

    assertThat(told(changes, opening.plus(Duration.ofMinutes(21)))).isEmpty();
  }

  @Test
  void manyStoresOfARegionAreOneChange() {
    List<Store> directory = new ArrayList<>();
    InMemoryStores stores = new InMemoryStores(Samples.workflows());
    for (int i = 1; i <= 3; i++) {
      directory.add(store("041" + i, 8));
      hear(stores, "041" + i, MORNING.plusSeconds(i));
    }

    assertThat(told(new StoreChanges(stores.impact(), StoreDirectory.of(directory)), LATER))
        .extracting(Change::text)
        .containsExactly("3 stores in West fell silent, 0413 Store 0413 the latest");
  }

  /** Late enough for a store that was heard of in the morning to be silent. */
  private static final Instant LATER = MORNING.plus(Duration.ofMinutes(40));

  private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");

  private static List<Change> told(ChangeSource source, Instant now) {
    return source.between(now.minus(RecentChanges.LATELY), now);
  }

  private static InMemoryStores heardOf(String store, Instant at) {
    InMemoryStores stores = new InMemoryStores(Samples.workflows());
    hear(stores, store, at);
    return stores;
  }

  private static void hear(InMemoryStores stores, String store, Instant at) {
    stores
        .ingestWriter()
        .write(
            new Batch(
                aSale().id("s-" + store).store(store).capturedAt(at).throughStage(Stage.CAPTURED),
                List.of()));
  }

  private static Change change(String text, int minutesAgo) {
    return new Change(NOW.minus(Duration.ofMinutes(minutesAgo)), text, false, "nowhere");
  }

  private static AlertTransition transition(AlertPhase from, AlertPhase to) {
    return new AlertTransition(
        "a1", "Stores silent", "West", Severity.WARNING, 1, from, to, NOW, "3 stores", List.of());
  }

  private static Store store(String id, int opens) {
    return new Store(
        id, "Store " + id, "West", ZONE, "EUR", LocalTime.of(opens, 0), LocalTime.of(22, 0), 3);
  }
}
