package io.tillpost.console.background;

import io.tillpost.store.StoreUnavailableException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Work that is done again and again on a thread of its own, from a start to a stop, and from the
 * next start on again. Where it fails it is done once more after a pause: nothing ends it but a
 * stop, which waits for what is under way.
 */
public abstract class RepeatedWork implements SmartLifecycle {
  /** Sooner than work that is done seldom: what waits for the storage waits for nothing else. */
  private static final Duration STORAGE_AWAY = Duration.ofSeconds(10);

  private final Logger log = LoggerFactory.getLogger(getClass());
  private final String name;
  private final Duration every;
  private volatile @Nullable Thread thread;

  /**
   * @param name of the work and of its thread, as it stands in the log
   * @param every the pause after each time
   */
  protected RepeatedWork(String name, Duration every) {
    this.name = name;
    this.every = every;
  }

  /**
   * Does it once. Is interrupted where it has to stop.
   *
   * @throws StoreUnavailableException where the storage is away
   */
  protected abstract void once();

  @Override
  public synchronized void start() {
    if (thread == null) {
      thread = Thread.ofVirtual().name(name).unstarted(this::repeat);
      thread.start();
    }
  }

  @Override
  public synchronized void stop() {
    Thread ending = thread;
    thread = null;
    if (ending == null) {
      return;
    }
    ending.interrupt();
    try {
      ending.join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public boolean isRunning() {
    return thread != null;
  }

  /** Ends with its own thread, also where another one was started meanwhile. */
  private void repeat() {
    while (Thread.currentThread().equals(thread)) {
      Duration pause = every;
      try {
        once();
      } catch (StoreUnavailableException e) {
        pause = STORAGE_AWAY.compareTo(every) < 0 ? STORAGE_AWAY : every;
        log.warn("{} waits for the storage: {}", name, e.getMessage());
      } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
        log.error("{} failed; again in {}", name, every, e);
      }
      try {
        Thread.sleep(pause);
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }
}
