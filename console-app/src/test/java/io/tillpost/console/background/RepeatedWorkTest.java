package io.tillpost.console.background;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tillpost.store.StoreUnavailableException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RepeatedWorkTest {
  private final AtomicInteger times = new AtomicInteger();
  private final List<Thread> threads = new CopyOnWriteArrayList<>();
  private Runnable task = () -> {};
  private final RepeatedWork work =
      new RepeatedWork("counting", Duration.ofMillis(1)) {
        @Override
        protected void once() {
          if (!threads.contains(Thread.currentThread())) {
            threads.add(Thread.currentThread());
          }
          times.incrementAndGet();
          task.run();
        }
      };

  @AfterEach
  void stop() {
    work.stop();
  }

  @Test
  void isDoneAgainUntilItIsStoppedAndAgainAfterTheNextStart() {
    work.start();
    await().until(() -> times.get() > 0);
    work.start();
    int meanwhile = times.get();
    await().until(() -> times.get() > meanwhile + 2);
    assertThat(threads).hasSize(1);
    work.stop();

    int before = times.get();
    assertThat(work.isRunning()).isFalse();
    assertThat(threads.getFirst().isAlive()).isFalse();
    work.start();
    await().until(() -> times.get() > before + 2);
    assertThat(threads).hasSize(2);
  }

  @Test
  void goesOnAfterAFailureAndWhenTheStorageIsBack() {
    task =
        () -> {
          if (times.get() == 1) {
            throw new StoreUnavailableException("away", null);
          }
          if (times.get() == 2) {
            throw new IllegalStateException("a bug");
          }
          if (times.get() == 3) {
            throw new OutOfMemoryError("for a test");
          }
        };
    work.start();
    await().until(() -> times.get() > 4);
  }

  @Test
  void aStopWaitsForWhatIsUnderWay() {
    Thread stopping = Thread.currentThread();
    CountDownLatch begun = new CountDownLatch(1);
    AtomicBoolean ended = new AtomicBoolean();
    task =
        () -> {
          begun.countDown();
          try {
            new CountDownLatch(1).await();
          } catch (InterruptedException _) {
            // What was under way is brought to its end, and the interruption is forgotten.
            await().until(() -> stopping.getState() == Thread.State.WAITING);
            ended.set(true);
          }
        };
    work.start();
    await().until(() -> begun.getCount() == 0);
    work.stop();

    assertThat(ended).isTrue();
    assertThat(times).hasValue(1);
  }
}
