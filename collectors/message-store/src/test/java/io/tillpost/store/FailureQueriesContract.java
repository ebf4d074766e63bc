package io.tillpost.store;

import static io.tillpost.testing.Samples.MORNING;
import static io.tillpost.testing.Samples.aReturn;
import static io.tillpost.testing.Samples.aSale;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tillpost.failure.Fingerprint;
import io.tillpost.message.MessageEvent;
import io.tillpost.message.Money;
import io.tillpost.message.MoneySum;
import io.tillpost.message.Stage;
import io.tillpost.store.FailureQueries.FailureFilter;
import io.tillpost.store.FailureQueries.Group;
import io.tillpost.store.FailureQueries.StoreCount;
import io.tillpost.store.ImpactQueries.Point;
import io.tillpost.testing.MessageBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Exceptions as failures make them. */
abstract class FailureQueriesContract extends FailuresContract {
  @Test
  void anEmptyStorageHasNoGroups() {
    assertThat(stores.failures().groups(FailureFilter.ALL, 10)).isEmpty();
    Fingerprint nobodys = new Fingerprint("0123456789abcdef");
    assertThat(stores.failures().group(nobodys)).isEmpty();
    assertThat(stores.failures().stores(nobodys, 10)).isEmpty();
  }

  @Test
  void likeFailuresAreOneGroupWithItsNewestAsSample() {
    MessageBuilder old = aSale().failingWith(TAX_19).amount(100, "EUR");
    MessageBuilder recent =
        aSale()
            .failingWith(TAX_20)
            .store("0413")
            .amount(200, "CHF")
            .capturedAt(MORNING.plusSeconds(60));
    List<MessageEvent> events = new ArrayList<>(old.throughStage(Stage.FAILED));
    events.addAll(recent.throughStage(Stage.DEAD_LETTERED));
    write(events);
    Fingerprint fingerprint =
        Fingerprint.of("sales-posting", "erp", "TAX_CODE_UNKNOWN", TAX_19.message());
    Group group =
        new Group(
            fingerprint,
            "sales-posting",
            "erp",
            TAX_20,
            recent.messageId(),
            2,
            2,
            MoneySum.of(new Money(100, "EUR")).plus(MoneySum.of(new Money(200, "CHF"))),
            MORNING,
            MORNING.plusSeconds(6),
            MORNING.plusSeconds(66));
    assertThat(stores.failures().groups(FailureFilter.ALL, 10)).containsExactly(group);
    assertThat(stores.failures().group(fingerprint)).contains(group);
  }

  @Test
  void theLargestGroupsComeFirstAndNoMoreThanAskedFor() {
    writeThreeGroups();
    assertThat(stores.failures().groups(FailureFilter.ALL, 10))
        .extracting(Group::messages)
        .containsExactly(3L, 2L, 1L);
    assertThat(stores.failures().groups(FailureFilter.ALL, 2)).hasSize(2);
  }

  @Test
  void allGroupsComeOnceEachInPartsHoweverManyThereAre() {
    writeThreeGroups();
    List<Group> all = stores.failures().groups(FailureFilter.ALL, 10);
    for (int part : List.of(1, 2, 3, 4)) {
      assertThat(parts(part)).allSatisfy(one -> assertThat(one).hasSizeBetween(1, part));
      assertThat(parts(part).stream().flatMap(List::stream).toList())
          .as("parts of " + part)
          .containsExactlyInAnyOrderElementsOf(all);
    }
    Fingerprint nobodys = new Fingerprint("0123456789abcdef");
    Set<Fingerprint> asked = Set.of(all.get(0).fingerprint(), all.get(2).fingerprint(), nobodys);
    assertThat(stores.failures().failing(asked))
        .containsExactlyInAnyOrder(all.get(0).fingerprint(), all.get(2).fingerprint());
    assertThat(stores.failures().failing(Set.of())).isEmpty();
    for (int wrong : List.of(0, 10_001)) {
      assertThatIllegalArgumentException().isThrownBy(() -> parts(wrong));
    }
  }

  @Test
  void groupsAreNarrowedByWorkflowTargetStoreAndText() {
    writeThreeGroups();
    assertThat(messages(new FailureFilter(Set.of("returns"), Set.of(), Set.of(), Map.of(), null)))
        .containsExactly(1L);
    assertThat(messages(new FailureFilter(Set.of(), Set.of("loyalty"), Set.of(), Map.of(), null)))
        .containsExactly(2L);
    assertThat(messages(new FailureFilter(Set.of(), Set.of(), Set.of("0500"), Map.of(), null)))
        .containsExactly(1L);
    for (String text : List.of("item_missing", "ITEM", "master data", "4711", "mast")) {
      assertThat(messages(withText(text))).as(text).containsExactly(2L);
    }
    assertThat(messages(withText("R-77"))).containsExactly(1L);
    assertThat(messages(withText("item tax"))).isEmpty();
  }

  @Test
  void groupsAreNarrowedByTheExactValueOfAKey() {
    writeThreeGroups();
    assertThat(messages(withKeys(Map.of("receipt", "R-77")))).containsExactly(1L);
    assertThat(messages(withKeys(Map.of("receipt", "R-7")))).isEmpty();
    assertThat(messages(withKeys(Map.of("receipt", "r-77")))).isEmpty();
    assertThat(messages(withKeys(Map.of("sku", "R-77")))).isEmpty();
    assertThat(messages(withKeys(Map.of("receipt", "R-77", "sku", "A-100")))).isEmpty();
  }

