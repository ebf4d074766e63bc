package io.tillpost.store;

import static io.tillpost.testing.RandomGroupings.merge;
import static io.tillpost.testing.RandomGroupings.split;
import static io.tillpost.testing.Samples.aReturn;
import static io.tillpost.testing.Samples.aSale;
import static org.assertj.core.api.Assertions.assertThat;

import io.tillpost.failure.Failure;
import io.tillpost.failure.Fingerprint;
import io.tillpost.failure.Grouping;
import io.tillpost.failure.Grouping.Share;
import io.tillpost.failure.SplitCondition;
import io.tillpost.message.Message;
import io.tillpost.message.Stage;
import io.tillpost.testing.MessageBuilder;
import io.tillpost.testing.RandomGroupings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Every failed message is in exactly one exception, whatever people merge and split. */
class GroupingTest {
  private static final SplitCondition STORE_1 = inStore("0001");
  private static final SplitCondition DEPOSIT =
      new SplitCondition(Set.of(), null, null, "depo", null, null);
  private static final SplitCondition OF_SKU =
      new SplitCondition(Set.of(), null, null, null, "sku", "A-");
  private static final List<SplitCondition> CONDITIONS =
      List.of(
          STORE_1,
          inStore("0002"),
          DEPOSIT,
          new SplitCondition(Set.of("0001", "0002"), null, "CODE_1", null, null, null),
          new SplitCondition(Set.of(), "returns", null, null, null, null),
          OF_SKU);
  private static final List<Failed> MESSAGES = messages();

  /** A failed message: its fingerprint and which of the conditions hold for it. */
  private record Failed(int number, Fingerprint fingerprint, Set<SplitCondition> holding) {}

  /** Few values, so that every condition holds for some messages of every exception. */
  private static List<Failed> messages() {
    List<Failed> messages = new ArrayList<>();
    for (int i = 0; i < 96; i++) {
      MessageBuilder made = i % 2 == 0 ? aSale() : aReturn();
      String text = i / 2 % 2 == 0 ? "Item is missing" : "Item is missing: deposit 4711";
      Message message =
          made.store(i / 4 % 3 == 2 ? null : "000" + (1 + i / 4 % 3))
              .key("sku", i / 12 % 2 == 0 ? "A-100" : "B-100")
              .failingWith(new Failure("CODE_" + i / 24 % 4, text, null, null))
              .messageAt(Stage.FAILED);
      messages.add(
          new Failed(
              i,
              message.fingerprint().orElseThrow(),
              CONDITIONS.stream()
                  .filter(GroupingStore.conditionsOf(message))
                  .collect(Collectors.toSet())));
    }
    return messages;
  }

  @Test
  void aConditionOfManyStoresNamesTheFirstFive() {
    Set<String> six = Set.of("0411", "0412", "0413", "0414", "0415", "0416");
    assertThat(new SplitCondition(six, null, null, null, null, null).words())
        .isEqualTo("store 0411 or 0412 or 0413 or 0414 or 0415 or 1 other");
  }

  @Test
  void everyConditionHoldsForSome() {
    for (SplitCondition condition : CONDITIONS) {
      assertThat(MESSAGES.stream().filter(m -> m.holding().contains(condition)).count())
          .as(condition.words())
          .isBetween(1L, 95L);
    }
  }

  @Test
  void everyFailureIsInExactlyOneExceptionAfterAnySequenceOfActs() {
    Set<Fingerprint> fingerprints =
        MESSAGES.stream().map(Failed::fingerprint).collect(Collectors.toSet());
    for (long seed = 0; seed < 100; seed++) {
      RandomGroupings acts = new RandomGroupings(seed, fingerprints, CONDITIONS);
      for (int act = 0; act < 25; act++) {
        Grouping grouping = acts.next();
        List<Share> shares = grouping.shares();
        Map<Fingerprint, Set<Fingerprint>> failures =
            grouping.failuresOf(exceptions(grouping).values());
        for (Failed message : MESSAGES) {
          Fingerprint exception = exceptionOf(grouping, message);
          assertThat(failures.get(exception)).contains(message.fingerprint());
          List<Fingerprint> in = in(shares, message);
          if (grouping.regrouped().contains(message.fingerprint())) {
            assertThat(in).as("seed %d, act %d", seed, act).containsExactly(exception);
          } else {
            assertThat(in).isEmpty();
            assertThat(exception).isEqualTo(message.fingerprint());
          }
        }
      }
    }
  }

