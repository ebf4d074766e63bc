package io.tillpost.store;

import static io.tillpost.testing.RandomGroupings.merge;
import static io.tillpost.testing.RandomGroupings.split;
import static io.tillpost.testing.Samples.MORNING;
import static io.tillpost.testing.Samples.aFailure;
import static io.tillpost.testing.Samples.aSale;
import static org.assertj.core.api.Assertions.assertThat;

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

/** Exceptions as people put them together and take them apart. */
abstract class RegroupedFailuresContract extends FailuresContract {
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
      for (int size : List.of(1, 2)) {
        assertThat(parts(size)).allSatisfy(one -> assertThat(one).hasSizeBetween(1, size));
        assertThat(parts(size).stream().flatMap(List::stream).map(Group::messages))
            .containsExactlyInAnyOrder(3L, 2L, 1L, 1L);
      }
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
  void whatWasMergedOrSplitOffIsGoneOnceNoneOfItsMessagesIsFailed() {
    MessageBuilder sale = aSale().failingWith(TAX_19);
    MessageBuilder other = aSale().failingWith(ITEM);
    write(sale.throughStage(Stage.FAILED));
    write(other.throughStage(Stage.FAILED));
    Fingerprint tax = sale.messageAt(Stage.FAILED).fingerprint().orElseThrow();
    Fingerprint item = other.messageAt(Stage.FAILED).fingerprint().orElseThrow();
    regroup(grouping -> grouping.merged(List.of(merge(item, tax, "alike")), List.of()));

    write(sale.attempt(2, MORNING.plusSeconds(60)).throughStage(Stage.CONFIRMED));
    assertThat(stores.failures().failing(Set.of(tax, item))).containsExactlyInAnyOrder(tax, item);
    write(other.attempt(2, MORNING.plusSeconds(60)).throughStage(Stage.CONFIRMED));
    assertThat(stores.failures().failing(Set.of(tax, item))).isEmpty();
    assertThat(parts(10)).isEmpty();
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
        assertThat(
                stores
                    .messages()
                    .exceptionsOf(listed.stream().map(Messages.StoredMessage::message).toList()))
            .hasSize(listed.size())
            .allSatisfy((_, exception) -> assertThat(exception).isEqualTo(group.fingerprint()));
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
}
