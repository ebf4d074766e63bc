package io.tillpost.console.live;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.shared.Registration;
import java.time.Clock;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.springframework.security.core.context.SecurityContextHolderStrategy;

/** Live updates whose queries can be held back, as by a storage that takes its time. */
public final class HeldUpdates extends LiveUpdates {
  private volatile CountDownLatch held = new CountDownLatch(0);

  /** Nothing is held back yet. */
  public HeldUpdates(SecurityContextHolderStrategy logins, Clock clock) {
    super(logins, clock);
  }

  /** Queries wait from now on, until {@link #answer}. */
  public void hold() {
    held = new CountDownLatch(1);
  }

  /** Queries are asked again, also those that wait. */
  public void answer() {
    held.countDown();
  }

  @Override
  public <T> Registration watch(
      Component owner, LiveKey key, Supplier<T> query, Consumer<Live<T>> show) {
    return super.watch(owner, key, () -> whenAnswered(query), show);
  }

  private <T> T whenAnswered(Supplier<T> query) {
    try {
      held.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
    return query.get();
  }
}
