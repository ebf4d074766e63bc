package io.tillpost.console.live;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.context.SecurityContext;

/** One page that watches: whose rights a query may use, and where its results go. */
final class Subscriber<T> {

  private final SecurityContext security;
  private final Consumer<Runnable> page;
  private final Consumer<Live<T>> show;
  private final AtomicReference<@Nullable Live<T>> waiting = new AtomicReference<>();

  /**
   * @param page runs a task under the lock of the page, now or later, or drops it if the page is
   *     gone
   */
  Subscriber(SecurityContext security, Consumer<Runnable> page, Consumer<Live<T>> show) {
    this.security = security;
    this.page = page;
    this.show = show;
  }

  SecurityContext security() {
    return security;
  }

  /** Hands over a result. Where the one before still waits for the page's lock, it is replaced. */
  void deliver(Live<T> result) {
    if (waiting.getAndSet(result) == null) {
      page.accept(this::showNewest);
    }
  }

  private void showNewest() {
    Live<T> newest = waiting.getAndSet(null);
    if (newest != null) {
      show.accept(newest);
    }
  }
}
