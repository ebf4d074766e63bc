package io.tillpost.store.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tillpost.store.StoreUnavailableException;
import io.tillpost.store.elasticsearch.Turns.Kind;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class TurnsTest {
  /** Longer than any of the tests waits, unless what they ask for is broken. */
  private final Turns patient = new Turns(Duration.ofMinutes(1));

  private final Turns impatient = new Turns(Duration.ofMillis(1));
  private final List<String> sent = new CopyOnWriteArrayList<>();

  @Test
  void oneOfAKindSendsAtATimeAndWhoWaitsIsBeforeWhoComesLater() throws Exception {
    Thread other = new Thread(() -> patient.take(Kind.EVENT, () -> sent.add("other")));
    patient.take(
        Kind.EVENT,
        () -> {
          other.start();
          awaitThatItWaits(other);
          return sent.add("first");
        });
    patient.take(Kind.EVENT, () -> sent.add("later"));
    other.join();
    assertThat(sent).containsExactly("first", "other", "later");
  }

  @Test
  void otherKindsGoSideBySide() {
    impatient.take(
        Kind.EVENT,
        () ->
            elsewhere(
                () ->
                    impatient.take(
                        Kind.SPAN,
                        () ->
                            elsewhere(() -> impatient.take(Kind.STATE, () -> sent.add("state"))))));
    assertThat(sent).containsExactly("state");
  }

  @Test
  void whoHasWaitedForLongGoesWithoutATurnAndTakesNobodyElses() {
    impatient.take(
        Kind.SPAN,
        () -> {
          elsewhere(() -> impatient.take(Kind.SPAN, () -> sent.add("without")));
          elsewhere(() -> impatient.take(Kind.SPAN, () -> sent.add("without")));
          return sent.add("first");
        });
    elsewhere(() -> impatient.take(Kind.SPAN, () -> sent.add("next")));
    assertThat(sent).containsExactly("without", "without", "first", "next");
  }

  @Test
  void whatSendingThrowsComesThroughAndItIsTheNextOnesTurn() {
    assertThatIllegalStateException()
        .isThrownBy(
            () ->
                impatient.take(
                    Kind.STATE,
                    () -> {
                      throw new IllegalStateException("full");
                    }))
        .withMessage("full");
    elsewhere(() -> impatient.take(Kind.STATE, () -> sent.add("next")));
    assertThat(sent).containsExactly("next");
  }

  @Test
  void whoIsInterruptedIsToldSoAndStaysInterrupted() {
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> patient.take(Kind.EVENT, () -> sent.add("interrupted")))
        .isInstanceOf(StoreUnavailableException.class);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(sent).isEmpty();
  }

  /** Or that it has ended, where it should have waited. */
  private static void awaitThatItWaits(Thread thread) {
    while (thread.isAlive() && thread.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }
  }

  /** A turn is a thread's: whoever has it would get it again. */
  private static <T> T elsewhere(Supplier<T> send) {
    return CompletableFuture.supplyAsync(send, Thread::startVirtualThread).join();
  }
}
