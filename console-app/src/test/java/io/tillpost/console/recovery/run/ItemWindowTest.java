package io.tillpost.console.recovery.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillpost.console.recovery.RecoveryRecords;
import io.tillpost.console.recovery.earlier.EarlierOnes;
import io.tillpost.recovery.ItemEvent;
import io.tillpost.recovery.ItemState;
import io.tillpost.recovery.PlannedMessage;
import io.tillpost.recovery.RecoveryItem;
import io.tillpost.store.memory.InMemoryStores;
import io.tillpost.testing.Samples;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ItemWindowTest {
  private static final Instant NOW = Samples.MORNING;
  private static final ItemEvent CANCELLED = new ItemEvent.Cancelled("Cancelled by anna");

  private final RecoveryRecords records = new RecoveryRecords(new InMemoryStores().documents());
  private final Map<String, RecoveryItem> list = new LinkedHashMap<>();

  @Test
  void onlySoManyAreHeldAndTheNextAreReadWhenThereIsRoom() {
    IntStream.range(0, 10).forEach(i -> item("m" + i, "erp", null));
    ItemWindow window = window(new WindowSize(4, 100, 100));

    assertThat(held(window)).containsExactly("m0", "m1", "m2", "m3");
    ends(window, "m0", new ItemEvent.Skipped("done"));
    assertThat(held(window)).containsExactly("m1", "m2", "m3");
    ends(window, "m1", new ItemEvent.Skipped("done"));
    assertThat(held(window)).containsExactly("m2", "m3", "m4", "m5");
  }

  @Test
  void oneTargetKeepsNothingBackFromAnother() {
    IntStream.range(0, 10).forEach(i -> item("e" + i, "erp", null));
    item("l0", "loyalty", null);

    assertThat(held(window(new WindowSize(2, 100, 100)))).containsExactly("e0", "e1", "l0");
  }

  @Test
  void whileManyAreOnTheirWayNoFurtherOnesAreRead() {
    IntStream.range(0, 6).forEach(i -> item("m" + i, "erp", null));
    ItemWindow window = window(new WindowSize(2, 2, 100));
    assertThat(held(window)).containsExactly("m0", "m1");

    goesOut(window, "m0");
    goesOut(window, "m1");
    assertThat(held(window)).containsExactly("m0", "m1");

    ends(window, "m0", new ItemEvent.Refused("no"));
    assertThat(held(window)).containsExactly("m1", "m2", "m3");
  }

  @Test
  void whatIsOnItsWayIsHeldFromTheBeginningHoweverFarBehind() {
    IntStream.range(0, 6).forEach(i -> item("m" + i, "erp", null));
    list.computeIfPresent("m5", (_, item) -> item.after(sent(), NOW).orElseThrow());

    assertThat(held(window(new WindowSize(2, 100, 100)))).containsExactly("m5", "m0", "m1");
  }

  @Test
  void theLaterOneOfAnObjectComesWhenTheEarlierHasEndedAndKnowsHow() {
    item("m0", "erp", "A");
    item("m1", "erp", null);
    item("m2", "erp", null);
    item("m3", "erp", "A");
    ItemWindow window = window(new WindowSize(2, 100, 100));
    assertThat(held(window)).containsExactly("m0", "m1");

    ends(window, "m1", new ItemEvent.Skipped("done"));
    assertThat(held(window)).containsExactly("m0", "m2");
    ends(window, "m2", new ItemEvent.Skipped("done"));
    assertThat(held(window)).as("the window has room").containsExactly("m0");

    ends(window, "m0", new ItemEvent.Refused("no"));
    assertThat(held(window)).containsExactly("m3");
    assertThat(window.held().getFirst().heldBack()).contains(OpenItem.notThrough("m0"));
    ends(window, "m3", new ItemEvent.Skipped("left out"));
    assertThat(held(window)).isEmpty();
    assertThat(window.isDone()).isTrue();
  }

  @Test
  void whatIsLeftOutBetweenTwoOfAnObjectDoesNotEndTheWait() {
    item("m0", "erp", "A");
    item("m1", "erp", "A");
    item("m2", "erp", "A");
    list.computeIfPresent(
        "m1", (_, i) -> i.after(new ItemEvent.Skipped("elsewhere"), NOW).orElseThrow());

    assertThat(held(window(new WindowSize(9, 100, 100)))).containsExactly("m0");
  }

  @Test
  void whoWaitsForAnotherOperationLetsOthersPass() {
    IntStream.range(0, 4).forEach(i -> item("m" + i, "erp", null));
    ItemWindow window = window(new WindowSize(2, 100, 100));
    assertThat(held(window)).containsExactly("m0", "m1");

    window.held().forEach(item -> item.leaveUntil(NOW.plusSeconds(1)));
    assertThat(held(window)).containsExactly("m2", "m3");
    window.held().forEach(item -> item.leaveUntil(NOW.plusSeconds(2)));
    assertThat(held(window)).as("none is ready").containsExactly("m2", "m3");
    window.fill(NOW.plusSeconds(1), true);
    assertThat(ids(window)).containsExactly("m0", "m1");
  }

  @Test
  void aCancelLetsGoOfAllInPartsAndHoldsWhatIsOnItsWay() {
    IntStream.range(0, 10).forEach(i -> item("m" + i, "erp", i % 3 == 0 ? "A" : null));
    ItemWindow window = window(new WindowSize(2, 100, 4));
    held(window);
    goesOut(window, "m0");
    // Another dispatcher that believes to have the operation.
    goesOutElsewhere("m7");

    int parts = 0;
    window.fill(NOW, false);
    while (window.letGo(CANCELLED, NOW)) {
      parts++;
      window.fill(NOW, false);
    }

    assertThat(parts).as("9 of them, 4 at a time").isEqualTo(3);
    assertThat(ids(window)).containsExactlyInAnyOrder("m0", "m7");
    assertThat(list.keySet())
        .allSatisfy(
            id ->
                assertThat(now(id).state())
                    .as(id)
                    .isEqualTo(
                        id.equals("m0") || id.equals("m7")
                            ? ItemState.CLAIMED
                            : ItemState.SKIPPED));
    assertThat(now("m9").reason()).isEqualTo("Cancelled by anna");
  }

  @Test
  void aCancelLetsGoOfWhatOnlyFollowsToAnotherTargetToo() {
    item("a0", "erp", "A");
    item("b0", "loyalty", null);
    item("c0", "warehouse", "A");
    ItemWindow window = window(new WindowSize(2, 100, 4));

    window.fill(NOW, false);
    while (window.letGo(CANCELLED, NOW)) {
      window.fill(NOW, false);
    }

    assertThat(window.isDone()).isTrue();
    assertThat(list.keySet())
        .allSatisfy(id -> assertThat(now(id).state()).as(id).isEqualTo(ItemState.SKIPPED));
  }

  @Test
  void whatSomebodyChangesWhileItIsLetGoOfStaysAsTheyLeftIt() {
    item("m0", "erp", null);
    ItemWindow window = window(new WindowSize(2, 100, 4));
    held(window);
    goesOutElsewhere("m0");

    assertThat(window.letGo(CANCELLED, NOW)).isTrue();

    assertThat(now("m0").state()).isEqualTo(ItemState.CLAIMED);
    window.fill(NOW, false);
    assertThat(ids(window)).containsExactly("m0");
    assertThat(window.letGo(CANCELLED, NOW)).isFalse();
  }

  @Test
  void earlierMessagesAreNotLookedForWhereTheTargetIsClosed() {
    IntStream.range(0, 600).forEach(i -> item("e" + i, "erp", "E" + i));
    item("l0", "loyalty", "L0");
    ItemWindow window = window(new WindowSize(1_000, 1_000, 1_000));
    held(window);

    List<String> asked = new ArrayList<>();
    Predicate<String> closed =
        target -> {
          asked.add(target);
          return target.equals("erp");
        };
    assertThat(EarlierLook.next(window.held(), false, closed, NOW))
        .extracting(item -> item.known().value().messageId())
        .containsExactly("l0");
    assertThat(asked).as("once for each target").containsExactly("erp", "loyalty");
    assertThat(EarlierLook.next(window.held(), false, _ -> false, NOW)).hasSize(500);
  }

  @Test
  void earlierMessagesAreLookedForOnceOfThoseThatMayGoNow() {
    IntStream.range(0, 3).forEach(i -> item("m" + i, "erp", "M" + i));
    list.computeIfPresent("m1", (_, item) -> item.first());
    ItemWindow window = window(new WindowSize(10, 10, 10));
    held(window);

    assertThat(toLookFor(window, true)).containsExactly("m1");
    assertThat(toLookFor(window, false)).containsExactlyInAnyOrder("m0", "m1", "m2");
    window.held().forEach(item -> lookedFor(item, "m0"));
    window.held().stream()
        .filter(item -> item.known().value().messageId().equals("m2"))
        .forEach(item -> item.leaveUntil(NOW.plusSeconds(1)));
    assertThat(toLookFor(window, false)).containsExactly("m1");
  }

  private static List<String> toLookFor(ItemWindow window, boolean canaryOnly) {
    return EarlierLook.next(window.held(), canaryOnly, _ -> false, NOW).stream()
        .map(item -> item.known().value().messageId())
        .toList();
  }

  private static void lookedFor(OpenItem item, String id) {
    if (item.known().value().messageId().equals(id)) {
      item.earlierAre(EarlierOnes.NONE, NOW);
    }
  }

  private void item(String id, String target, @Nullable String object) {
    list.put(
        id,
        RecoveryItem.planned(
            "op",
            id,
            new PlannedMessage("sales-posting", "0412", target, null, object, NOW),
            list.size(),
            2,
            NOW));
  }

  private ItemWindow window(WindowSize size) {
    list.forEach((id, item) -> records.items().create(RecoveryItem.id("op", id), item));
    return new ItemWindow(records, size, FrozenList.of(records, "op"));
  }

  private static List<String> held(ItemWindow window) {
    window.fill(NOW, true);
    return ids(window);
  }

  private static List<String> ids(ItemWindow window) {
    return window.held().stream().map(item -> item.known().value().messageId()).toList();
  }

  private void goesOut(ItemWindow window, String id) {
    ends(window, id, sent());
  }

  private static ItemEvent sent() {
    return new ItemEvent.DispatchStarted("me", NOW.plusSeconds(9), NOW.plusSeconds(99), "trace");
  }

  private void ends(ItemWindow window, String id, ItemEvent event) {
    OpenItem item =
        window.held().stream()
            .filter(one -> one.id().equals(RecoveryItem.id("op", id)))
            .findFirst()
            .orElseThrow();
    if (event instanceof ItemEvent.Refused && item.state() == ItemState.PLANNED) {
      item.now(records.apply(item.known(), sent(), NOW));
    }
    item.now(records.apply(item.known(), event, NOW));
  }

  private void goesOutElsewhere(String id) {
    records.apply(records.items().get(RecoveryItem.id("op", id)).orElseThrow(), sent(), NOW);
  }

  private RecoveryItem now(String id) {
    return records.item(RecoveryItem.id("op", id)).orElseThrow();
  }
}
