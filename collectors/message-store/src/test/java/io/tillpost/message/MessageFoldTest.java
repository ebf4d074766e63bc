package io.tillpost.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tillpost.testing.RandomEvents;
import io.tillpost.testing.Samples;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Properties over many random sets of events; a failure names its seed and its events. */
class MessageFoldTest {
  private static final int SEEDS = 3_000;

  @Test
  void theOrderOfTheEventsDoesNotMatter() {
    for (long seed = 0; seed < SEEDS; seed++) {
      List<MessageEvent> events = RandomEvents.of(seed);
      List<MessageEvent> shuffled = new ArrayList<>(events);
      Collections.shuffle(shuffled, new Random(seed));
      same(seed, events, MessageFold.of(shuffled));
    }
  }

  @Test
  void repeatedEventsDoNotMatter() {
    for (long seed = 0; seed < SEEDS; seed++) {
      List<MessageEvent> events = RandomEvents.of(seed);
      Random random = new Random(seed);
      List<MessageEvent> repeated = new ArrayList<>(events);
      for (int i = 0; i < 5; i++) {
        repeated.add(
            random.nextInt(repeated.size() + 1), events.get(random.nextInt(events.size())));
      }
      same(seed, events, MessageFold.of(repeated));
    }
  }

  @Test
  void howEventsAreGroupedBeforeTheyAreMergedDoesNotMatter() {
    for (long seed = 0; seed < SEEDS; seed++) {
      List<MessageEvent> events = RandomEvents.of(seed);
      same(seed, events, mergedInAnyGrouping(events, new Random(seed)));
    }
  }

  @Test
  void aStateMergedWithItselfOrWithAPartOfItselfStaysTheSame() {
    for (long seed = 0; seed < SEEDS; seed++) {
      List<MessageEvent> events = RandomEvents.of(seed);
      Message whole = MessageFold.of(events);
      Message part = MessageFold.of(events.subList(0, 1 + events.size() / 2));
      same(seed, events, MessageFold.merge(whole, whole));
      same(seed, events, MessageFold.merge(part, whole));
      same(seed, events, MessageFold.merge(whole, part));
    }
  }

  @Test
  void statesOfTwoMessagesAreNotMerged() {
    Message one = Samples.aSale().messageAt(Stage.CAPTURED);
    Message other = Samples.aSale().messageAt(Stage.CAPTURED);
    assertThatIllegalArgumentException().isThrownBy(() -> MessageFold.merge(one, other));
  }

  @Test
  void thereIsNoStateWithoutAnEvent() {
    assertThatIllegalArgumentException().isThrownBy(() -> MessageFold.of(List.of()));
  }

  /** Splits at a random place, and each half again, and merges the halves in a random order. */
  private static Message mergedInAnyGrouping(List<MessageEvent> events, Random random) {
    if (events.size() == 1) {
      return MessageFold.of(events.getFirst());
    }
    int at = 1 + random.nextInt(events.size() - 1);
    Message a = mergedInAnyGrouping(events.subList(0, at), random);
    Message b = mergedInAnyGrouping(events.subList(at, events.size()), random);
    return random.nextBoolean() ? MessageFold.merge(a, b) : MessageFold.merge(b, a);
  }

  private static void same(long seed, List<MessageEvent> events, Message state) {
    assertThat(state).as("seed %d, events %s", seed, events).isEqualTo(MessageFold.of(events));
  }
}
