package io.tillpost.message;

import static io.tillpost.testing.Samples.MORNING;
import static io.tillpost.testing.Samples.aSale;
import static org.assertj.core.api.Assertions.assertThat;

import io.tillpost.testing.MessageBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessageStatusTest {
  private static final Instant DUE = MORNING.plus(Duration.ofMinutes(5));

  /** Events as {@code attempt:stage}, in the order in which they happened, a second apart. */
  @ParameterizedTest(name = "{0} is {1} at {2}, furthest {3}")
  @CsvSource({
    "1:CAPTURED, IN_FLIGHT, CAPTURED, CAPTURED",
    "1:RECEIVED, IN_FLIGHT, RECEIVED, RECEIVED",
    "1:CAPTURED 1:RECEIVED 1:VALIDATED, IN_FLIGHT, VALIDATED, VALIDATED",
    "1:CAPTURED 1:SUBMITTED 1:QUEUED, IN_FLIGHT, SUBMITTED, SUBMITTED",
    "1:CAPTURED 1:SUBMITTED 1:CONFIRMED, CONFIRMED, CONFIRMED, CONFIRMED",
    "1:CAPTURED 1:FAILED, FAILED, FAILED, CAPTURED",
    "1:SUBMITTED 1:FAILED 1:DEAD_LETTERED, DEAD_LETTERED, DEAD_LETTERED, SUBMITTED",
    "1:SUBMITTED 1:FAILED 1:CONFIRMED, CONFIRMED, CONFIRMED, CONFIRMED",
    "1:SUBMITTED 1:FAILED 2:RECEIVED, IN_FLIGHT, RECEIVED, SUBMITTED",
    "1:SUBMITTED 1:FAILED 2:RECEIVED 2:FAILED, FAILED, FAILED, SUBMITTED",
    "1:SUBMITTED 1:FAILED 2:RECEIVED 1:CONFIRMED, CONFIRMED, CONFIRMED, CONFIRMED",
    "1:FAILED 1:DISCARDED, DISCARDED, DISCARDED, CAPTURED",
    "1:QUEUED 1:SUPERSEDED, SUPERSEDED, SUPERSEDED, QUEUED",
    "1:DISCARDED 1:SUPERSEDED, DISCARDED, DISCARDED, CAPTURED",
    "1:FAILED 1:DISCARDED 1:RESTORED, FAILED, FAILED, CAPTURED",
    "1:FAILED 1:DISCARDED 1:RESTORED 1:DISCARDED, DISCARDED, DISCARDED, CAPTURED",
    "1:FAILED 1:RESTORED 1:DISCARDED 1:FAILED, DISCARDED, DISCARDED, CAPTURED",
    "1:FAILED 1:DISCARDED 1:CONFIRMED, CONFIRMED, CONFIRMED, CONFIRMED",
    "1:FAILED 1:DISCARDED 2:FAILED, FAILED, FAILED, CAPTURED",
    "1:RECEIVED 1:RESTORED, IN_FLIGHT, RECEIVED, RECEIVED",
    "1:FAILED 1:DISCARDED 2:RECEIVED, IN_FLIGHT, RECEIVED, RECEIVED",
  })
  void followsFromTheEvents(String events, MessageStatus status, Stage stage, Stage furthestStage) {
    Message message = MessageFold.of(events(events));
    assertThat(message.status()).isEqualTo(status);
    assertThat(message.stage()).isEqualTo(stage);
    assertThat(message.furthestStage()).isEqualTo(furthestStage);
    assertThat(message.finishedAt().isPresent()).isEqualTo(!status.isOpen());
    assertThat(message.failure().isPresent()).isEqualTo(status.isFailed());
    assertThat(message.failedAt().isPresent()).isEqualTo(status.isFailed());
    assertThat(message.fingerprint().isPresent()).isEqualTo(status.isFailed());
  }

  @Test
  void needsAttentionFromItsFirstFailureOnEvenWhileItIsRetried() {
    Message message = MessageFold.of(events("1:RECEIVED 1:FAILED 2:RECEIVED"));
    assertThat(message.attentionFrom(DUE)).contains(MORNING.plusSeconds(1));
  }

  @Test
  void needsAttentionFromItsDueTimeOnIfItNeverFailed() {
    assertThat(aSale().messageAt(Stage.QUEUED).attentionFrom(DUE)).contains(DUE);
  }

  @Test
  void neverNeededAttentionIfItWasFinishedByThen() {
    assertThat(aSale().messageAt(Stage.CONFIRMED).attentionFrom(DUE)).isEmpty();
    assertThat(MessageFold.of(List.of(aSale().event(Stage.CONFIRMED, DUE))).attentionFrom(DUE))
        .isEmpty();
  }

  @Test
  void neededAttentionIfItFailedOrWasLateBeforeItWasFinished() {
    assertThat(MessageFold.of(events("1:FAILED 1:CONFIRMED")).attentionFrom(DUE)).contains(MORNING);
    Message late = MessageFold.of(List.of(aSale().event(Stage.CONFIRMED, DUE.plusMillis(1))));
    assertThat(late.attentionFrom(DUE)).contains(DUE);
  }

  private static List<MessageEvent> events(String text) {
    MessageBuilder sale = aSale();
    List<MessageEvent> events = new ArrayList<>();
    List<String> words = Arrays.asList(text.split(" ", -1));
    for (int i = 0; i < words.size(); i++) {
      String[] parts = words.get(i).split(":", -1);
      sale.attempt(Integer.parseInt(parts[0]), MORNING);
      events.add(sale.event(Stage.valueOf(parts[1]), MORNING.plusSeconds(i)));
    }
    return events;
  }
}
