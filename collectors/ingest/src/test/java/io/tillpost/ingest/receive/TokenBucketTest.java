package io.tillpost.ingest.receive;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TokenBucketTest {
  private final AtomicLong now = new AtomicLong(-7);
  private final TokenBucket bucket = new TokenBucket(100, now::get);

  private void pass(Duration time) {
    now.addAndGet(time.toNanos());
  }

  @Test
  void whatComesInTenSecondsMayBeTakenAtOnce() {
    bucket.take(999);
    assertThat(bucket.emptyFor()).isZero();
    bucket.take(1);
    assertThat(bucket.emptyFor()).isPositive();
  }

  @Test
  void whoTakesMoreThanIsThereWaitsForTheDebt() {
    bucket.take(1_300);
    assertThat(bucket.emptyFor()).isBetween(Duration.ofSeconds(3), Duration.ofMillis(3_001));
    pass(Duration.ofSeconds(2));
    assertThat(bucket.emptyFor()).isBetween(Duration.ofSeconds(1), Duration.ofMillis(1_001));
    pass(Duration.ofMillis(1_001));
    assertThat(bucket.emptyFor()).isZero();
  }

  @Test
  void overTimeNoMoreThanTheRateGetsThrough() {
    long taken = 0;
    for (int second = 0; second < 100; second++) {
      for (int i = 0; i < 50; i++) {
        pass(Duration.ofMillis(20));
        if (bucket.emptyFor().isZero()) {
          bucket.take(70);
          taken += 70;
        }
      }
    }
    assertThat(taken).isBetween(100L * 100, 100L * 100 + 1_000 + 70);
  }

  @Test
  void aLongSilenceDoesNotAddUp() {
    pass(Duration.ofDays(3));
    bucket.take(1_000);
    assertThat(bucket.emptyFor()).isPositive();
  }
}
