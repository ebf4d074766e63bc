package io.tillpost.console.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tillpost.testing.MutableClock;
import io.tillpost.testing.Samples;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RecentTest {
  private final MutableClock clock = MutableClock.at(Samples.MORNING);
  private final AtomicInteger asked = new AtomicInteger();

  @Test
  void anAnswerIsKeptWhileItIsFresh() {
    Recent<Integer> recent = new Recent<>(Duration.ofSeconds(2), clock, asked::incrementAndGet);

    assertThat(recent.get()).isEqualTo(1);
    clock.advance(Duration.ofMillis(1_999));
    assertThat(recent.get()).isEqualTo(1);
    clock.advance(Duration.ofMillis(1));
    assertThat(recent.get()).isEqualTo(2);
  }

  @Test
  void manyAtTheSameTimeAskOnce() throws Exception {
    CountDownLatch answer = new CountDownLatch(1);
    Recent<Integer> recent =
        new Recent<>(
            Duration.ofSeconds(2),
            clock,
            () -> {
              await(answer);
              return asked.incrementAndGet();
            });
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Integer>> all = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        all.add(threads.submit(recent::get));
      }
      answer.countDown();
      for (Future<Integer> one : all) {
        assertThat(one.get()).isEqualTo(1);
      }
    }
  }

  @Test
  void aFailureIsNotKept() {
    Recent<Integer> recent =
        new Recent<>(
            Duration.ofSeconds(2),
            clock,
            () -> {
              if (asked.incrementAndGet() == 1) {
                throw new IllegalArgumentException("broken");
              }
              return asked.get();
            });

    assertThatThrownBy(recent::get)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("broken");
    assertThat(recent.get()).isEqualTo(2);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
