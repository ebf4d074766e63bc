package io.tillpost.console.browser;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

/**
 * The time of day, put forward by a test that would else have to wait, or to choose times so short
 * that a busy machine does not keep them.
 */
public final class ForwardClock extends Clock {
  private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);

  /** Makes it the clock of the console. */
  @TestConfiguration(proxyBeanMethods = false)
  public static class OfTheConsole {
    @Bean
    @Primary
    ForwardClock forwardClock() {
      return new ForwardClock();
    }
  }

  /** From now on it is so much later. */
  public void putForward(Duration by) {
    ahead.updateAndGet(before -> before.plus(by));
  }

  @Override
  public Instant instant() {
    return Instant.now().plus(ahead.get());
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException("Nobody asks for it");
  }
}
