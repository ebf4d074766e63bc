package io.tillpost.store;

import static io.tillpost.testing.RandomGroupings.merge;
import static io.tillpost.testing.RandomGroupings.split;
import static io.tillpost.testing.Samples.MORNING;
import static io.tillpost.testing.Samples.aFailure;
import static io.tillpost.testing.Samples.aReturn;
import static io.tillpost.testing.Samples.aSale;
import static org.assertj.core.api.Assertions.assertThat;

import io.tillpost.failure.Failure;
import io.tillpost.failure.Fingerprint;
import io.tillpost.failure.Grouping;
import io.tillpost.failure.SplitCondition;
import io.tillpost.message.MessageEvent;
import io.tillpost.message.Money;
import io.tillpost.message.MoneySum;
import io.tillpost.message.Stage;
import io.tillpost.store.FailureQueries.FailureFilter;
import io.tillpost.store.FailureQueries.Group;
import io.tillpost.store.FailureQueries.StoreCount;
import io.tillpost.store.ImpactQueries.Point;
import io.tillpost.testing.MessageBuilder;
import io.tillpost.testing.RandomGroupings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

abstract class FailureQueriesContract extends StoreContract {
  private static final Failure TAX_19 = aFailure().message("Tax code DE-19X is not known").build();
  private static final Failure TAX_20 = aFailure().message("Tax code AT-20 is not known").build();
  private static final Failure ITEM =
      aFailure().code("ITEM_MISSING").message("Item 4711 is not in the master data").build();

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
  }

  private List<List<Group>> parts(int size) {
    List<List<Group>> parts = new ArrayList<>();
    stores.failures().eachGroup(size, part -> parts.add(List.copyOf(part)));
    return parts;
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
    write(sale.attempt(2, MORNING.plusSeconds(60)).throughStage(Stage.CONFIRMED));
    assertThat(stores.failures().group(fingerprint)).isEmpty();
    assertThat(stores.failures().groups(FailureFilter.ALL, 10)).isEmpty();
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

  @Test
  void mergedExceptionsAreOneEverywhereAndLeadToIt() {
    writeThreeGroups();
    Fingerprint tax = Fingerprint.of("sales-posting", "erp", "TAX_CODE_UNKNOWN", TAX_19.message());
    Fingerprint item = Fingerprint.of("sales-posting", "loyalty", ITEM.code(), ITEM.message());
    regroup(grouping -> grouping.merged(List.of(merge(item, tax, "alike")), List.of()));
    // Newer than those it is called after.
    write(
        aSale()
            .failingWith(ITEM)
            .target("loyalty")
            .store("0777")
            .capturedAt(MORNING.plusSeconds(60))
            .throughStage(Stage.FAILED));

    List<Group> groups = stores.failures().groups(FailureFilter.ALL, 10);
    assertThat(groups).extracting(Group::messages).containsExactly(6L, 1L);
    Group both = groups.getFirst();
    assertThat(both.fingerprint()).isEqualTo(tax);
    assertThat(both.sample()).isEqualTo(TAX_19);
    assertThat(both.stores()).isEqualTo(2);
    assertThat(both.lastFailed()).isEqualTo(MORNING.plusSeconds(66));
    assertThat(stores.failures().group(tax)).contains(both);
    assertThat(stores.failures().group(item)).contains(both);
    assertThat(parts(1).stream().flatMap(List::stream).toList())
        .containsExactlyInAnyOrderElementsOf(groups);
    assertThat(stores.failures().failing(Set.of(tax, item)))
        .as("one that went stands for where it went")
        .containsExactlyInAnyOrder(tax, item);
    assertThat(stores.failures().stores(item, 10))
        .extracting(StoreCount::messages)
        .containsExactly(5L, 1L);
    assertThat(
            stores
                .failures()
                .histories(
                    Set.of(tax, item), MORNING, MORNING.plusSeconds(120), Duration.ofMinutes(1)))
        .allSatisfy(
            (_, points) ->
                assertThat(points)
                    .containsExactly(new Point(MORNING, 5), new Point(MORNING.plusSeconds(60), 1)));
    assertThat(stores.messages().count(MessageQuery.ALL.withFingerprint(item))).isEqualTo(6);
    assertThat(messages(new FailureFilter(Set.of(), Set.of("loyalty"), Set.of(), Map.of(), null)))
        .containsExactly(3L);

    regroup(grouping -> grouping.takenApart(item, List.of()));
    assertThat(stores.failures().groups(FailureFilter.ALL, 10))
        .extracting(Group::messages)
        .containsExactly(3L, 3L, 1L);
  }

  @Test
  void whatIsSplitOffIsAnExceptionOfItsOwn() {
    writeThreeGroups();
    write(
        aSale()
            .failingWith(TAX_20)
            .store("0777")
            .amount(5, "EUR")
            .key("sku", "A-1")
            .throughStage(Stage.FAILED));
    Fingerprint tax = Fingerprint.of("sales-posting", "erp", "TAX_CODE_UNKNOWN", TAX_19.message());
    Fingerprint part = new Fingerprint("00ff00ff00ff00ff");
    for (SplitCondition condition :
        List.of(
            new SplitCondition(Set.of("0777"), null, null, null, null, null),
            new SplitCondition(Set.of(), null, "TAX_CODE_UNKNOWN", "at tax", null, null),
            new SplitCondition(Set.of(), "sales-posting", null, null, "sku", "A-"))) {
      Group previewed = stores.failures().part(tax, condition).orElseThrow();
      assertThat(previewed.messages()).as(condition.words()).isEqualTo(1);
      assertThat(previewed.money()).isEqualTo(MoneySum.of(new Money(5, "EUR")));
      regroup(grouping -> grouping.split(split(tax, part, condition), List.of()));
      assertThat(stores.failures().group(part)).map(Group::sample).contains(TAX_20);
      assertThat(stores.failures().group(tax)).map(Group::messages).contains(3L);
      assertThat(stores.failures().stores(part, 10))
          .containsExactly(new StoreCount("0777", 1, MoneySum.of(new Money(5, "EUR"))));
      assertThat(stores.failures().groups(FailureFilter.ALL, 10))
          .extracting(Group::messages)
          .containsExactlyInAnyOrder(3L, 2L, 1L, 1L);
      assertThat(parts(2).stream().flatMap(List::stream).map(Group::messages))
          .containsExactlyInAnyOrder(3L, 2L, 1L, 1L);
      assertThat(stores.failures().failing(Set.of(tax, part))).containsExactlyInAnyOrder(tax, part);
      regroup(_ -> Grouping.NONE);
    }
    assertThat(
            stores
                .failures()
                .part(tax, new SplitCondition(Set.of("0999"), null, null, null, null, null)))
        .isEmpty();
    regroup(
        grouping ->
            grouping.split(
                split(tax, part, new SplitCondition(Set.of("0999"), null, null, null, null, null)),
                List.of()));
    assertThat(stores.failures().failing(Set.of(tax, part))).containsExactly(tax);
  }

  @Test
  void noFailureIsInTwoExceptionsOrInNone() {
    List<MessageEvent> events = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      events.addAll(
          aSale()
              .store("000" + i % 3)
              .key("sku", i % 2 == 0 ? "A-100" : "B-100")
              .amount(1 + i, "EUR")
              .failingWith(aFailure().code("CODE_" + i % 5).message("Item " + i % 4).build())
              .throughStage(Stage.FAILED));
    }
    write(events);
    Set<Fingerprint> fingerprints =
        stores.failures().groups(FailureFilter.ALL, 100).stream()
            .map(Group::fingerprint)
            .collect(Collectors.toSet());
    RandomGroupings acts =
        new RandomGroupings(
            7,
            fingerprints,
            List.of(
                new SplitCondition(Set.of("0001"), null, null, null, null, null),
                new SplitCondition(Set.of(), null, null, "3", null, null),
                new SplitCondition(Set.of(), null, "CODE_2", null, null, null),
                new SplitCondition(Set.of(), null, null, null, "sku", "A-")));
    for (int act = 0; act < 12; act++) {
      Grouping grouping = acts.next();
      regroup(_ -> grouping);
      List<Group> groups = stores.failures().groups(FailureFilter.ALL, 100);
      assertThat(groups.stream().mapToLong(Group::messages).sum()).isEqualTo(60);
      assertThat(groups.stream().map(Group::money).reduce(MoneySum.NONE, MoneySum::plus))
          .isEqualTo(MoneySum.of(new Money(60 * 61 / 2, "EUR")));
      for (Group group : groups) {
        assertThat(stores.failures().group(group.fingerprint())).contains(group);
        List<Messages.StoredMessage> listed =
            stores.messages().search(MessageQuery.ALL.withFingerprint(group.fingerprint())).items();
        assertThat(listed).hasSize((int) group.messages());
        assertThat(listed)
            .allSatisfy(
                m ->
                    assertThat(stores.messages().exceptionOf(m.message()))
                        .contains(group.fingerprint()));
      }
      assertEachIsCountedWithAnyOthers(groups, grouping);
    }
  }

  /** Also by the names that they had before, and with one that is not there. */
  private void assertEachIsCountedWithAnyOthers(List<Group> groups, Grouping grouping) {
    for (int first = 0; first < groups.size(); first++) {
      List<Group> several = groups.subList(first, groups.size());
      Set<Fingerprint> names = new HashSet<>(Set.of(new Fingerprint("00ff00ff00ff00ff")));
      several.forEach(group -> names.addAll(grouping.members(group.fingerprint())));
      MessageQuery query = MessageQuery.ALL.withFingerprints(names);
      assertThat(stores.messages().count(query))
          .isEqualTo(several.stream().mapToLong(Group::messages).sum());
      assertThat(stores.messages().search(query).items())
          .allSatisfy(
              m ->
                  assertThat(several)
                      .extracting(Group::fingerprint)
                      .contains(stores.messages().exceptionOf(m.message()).orElseThrow()));
    }
  }

  private void regroup(UnaryOperator<Grouping> change) {
    new GroupingStore(stores.documents()).change(grouping -> Optional.of(change.apply(grouping)));
  }

  private void writeThreeGroups() {
    List<MessageEvent> events = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      events.addAll(aSale().failingWith(TAX_19).throughStage(Stage.FAILED));
    }
    for (int i = 0; i < 2; i++) {
      events.addAll(aSale().failingWith(ITEM).target("loyalty").throughStage(Stage.FAILED));
    }
    events.addAll(
        aReturn()
            .failingWith(TAX_19)
            .store("0500")
            .key("receipt", "R-77")
            .throughStage(Stage.FAILED));
    write(events);
  }

  private static FailureFilter withText(String text) {
    return new FailureFilter(Set.of(), Set.of(), Set.of(), Map.of(), text);
  }

  private static FailureFilter withKeys(Map<String, String> keys) {
    return new FailureFilter(Set.of(), Set.of(), Set.of(), keys, null);
  }

  private List<Long> messages(FailureFilter filter) {
    return stores.failures().groups(filter, 10).stream().map(Group::messages).toList();
  }
}