  @Test
  void theSampleOfAGroupThatHasBeenQuietForDaysIsStillItsNewest() {
    MessageBuilder quiet =
        aReturn().failingWith(ITEM).capturedAt(MORNING.minus(Duration.ofDays(3)));
    MessageBuilder older =
        aReturn().failingWith(ITEM).capturedAt(MORNING.minus(Duration.ofDays(4)));
    MessageBuilder loud = aSale().failingWith(TAX_19).capturedAt(MORNING.plusSeconds(9));
    List<MessageEvent> events = new ArrayList<>(quiet.throughStage(Stage.FAILED));
    events.addAll(older.throughStage(Stage.FAILED));
    for (int i = 0; i < 5; i++) {
      events.addAll(aSale().failingWith(TAX_20).throughStage(Stage.FAILED));
    }
    events.addAll(loud.throughStage(Stage.FAILED));
    write(events);
    assertThat(stores.failures().groups(FailureFilter.ALL, 10))
        .extracting(Group::sampleMessage)
        .containsExactly(loud.messageId(), quiet.messageId());
    assertThat(stores.failures().groups(FailureFilter.ALL, 1))
        .extracting(Group::sampleMessage)
        .containsExactly(loud.messageId());
    assertThat(messages(new FailureFilter(Set.of("returns"), Set.of(), Set.of(), Map.of(), null)))
        .containsExactly(2L);
  }

  @Test
  void aGroupIsGoneOnceNoneOfItsMessagesIsFailed() {
    MessageBuilder sale = aSale();
    write(sale.throughStage(Stage.FAILED));
    Fingerprint fingerprint = sale.messageAt(Stage.FAILED).fingerprint().orElseThrow();
    assertThat(stores.failures().group(fingerprint)).isPresent();
    assertThat(stores.failures().failing(Set.of(fingerprint))).containsExactly(fingerprint);
    write(sale.attempt(2, MORNING.plusSeconds(60)).throughStage(Stage.CONFIRMED));
    assertThat(stores.failures().group(fingerprint)).isEmpty();
    assertThat(stores.failures().failing(Set.of(fingerprint))).isEmpty();
    assertThat(stores.failures().groups(FailureFilter.ALL, 10)).isEmpty();
    assertThat(parts(10)).isEmpty();
  }

  @Test
  void theHistoryShowsWhenOpenMessagesFailed() {
    MessageBuilder sale = aSale();
    List<MessageEvent> events = new ArrayList<>(sale.throughStage(Stage.FAILED));
    events.addAll(aSale().throughStage(Stage.FAILED));
    events.addAll(aSale().capturedAt(MORNING.plusSeconds(120)).throughStage(Stage.FAILED));
    write(events);
    assertThat(
            stores
                .failures()
                .history(
                    sale.messageAt(Stage.FAILED).fingerprint().orElseThrow(),
                    MORNING.plusSeconds(5),
                    MORNING.plusSeconds(150),
                    Duration.ofMinutes(1)))
        .containsExactly(
            new Point(MORNING, 2),
            new Point(MORNING.plusSeconds(60), 0),
            new Point(MORNING.plusSeconds(120), 1));
  }

  @Test
  void theHistoriesOfSeveralGroupsComeAtOnce() {
    writeThreeGroups();
    Fingerprint tax = Fingerprint.of("sales-posting", "erp", "TAX_CODE_UNKNOWN", TAX_19.message());
    Fingerprint item = Fingerprint.of("sales-posting", "loyalty", ITEM.code(), ITEM.message());
    Fingerprint nobodys = new Fingerprint("0123456789abcdef");
    assertThat(
            stores
                .failures()
                .histories(
                    Set.of(tax, item, nobodys),
                    MORNING,
                    MORNING.plusSeconds(120),
                    Duration.ofMinutes(1)))
        .isEqualTo(
            Map.of(
                tax, List.of(new Point(MORNING, 3), new Point(MORNING.plusSeconds(60), 0)),
                item, List.of(new Point(MORNING, 2), new Point(MORNING.plusSeconds(60), 0)),
                nobodys, List.of(new Point(MORNING, 0), new Point(MORNING.plusSeconds(60), 0))));
    assertThat(
            stores
                .failures()
                .histories(Set.of(), MORNING, MORNING.plusSeconds(1), Duration.ofMinutes(1)))
        .isEmpty();
  }

  @Test
  void theStoresOfAGroupComeWithTheMostMessagesFirst() {
    List<MessageEvent> events = new ArrayList<>();
    events.addAll(aSale().store("0001").amount(5, "EUR").throughStage(Stage.FAILED));
    events.addAll(aSale().store("0002").amount(7, "EUR").throughStage(Stage.FAILED));
    events.addAll(aSale().store("0002").amount(8, "EUR").throughStage(Stage.FAILED));
    write(events);
    Fingerprint fingerprint = aSale().messageAt(Stage.FAILED).fingerprint().orElseThrow();
    assertThat(stores.failures().stores(fingerprint, 10))
        .containsExactly(
            new StoreCount("0002", 2, MoneySum.of(new Money(15, "EUR"))),
            new StoreCount("0001", 1, MoneySum.of(new Money(5, "EUR"))));
    assertThat(stores.failures().stores(fingerprint, 1)).hasSize(1);
  }

  private static FailureFilter withText(String text) {
    return new FailureFilter(Set.of(), Set.of(), Set.of(), Map.of(), text);
  }

  private static FailureFilter withKeys(Map<String, String> keys) {
    return new FailureFilter(Set.of(), Set.of(), Set.of(), keys, null);
  }
}
