package io.tillpost.console.live;

import io.tillpost.store.StoreUnavailableException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One page that watches: whose rights a query may use, and where its results go. */
final class Subscriber<T> {
  private static final Logger log = LoggerFactory.getLogger(Subscriber.class);

  private final Rights rights;
  private final Consumer<Runnable> page;
  private final Consumer<Live<T>> show;
  private final AtomicReference<@Nullable Live<T>> waiting = new AtomicReference<>();

  /**
   * @param page runs a task under the lock of the page, now or later, or drops it if the page is
   *     gone
   */
  Subscriber(Rights rights, Consumer<Runnable> page, Consumer<Live<T>> show) {
    this.rights = rights;
    this.page = page;
    this.show = show;
  }

  Rights rights() {
    return rights;
  }

  /** Hands over a result. Where the one before still waits for the page's lock, it is replaced. */
  void deliver(Live<T> result) {
    if (waiting.getAndSet(result) == null) {
      page.accept(this::showNewest);
    }
  }

  private void showNewest() {
    Live<T> newest = waiting.getAndSet(null);
    if (newest == null) {
      return;
    }
    try {
      show.accept(newest);
    } catch (StoreUnavailableException e) {
      // The next result comes by itself, and says since when the page could not be refreshed.
      log.debug("What a page asked for while it was brought up to date did not come", e);
    }
  }
}
