package io.tillpost.console.recovery.list;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillpost.console.recovery.RecoveryWorld;
import io.tillpost.console.recovery.earlier.Superseding;
import io.tillpost.message.Message;
import io.tillpost.message.MessageId;
import io.tillpost.store.MessageQuery;
import io.tillpost.testing.Samples;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
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

    // Held, and read again in parts of two.
    for (int held : List.of(10, 0)) {
      assertThat(of(3, held, "The oldest 3 of 5 failed messages"))
          .containsExactlyElementsOf(sales.subList(0, 3));
      for (int most : List.of(5, 6)) {
        assertThat(of(most, held, "All 5 failed messages")).containsExactlyElementsOf(sales);
      }
    }
  }

  @Test
  void aListOfOneSpeaksOfOne() {
    assertThat(MatchingMessages.words(1, 1, "failed messages of the exception"))
        .isEqualTo("The one failed message of the exception");
    assertThat(MatchingMessages.words(1, 1, "messages of: store 0500"))
        .isEqualTo("The one message of: store 0500");
    assertThat(MatchingMessages.words(1, 4, "failed messages"))
        .isEqualTo("The oldest 1 of 4 failed messages");
  }

  private List<String> of(int most, int held, String words) {
    PlanSize size = new PlanSize(most, held, 2);
    ChosenList.Collector found =
        new ChosenList.Collector(
            world.stores.messages(), new Superseding(world.stores.messages(), Set.of()), size);
    List<Integer> read = new ArrayList<>();
    long total =
        new MatchingMessages(world.stores.messages(), most)
            .addTo(found, OLDEST_FIRST, ListReading.later(Instant.MAX, read::add));
    assertThat(MatchingMessages.words(found.size(), total, "failed messages")).isEqualTo(words);
    assertThat(read)
        .as("how far it is, unless it is full")
        .isEqualTo(found.size() == total ? List.of(found.size()) : List.of());
    List<String> ids = new ArrayList<>();
    assertThat(found.inOrder().each(part -> ids.addAll(idsOf(part)))).isTrue();
    return ids;
  }

  private static List<String> idsOf(List<Message> part) {
    return part.stream().map(message -> message.id().value()).toList();
  }
}
