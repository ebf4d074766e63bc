package io.tillpost.console.exceptions;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tillpost.failure.ExceptionEvent;
import io.tillpost.failure.ExceptionSplit;
import io.tillpost.failure.ExceptionStatus;
import io.tillpost.failure.FailureClass;
import io.tillpost.failure.Fingerprint;
import io.tillpost.failure.Grouping;
import io.tillpost.failure.SplitCondition;
import io.tillpost.failure.TriageStep;
import io.tillpost.message.Stage;
import io.tillpost.testing.MessageBuilder;
import io.tillpost.testing.RandomGroupings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SplittingTest extends TriageWorld {
  @Test
  void whatIsSplitOffIsAnExceptionOfItsOwnAlsoForWhatFailsLater() {
    Fingerprint tax = fail("TAX", sale("0001"), sale("0001"), sale("0002"));
    triage.classify(tax, FailureClass.MASTER_DATA);
    triage.assign(tax, "support", "Retail IT");

    assertThat(splitting.preview(tax, inStore("0002")))
        .isInstanceOfSatisfying(
            Splitting.Preview.Taken.class,
            taken -> {
              assertThat(taken.part().messages()).isEqualTo(1);
              assertThat(taken.rest()).isEqualTo(2);
            });
    assertThat(splitting.split(tax, inStore("0002"), "Another cause"))
        .isInstanceOf(TriageAnswer.Done.class);
    fail("TAX", sale("0002"));
    clock.advance(Duration.ofSeconds(2));

    Fingerprint part = inbox.find(tax).orElseThrow().splits().getFirst().part();
    assertThat(inbox.list(ExceptionFilter.ALL))
        .extracting(ExceptionSummary::fingerprint, e -> e.group().messages())
        .containsExactlyInAnyOrder(tuple(tax, 2L), tuple(part, 2L));
    ExceptionSummary own = inbox.find(part).orElseThrow().summary().orElseThrow();
    assertThat(own.title()).isEqualTo("It does not work (TAX) · store 0002");
    assertThat(own.failureClass()).isEqualTo(FailureClass.MASTER_DATA);
    assertThat(own.assignee()).isEqualTo("support");
    assertThat(own.triage().team()).isEqualTo("Retail IT");
    assertThat(own.status()).isEqualTo(ExceptionStatus.OPEN);
    assertThat(own.triage().history().getLast().what())
        .startsWith("split it off “It does not work (TAX)” (" + tax + "): store 0002")
        .endsWith(": Another cause");
    assertThat(records.get(tax).history().getLast().what())
        .startsWith("split off “It does not work (TAX) · store 0002” (" + part + ")");
    assertThat(audited(tax)).contains("SPLIT");
    assertThat(audited(part)).containsExactly("SPLIT");
    MessageBuilder later = sale("0002");
    fail("TAX", later);
    assertThat(
            stores
                .messages()
                .exceptionOf(stores.messages().find(later.messageId()).orElseThrow().message()))
        .contains(part);
  }

  @Test
  void aSplitIsForgottenOnceNothingOfThePartFailedOrWasDoneForLong() {
    MessageBuilder mended = sale("0004");
    Fingerprint tax = fail("TAX", sale("0001"), sale("0002"), sale("0003"), mended);
    for (String store : List.of("0002", "0003", "0004")) {
      splitting.split(tax, inStore(store), null);
    }
    List<Fingerprint> parts =
        groupings.current().splits().stream().map(ExceptionSplit::part).toList();
    merging.putBack(parts.get(1), null);
    OldSplits old = new OldSplits(groupings, records, stores.failures(), clock);
    // That of store 0004 is mended, 0002 is still failed.
    write(mended.attempt(2, clock.instant()).throughStage(Stage.CONFIRMED));
    sweep.sweep();
    Instant made = clock.instant();
    clock.advance(Duration.ofDays(400));

    old.drop(made);
    assertThat(groupings.current().splits()).hasSize(3);
    old.drop(made.plusSeconds(1));
    old.drop(made.plusSeconds(1));
    sweep.sweep();

    Grouping left = groupings.current();
    assertThat(left.splits()).extracting(ExceptionSplit::part).containsExactly(parts.getFirst());
    assertThat(left.merges()).isEmpty();
    assertThat(inbox.list(ExceptionFilter.ALL))
        .extracting(ExceptionSummary::fingerprint, e -> e.group().messages())
        .containsExactlyInAnyOrder(tuple(tax, 2L), tuple(parts.getFirst(), 1L));
    assertThat(records.get(parts.getLast()).history().getLast())
        .returns(null, TriageStep::actor)
        .satisfies(step -> assertThat(step.what()).startsWith("is split off no longer"));
    assertThat(records.get(parts.get(1)).status()).isEqualTo(ExceptionStatus.RESOLVED);
    assertThat(records.get(tax).history())
        .filteredOn(step -> step.what().startsWith("takes in again"))
        .hasSize(2);
    fail("TAX", sale("0004"));
    assertThat(inbox.find(tax).orElseThrow().group().orElseThrow().messages()).isEqualTo(3);
  }

  @Test
  void whatWasSplitOffIsPutBackAndSplitOffAgain() {
    Fingerprint tax = fail("TAX", sale("0001"), sale("0002"));
    splitting.split(tax, inStore("0002"), null);
    Fingerprint part = inbox.find(tax).orElseThrow().splits().getFirst().part();

    assertThat(merging.putBack(part, "One cause after all")).isInstanceOf(TriageAnswer.Done.class);
    assertThat(stores.failures().group(tax).orElseThrow().messages()).isEqualTo(2);
    assertThat(inbox.find(part).orElseThrow().mergedInto().orElseThrow().into()).isEqualTo(tax);
    assertThat(inbox.find(tax).orElseThrow().splits()).isEmpty();
    assertThat(merging.putBack(tax, null))
        .isEqualTo(new TriageAnswer.Invalid("It was not split off another one"));

    assertThat(merging.takeApart(part, null)).isInstanceOf(TriageAnswer.Done.class);
    assertThat(stores.failures().group(tax).orElseThrow().messages()).isEqualTo(1);
    assertThat(stores.failures().group(part).orElseThrow().messages()).isEqualTo(1);
  }

  @Test
  void aPartGoesBackIntoWhereverItsWholeIsByNow() {
    Fingerprint tax = fail("TAX", sale("0001"), sale("0002"));
    Fingerprint tender = fail("TENDER", sale("0003"));
    splitting.split(tax, inStore("0002"), null);
    Fingerprint part = inbox.find(tax).orElseThrow().splits().getFirst().part();
    merging.merge(tender, List.of(tax), null);

    assertThat(merging.putBack(part, null)).isInstanceOf(TriageAnswer.Done.class);

    assertThat(inbox.find(part).orElseThrow().mergedInto().orElseThrow().into()).isEqualTo(tender);
    assertThat(stores.failures().group(tender).orElseThrow().messages()).isEqualTo(3);
  }

  @Test
  void aPartCanBeSplitAgainAndMergedIntoAnother() {
    Fingerprint tax =
        fail("TAX", sale("0001"), sale("0002").key("sku", "A-1"), sale("0002").key("sku", "B-1"));
    Fingerprint tender = fail("TENDER", sale("0003"));
    splitting.split(tax, inStore("0002"), null);
    Fingerprint part = inbox.find(tax).orElseThrow().splits().getFirst().part();
    splitting.split(part, new SplitCondition(Set.of(), null, null, null, "sku", "A-"), null);
    Fingerprint ofPart = inbox.find(part).orElseThrow().splits().getFirst().part();
    merging.merge(tender, List.of(ofPart), null);

    assertThat(inbox.find(ofPart).orElseThrow().title())
        .isEqualTo("It does not work (TAX) · store 0002, sku begins with A-");
    assertThat(stores.failures().group(tender).orElseThrow().messages()).isEqualTo(2);
    assertThat(stores.failures().group(part).orElseThrow().messages()).isEqualTo(1);
    assertThat(stores.failures().group(tax).orElseThrow().messages()).isEqualTo(1);
  }

  @Test
  void whatCannotBeSplitSaysWhy() {
    Fingerprint tax = fail("TAX", sale("0001"), sale("0002"));

    assertThat(splitRefusal(tax, SplitCondition.NONE))
        .isEqualTo("Say which messages are split off");
    assertThat(splitRefusal(tax, inStore("0009"))).startsWith("None of its messages");
    assertThat(splitRefusal(tax, new SplitCondition(Set.of(), null, "TAX", null, null, null)))
        .startsWith("All its messages");
    assertThat(splitRefusal(tax, new SplitCondition(Set.of(), null, null, null, "sku", null)))
        .startsWith("A key needs");
    assertThat(
            splitRefusal(
                tax, new SplitCondition(Set.of(), null, "x".repeat(201), null, null, null)))
        .contains("up to 200 characters");
    assertThat(
            splitRefusal(
                tax, new SplitCondition(Set.of(), null, null, "a b c d e f g h i j k", null, null)))
        .isEqualTo("Give up to 10 words of the error");
    Set<String> many = IntStream.range(0, 1_001).mapToObj(i -> "s" + i).collect(toSet());
    assertThat(splitRefusal(tax, new SplitCondition(many, null, null, null, null, null)))
        .startsWith("A condition names up to 1,000 stores");
    records.change(
        tax, g -> g.after(ExceptionEvent.RECOVERY_STARTED, "support", "retried", clock.instant()));
    assertThat(splitRefusal(tax, inStore("0002"))).endsWith("runs: wait for its end");
    assertThat(groupings.current()).isEqualTo(Grouping.NONE);
  }

  @Test
  void noExceptionBecomesMoreEntangledThanAQueryCanTell() {
    Fingerprint tax = fail("TAX", sale("0001"));
    groupings.change(
        grouping -> {
          Grouping entangled = grouping;
          for (int i = 1; i <= Grouping.MOST_CONDITIONS / 2; i++) {
            entangled =
                entangled.split(
                    RandomGroupings.split(
                        tax, new Fingerprint("%016x".formatted(i)), inStore("9" + i)),
                    List.of());
          }
          assertThat(entangled.isTooEntangled()).isFalse();
          return Optional.of(entangled);
        });
    fail("TAX", sale("0002"));

    assertThat(splitRefusal(tax, inStore("0002")))
        .startsWith("Every list asks for the conditions of all splits, and 250");
  }

  private String splitRefusal(Fingerprint from, SplitCondition condition) {
    return ((TriageAnswer.Invalid) splitting.split(from, condition, null)).reason();
  }

  private static SplitCondition inStore(String id) {
    return new SplitCondition(Set.of(id), null, null, null, null, null);
  }
}