  @Test
  void whatIsTakenBackLeavesEverythingAsItWas() {
    Set<Fingerprint> fingerprints =
        MESSAGES.stream().map(Failed::fingerprint).collect(Collectors.toSet());
    Fingerprint part = new Fingerprint("00000000000000aa");
    int merged = 0;
    for (long seed = 0; seed < 50; seed++) {
      RandomGroupings acts = new RandomGroupings(seed, fingerprints, CONDITIONS);
      for (int act = 0; act < 12; act++) {
        Grouping grouping = acts.next();
        Map<Failed, Fingerprint> before = exceptions(grouping);
        List<Fingerprint> there = before.values().stream().distinct().toList();
        Fingerprint one = there.getFirst();
        Fingerprint other = there.getLast();
        if (!one.equals(other)) {
          Grouping both = grouping.merged(List.of(merge(one, other, "alike")), List.of());
          assertThat(exceptions(both).values()).doesNotContain(one);
          assertThat(exceptions(both.takenApart(one, List.of()))).isEqualTo(before);
          merged++;
        }
        Grouping apart = grouping.split(split(one, part, STORE_1), List.of());
        exceptions(apart)
            .forEach(
                (message, now) -> {
                  boolean moved =
                      before.get(message).equals(one) && message.holding().contains(STORE_1);
                  assertThat(now).isEqualTo(moved ? part : before.get(message));
                });
        Grouping back = apart.merged(List.of(merge(part, one, "put back")), List.of());
        assertThat(exceptions(back)).isEqualTo(before);
        assertThat(exceptions(back.takenApart(part, List.of()))).isEqualTo(exceptions(apart));
      }
    }
    assertThat(merged).isPositive();
  }

  @Test
  void whichFailuresMayBelongToAnExceptionIsToldOfEach() {
    Fingerprint one = new Fingerprint("000000000000000a");
    Fingerprint other = new Fingerprint("000000000000000b");
    Fingerprint part = new Fingerprint("000000000000000c");
    Fingerprint alone = new Fingerprint("000000000000000d");
    assertThat(Grouping.NONE.failuresOf(Set.of(one, alone)))
        .containsOnly(Map.entry(one, Set.of(one)), Map.entry(alone, Set.of(alone)));

    Grouping merged = Grouping.NONE.merged(List.of(merge(other, one, "alike")), List.of());
    Grouping split = merged.split(split(one, part, STORE_1), List.of());
    assertThat(split.failuresOf(Set.of(one, other, part, alone)))
        .containsOnly(
            Map.entry(one, Set.of(one, other)),
            Map.entry(other, Set.of()),
            Map.entry(part, Set.of(one, other)),
            Map.entry(alone, Set.of(alone)));
    assertThat(split.takenApart(other, List.of()).failuresOf(Set.of(other, part)))
        .containsOnly(Map.entry(other, Set.of(other)), Map.entry(part, Set.of(one)));
  }

  @Test
  void whatCannotHoldTogetherIsNotAskedFor() {
    Fingerprint whole = new Fingerprint("000000000000000a");
    Grouping grouping = Grouping.NONE;
    for (int i = 0; i < Grouping.MOST_CONDITIONS / 2; i++) {
      Fingerprint part = new Fingerprint("%016x".formatted(0x100 + i));
      grouping = grouping.split(split(whole, part, inStore("9" + i)), List.of());
    }
    assertThat(grouping.isTooEntangled()).isFalse();
    assertThat(
            grouping.split(split(whole, new Fingerprint("0000000000000001"), DEPOSIT), List.of()))
        .matches(Grouping::isTooEntangled);
    Fingerprint part = new Fingerprint("00000000000000a1");
    Grouping inVain =
        Grouping.NONE
            .split(split(whole, part, STORE_1), List.of())
            .split(split(part, new Fingerprint("00000000000000a2"), inStore("0002")), List.of());
    assertThat(inVain.shares()).extracting(Share::exception).containsExactlyInAnyOrder(part, whole);
  }

