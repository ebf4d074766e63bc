package io.tillpost.console.recovery.run;

import io.tillpost.console.recovery.RecoveryListener;
import io.tillpost.recovery.RecoveryOperation;
import io.tillpost.store.StoreUnavailableException;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells all listeners, whatever one of them does. */
public final class Listeners {
  private static final Logger log = LoggerFactory.getLogger(Listeners.class);

  private final List<RecoveryListener> listeners;

  public Listeners(List<RecoveryListener> listeners) {
    this.listeners = List.copyOf(listeners);
  }

  void started(RecoveryOperation operation) {
    tell(listener -> listener.started(operation));
  }

  /**
   * @throws StoreUnavailableException where one of them needed the storage in vain; it may have
   *     been dealt with in part
   */
  void takenUp(RecoveryOperation operation, BooleanSupplier goesOn) {
    for (RecoveryListener listener : listeners) {
      try {
        listener.takenUp(operation, goesOn);
      } catch (StoreUnavailableException e) {
        throw e;
      } catch (RuntimeException e) {
        log(listener, e);
      }
    }
  }

  void finished(RecoveryOperation operation) {
    tell(listener -> listener.finished(operation));
  }

  private void tell(Consumer<RecoveryListener> news) {
    for (RecoveryListener listener : listeners) {
      try {
        news.accept(listener);
      } catch (RuntimeException e) {
        log(listener, e);
      }
    }
  }

  private static void log(RecoveryListener listener, RuntimeException problem) {
    log.error("{} could not deal with news of an operation", listener, problem);
  }
}
