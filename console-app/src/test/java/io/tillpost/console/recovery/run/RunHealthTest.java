package io.tillpost.console.recovery.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillpost.console.recovery.StartProperties;
import io.tillpost.console.recovery.channel.ChannelAnswer;
import io.tillpost.recovery.ItemState;
import io.tillpost.recovery.OperationSummary;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** When an operation pauses by itself: from 4 outcomes on, more than half of them failed. */
class RunHealthTest {
  private static final Duration QUICK = Duration.ofMillis(20);
  private static final Duration SLOW = Duration.ofSeconds(4);
  private static final Set<String> ERP = Set.of("erp");

  private final TargetHealth targets =
      new TargetHealth(
          new StartProperties(5, 20, 100, Duration.ofSeconds(1), 50, Duration.ofSeconds(3), 4));
  private final RunHealth mine = new RunHealth("mine", targets);
  private final RunHealth other = new RunHealth("other", targets);

  @Test
  void ofItsOwnMessagesItSpeaksAsOfMessages() {
    ended(mine, "erp", ItemState.CONFIRMED, 1);
    ended(mine, "loyalty", ItemState.FAILED, 2);
    assertThat(mine.objection(ERP)).isEmpty();
    ended(mine, "loyalty", ItemState.FAILED, 1);

    assertThat(mine.objection(ERP)).contains("3 of the latest 4 messages failed, more than 50 %");
    assertThat(other.objection(ERP)).isEmpty();
  }

  @Test
  void whatFailsForOthersAtATargetCountsForWhoHasMessagesForIt() {
    ended(mine, "erp", ItemState.FAILED, 1);
    ended(other, "erp", ItemState.UNCONFIRMED, 2);
    assertThat(mine.objection(ERP)).isEmpty();
    ended(other, "erp", ItemState.FAILED, 1);

    String sentence = "4 of the latest 4 messages of all operations to erp failed, more than 50 %";
    assertThat(mine.objection(ERP)).contains(sentence);
    assertThat(other.objection(Set.of("loyalty", "erp"))).contains(sentence);
    assertThat(other.objection(Set.of("loyalty"))).isEmpty();
    assertThat(other.objection(Set.of())).isEmpty();
  }

  @Test
  void whoSeesThatItsOwnMessagesGetThroughDoesNotPauseForThoseOfOthers() {
    ended(other, "erp", ItemState.FAILED, 20);
    ended(mine, "erp", ItemState.CONFIRMED, 3);
    assertThat(mine.objection(ERP)).isPresent();
    ended(mine, "erp", ItemState.CONFIRMED, 1);

    assertThat(mine.objection(ERP)).isEmpty();
  }

  @Test
  void itsOwnMessagesToOneTargetCountApartFromThoseToOthers() {
    ended(mine, "loyalty", ItemState.CONFIRMED, 20);
    ended(mine, "erp", ItemState.FAILED, 4);
    assertThat(mine.objection(Set.of("loyalty"))).isEmpty();

    assertThat(mine.objection(ERP))
        .contains("4 of the latest 4 messages to erp failed, more than 50 %");
  }

  @Test
  void contentThatTheMiddlewareRefusesSaysNothingOfTheTarget() {
    ended(other, "erp", ItemState.REFUSED, 10);
    ended(other, "erp", ItemState.REJECTED, 10);

    assertThat(mine.objection(ERP)).isEmpty();
    assertThat(other.objection(ERP)).isPresent();
  }

  @Test
  void messagesWithoutATargetSayNothingOfEachOther() {
    ended(other, OperationSummary.NO_TARGET, ItemState.FAILED, 10);

    assertThat(mine.objection(Set.of(OperationSummary.NO_TARGET))).isEmpty();
  }

  @Test
  void whatWasLeftOutSaysNothing() {
    ended(mine, "erp", ItemState.SKIPPED, 10);

    assertThat(mine.objection(ERP)).isEmpty();
  }

  @Test
  void aSlowTargetCountsOverAllOperationsUntilItsOwnAnswersAreEnough() {
    took(other, SLOW, 3);
    took(mine, SLOW, 1);
    assertThat(mine.objection(ERP))
        .contains(
            "Half of the latest 4 answers to messages of all operations for erp took longer than 3 s");
    assertThat(mine.objection(Set.of())).isEmpty();

    took(mine, QUICK, 6);
    assertThat(mine.objection(ERP)).isEmpty();
    assertThat(other.objection(ERP)).isEmpty();
  }

  @Test
  void itsOwnSlowAnswersAreEnough() {
    took(mine, SLOW, 4);

    assertThat(mine.objection(Set.of()))
        .contains("Half of the latest 4 answers took longer than 3 s");
  }

  @RepeatedTest(200)
  void whileAnswersComeItSpeaksOfItsOwnAllTheSame() {
    try (ExecutorService answers = Executors.newFixedThreadPool(2)) {
      for (int i = 0; i < 4; i++) {
        answers.execute(() -> took(mine, SLOW, 1));
      }
      Optional<String> sentence = Optional.empty();
      while (sentence.isEmpty()) {
        sentence = mine.objection(ERP);
      }

      assertThat(sentence).contains("Half of the latest 4 answers took longer than 3 s");
    }
  }

  @Test
  void whoDidNotAnswerInTimeIsAFailureAndWhoAsksForTimeIsNot() {
    for (int i = 0; i < 4; i++) {
      mine.answered("erp", new ChannelAnswer.SlowDown(null, "later"), SLOW, false);
      mine.answered("erp", new ChannelAnswer.NotReached("gone"), SLOW, false);
    }
    assertThat(mine.objection(ERP)).isEmpty();
    for (int i = 0; i < 4; i++) {
      mine.answered("erp", new ChannelAnswer.Unknown("timed out"), QUICK, false);
    }

    assertThat(mine.objection(ERP)).contains("4 of the latest 4 messages failed, more than 50 %");
  }

  @Test
  void severalAnswersForOneMessageAreOneFailure() {
    mine.answered("erp", new ChannelAnswer.Unknown("timed out"), QUICK, false);
    for (int i = 0; i < 20; i++) {
      mine.answered("erp", new ChannelAnswer.Unknown("timed out"), QUICK, true);
    }
    assertThat(mine.objection(ERP)).isEmpty();
  }

  @Test
  void whoGoesOnBeginsAnewAndTheOthersDoNot() {
    ended(other, "erp", ItemState.FAILED, 3);
    ended(mine, "erp", ItemState.FAILED, 3);
    assertThat(mine.objection(ERP)).isPresent();

    mine.beginAnew();
    assertThat(mine.objection(ERP)).isEmpty();
    assertThat(other.objection(ERP)).isPresent();
    assertThat(new RunHealth("new", targets).objection(ERP)).isEmpty();

    ended(other, "erp", ItemState.FAILED, 4);
    assertThat(mine.objection(ERP)).isPresent();
  }

  @Test
  void onlyTheLatestCount() {
    ended(mine, "erp", ItemState.FAILED, 100);
    ended(mine, "erp", ItemState.CONFIRMED, 25);

    assertThat(mine.objection(ERP)).isEmpty();
    ended(mine, "erp", ItemState.FAILED, 26);
    assertThat(mine.objection(ERP)).contains("26 of the latest 50 messages failed, more than 50 %");
  }

  private static void ended(RunHealth of, String target, ItemState state, int times) {
    for (int i = 0; i < times; i++) {
      of.ended(target, state);
    }
  }

  private static void took(RunHealth of, Duration time, int times) {
    for (int i = 0; i < times; i++) {
      of.answered("erp", new ChannelAnswer.Taken(), time, false);
    }
  }
}
