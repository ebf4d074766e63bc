package io.tillpost.console.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillpost.message.MessageId;
import io.tillpost.store.MessageQuery;
import io.tillpost.testing.Samples;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MatchingMessagesTest {
  private static final Instant MORNING = Instant.parse("2026-11-23T09:00:00Z");
  private static final MessageQuery OLDEST_FIRST =
      MessageQuery.ALL.withOrder(MessageQuery.Order.OLDEST_FIRST);

  private final RecoveryWorld world = new RecoveryWorld();

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void aListThatTakesAllSaysSoAndOneThatDoesNotSaysOfHowMany() {
    List<String> sales =
        Stream.of(0, 1, 2, 3, 4)
            .map(second -> world.failed(Samples.aSale().capturedAt(MORNING.plusSeconds(second))))
            .map(MessageId::value)
            .toList();

    MatchingMessages.Found some = of(3);
    assertThat(some.messages().keySet()).containsExactlyElementsOf(sales.subList(0, 3));
    assertThat(some.isAll()).isFalse();
    assertThat(some.words("failed messages")).isEqualTo("The oldest 3 of 5 failed messages");
    for (int most : List.of(5, 6)) {
      assertThat(of(most).messages().keySet()).containsExactlyElementsOf(sales);
      assertThat(of(most).isAll()).isTrue();
      assertThat(of(most).words("failed messages")).isEqualTo("All 5 failed messages");
    }
  }

  private MatchingMessages.Found of(int most) {
    return new MatchingMessages(world.stores.messages(), most).of(OLDEST_FIRST);
  }
}
