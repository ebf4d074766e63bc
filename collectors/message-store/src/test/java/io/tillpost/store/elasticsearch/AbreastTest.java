package io.tillpost.store.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tillpost.store.StoreUnavailableException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class AbreastTest {
  private final Abreast parts = new Abreast();
  private final AtomicInteger done = new AtomicInteger();

  @Test
  void partsRunSideBySideAndTheEndIsAfterAllOfThem() {
    CountDownLatch other = new CountDownLatch(1);
    parts.begin(
        () -> {
          await(other);
          done.incrementAndGet();
        });
    parts.begin(other::countDown);
    parts.end();
    assertThat(done).hasValue(1);
  }

  @Test
  void theEndWaitsForAPartThatIsStillUnderWay() {
    Thread whoWaits = Thread.currentThread();
    AtomicBoolean over = new AtomicBoolean();
    parts.begin(
        () -> {
          while (whoWaits.getState() != Thread.State.WAITING && !over.get()) {
            Thread.onSpinWait();
          }
          done.incrementAndGet();
        });
    try {
      parts.end();
      assertThat(done).hasValue(1);
    } finally {
      over.set(true);
    }
  }

  @Test
  void whatAPartEndedWithIsToldAfterTheOthersHaveEnded() {
    parts.begin(
        () -> {
          throw new IllegalStateException("full");
        });
    assertThatIllegalStateException().isThrownBy(parts::end).withMessage("full");
    assertThatIllegalStateException().isThrownBy(() -> parts.begin(done::incrementAndGet));
    assertThat(done).hasValue(0);
  }

  @Test
  void anErrorOfAPartIsToldToo() {
    parts.begin(
        () -> {
          throw new OutOfMemoryError("heap");
        });
    assertThatThrownBy(parts::end).isInstanceOf(OutOfMemoryError.class).hasMessage("heap");
  }

  @Test
  void whoIsInterruptedIsToldSoAndStaysInterrupted() {
    Thread.currentThread().interrupt();
    assertThatThrownBy(parts::end).isInstanceOf(StoreUnavailableException.class);
    assertThat(Thread.interrupted()).isTrue();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
