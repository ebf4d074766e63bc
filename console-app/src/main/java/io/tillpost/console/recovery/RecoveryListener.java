package io.tillpost.console.recovery;

import io.tillpost.recovery.RecoveryOperation;
import io.tillpost.store.StoreUnavailableException;
import java.util.function.BooleanSupplier;

/**
 * Is told of operations. What it throws is logged and changes nothing; after a crash it may be told
 * again or not at all.
 */
public interface RecoveryListener {
  /** The operation was asked for and begins; whoever asked waits. */
  void started(RecoveryOperation operation);

  /**
   * A console has taken it up, which happens again after a restart, and all of its items are to be
   * found. The console sends nothing of it before this is dealt with. Not told of one that is being
   * cancelled. Where it throws {@link StoreUnavailableException}, it is taken up again later.
   *
   * @param goesOn whether this console still has it: to be asked again and again while it takes
   *     long
   */
  void takenUp(RecoveryOperation operation, BooleanSupplier goesOn);

  /** None of its messages is open any more. */
  void finished(RecoveryOperation operation);
}
