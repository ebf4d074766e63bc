package io.tillpost.ingest.receive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LoadTest {
  private final Load load = new Load(1, 1_000, 100);
  private final Sender loud = sender("loud");
  private final Sender quiet = sender("quiet");

  @AfterEach
  void endDecoders() {
    load.close();
  }

  @Test
  void oneSenderHasHalfOfTheRoomAtMostSoThatOthersHaveSome() {
    assertThat(load.reserve(loud, 400)).isTrue();
    assertThat(load.reserve(loud, 101)).isFalse();
    assertThat(load.reserve(loud, 100)).isTrue();
    assertThat(load.reserve(quiet, 500)).isTrue();
    assertThat(load.reserved()).isEqualTo(1_000);

    load.release(loud, 500);
    assertThat(load.reserve(loud, 500))
        .as("what was given back, and not what was refused")
        .isTrue();
  }

  @Test
  void whatIsRefusedForLackOfRoomTakesNothingOfTheSendersShare() {
    assertThat(load.reserve(loud, 500)).isTrue();
    assertThat(load.reserve(sender("b"), 300)).isTrue();
    assertThat(load.reserve(quiet, 300)).isFalse();
    assertThat(load.reserved()).isEqualTo(800);
    assertThat(load.reserve(quiet, 200)).isTrue();
    load.release(loud, 500);
    assertThat(load.reserve(quiet, 300)).as("half of the room is its share still").isTrue();
  }

  @Test
  void manyUnderOneNameHaveTheWholeRoom() {
    Sender everybody = Sender.unbound("everybody");
    assertThat(load.reserve(everybody, 1_000)).isTrue();
    assertThat(load.reserve(everybody, 1)).isFalse();
  }

  @Test
  void theLargestRequestAlwaysFitsWhereNothingElseIsThere() {
    try (Load small = new Load(1, 100, 90)) {
      assertThat(small.reserve(loud, 90)).isTrue();
      small.release(loud, 90);
    }
    try (Load smaller = new Load(1, 50, 90)) {
      assertThat(smaller.reserve(loud, 90)).isTrue();
    }
  }

  @Test
  void roomIsGivenBackWhenItIsDecoded() throws InterruptedException {
    CountDownLatch done = new CountDownLatch(1);
    assertThat(load.decode(loud, 500, done::countDown)).isTrue();
    done.await();
    assertThat(load.decode(loud, 501, () -> {})).as("more than its share").isFalse();
    await().until(() -> load.reserved() == 0);
  }

  @Test
  void roomIsGivenBackWhereDecodingFailsOrIsNotBegun() {
    assertThat(
            load.decode(
                loud,
                500,
                () -> {
                  throw new IllegalStateException("a fault of the test");
                }))
        .isTrue();
    await().dontCatchUncaughtExceptions().until(() -> load.reserved() == 0);

    load.close();
    assertThat(load.decode(loud, 500, () -> {})).isFalse();
    assertThat(load.reserved()).isZero();
    assertThat(load.reserve(loud, 500)).as("nothing of its share is taken").isTrue();
  }

  private static Sender sender(String name) {
    return new Sender(name, Set.of(), null, null, System::nanoTime);
  }
}