  @Test
  void whatWasPutBackIsNotAskedForAnyMore() {
    Fingerprint whole = new Fingerprint("000000000000000a");
    Fingerprint part = new Fingerprint("00000000000000a1");
    Fingerprint other = new Fingerprint("00000000000000a2");
    Grouping grouping =
        Grouping.NONE
            .split(split(whole, part, STORE_1), List.of())
            .split(split(whole, other, DEPOSIT), List.of())
            .merged(List.of(merge(part, whole, "put back")), List.of());

    assertThat(grouping.shares())
        .containsExactlyInAnyOrder(
            new Share(other, Set.of(whole), List.of(DEPOSIT), List.of()),
            new Share(whole, Set.of(whole), List.of(), List.of(DEPOSIT)));
  }

  @Test
  void whatWasSplitOffAPartStaysOutWhenThePartIsPutBack() {
    Fingerprint whole = MESSAGES.getFirst().fingerprint();
    Fingerprint part = new Fingerprint("00000000000000a1");
    Fingerprint ofPart = new Fingerprint("00000000000000a2");
    Grouping grouping =
        Grouping.NONE
            .split(split(whole, part, STORE_1), List.of())
            .split(split(part, ofPart, OF_SKU), List.of())
            .merged(List.of(merge(part, whole, "put back")), List.of());

    int out = 0;
    for (Failed message : MESSAGES) {
      if (message.fingerprint().equals(whole)) {
        boolean isOut = message.holding().containsAll(Set.of(STORE_1, OF_SKU));
        assertThat(in(grouping.shares(), message)).containsExactly(isOut ? ofPart : whole);
        out += isOut ? 1 : 0;
      }
    }
    assertThat(out).isPositive();
  }

  @Test
  void whatWasMergedLeadsThroughAllMergesToWhereItIs() {
    Fingerprint a = new Fingerprint("000000000000000a");
    Fingerprint b = new Fingerprint("000000000000000b");
    Fingerprint c = new Fingerprint("000000000000000c");
    Grouping grouping =
        Grouping.NONE
            .merged(List.of(merge(a, b, "alike")), List.of())
            .merged(List.of(merge(b, c, "alike")), List.of());

    assertThat(grouping.root(a)).isEqualTo(c);
    assertThat(grouping.members(c)).containsExactlyInAnyOrder(a, b, c);
    assertThat(grouping.takenApart(b, List.of()).members(b)).containsExactlyInAnyOrder(a, b);
    assertThat(grouping.takenApart(b, List.of()).members(c)).containsExactly(c);
  }

  @Test
  void aPartIsCalledAfterTheWhole() {
    Fingerprint whole = new Fingerprint("000000000000000a");
    Fingerprint part = new Fingerprint("00000000000000a1");
    Fingerprint ofPart = new Fingerprint("00000000000000a2");
    Grouping grouping =
        Grouping.NONE
            .split(split(whole, part, STORE_1), List.of())
            .split(split(part, ofPart, DEPOSIT), List.of());

    assertThat(grouping.leading(ofPart)).isEqualTo(whole);
    assertThat(grouping.splitsOf(whole)).extracting(s -> s.part()).containsExactly(part);
    assertThat(grouping.merged(List.of(merge(part, whole, "no use")), List.of()).splitsOf(whole))
        .extracting(s -> s.part())
        .containsExactly(ofPart);
  }

  private static Map<Failed, Fingerprint> exceptions(Grouping grouping) {
    Map<Failed, Fingerprint> all = new HashMap<>();
    MESSAGES.forEach(message -> all.put(message, exceptionOf(grouping, message)));
    return all;
  }

  private static Fingerprint exceptionOf(Grouping grouping, Failed message) {
    return grouping.exceptionOf(message.fingerprint(), message.holding()::contains);
  }

  private static List<Fingerprint> in(List<Share> shares, Failed message) {
    return shares.stream().filter(s -> contains(s, message)).map(Share::exception).toList();
  }

  private static boolean contains(Share share, Failed message) {
    return share.fingerprints().contains(message.fingerprint())
        && message.holding().containsAll(share.with())
        && share.without().stream().noneMatch(message.holding()::contains);
  }

  private static SplitCondition inStore(String id) {
    return new SplitCondition(Set.of(id), null, null, null, null, null);
  }
}
