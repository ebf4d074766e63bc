package io.tillpost.console.recovery.automatic;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillpost.console.recovery.AutomaticProperties;
import io.tillpost.message.Message;
import io.tillpost.message.MessageFold;
import io.tillpost.message.Stage;
import io.tillpost.testing.Samples;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AutomaticTallyTest {
  private static final Duration PAUSE = Duration.ofMinutes(10);
  private static final AutomaticProperties HOW =
      new AutomaticProperties(PAUSE, 1, Duration.ofHours(1), 3, 0, Set.of());

  @Test
  void aRetryThatTheChannelRefusedBeginsThePauseAnewAlthoughItLeftNoFailure() {
    Message sale = failed();
    Instant failedAt = sale.failedAt().orElseThrow();
    Instant refused = failedAt.plus(Duration.ofHours(1));
    Map<String, AutomaticAttempts.Made> one =
        Map.of(sale.id().value(), new AutomaticAttempts.Made(1, refused));

    AutomaticTally early = tally(sale, one, refused.plus(PAUSE).minusMillis(1));
    assertThat(early.due()).isEmpty();
    assertThat(early.earliest()).isEqualTo(refused.plus(PAUSE));

    assertThat(tally(sale, one, refused.plus(PAUSE)).due()).containsOnlyKeys(sale.id().value());
    assertThat(tally(sale, Map.of(), failedAt.plus(PAUSE)).due())
        .as("without a retry the pause is from the failure")
        .containsOnlyKeys(sale.id().value());
  }

  private static AutomaticTally tally(
      Message message, Map<String, AutomaticAttempts.Made> made, Instant now) {
    return AutomaticTally.of(Map.of(message.id().value(), message), made, HOW, now);
  }

  private static Message failed() {
    return MessageFold.of(
        Samples.aSale().failingWith(Samples.aFailure().build()).throughStage(Stage.FAILED));
  }
}
