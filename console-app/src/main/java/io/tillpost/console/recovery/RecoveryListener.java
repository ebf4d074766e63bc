package io.tillpost.console.recovery;

import io.tillpost.recovery.RecoveryOperation;

/**
 * Is told of operations. What it throws is logged and changes nothing; after a crash it may be told
 * again or not at all.
 */
public interface RecoveryListener {
  /** The operation was asked for and begins. */
  void started(RecoveryOperation operation);

  /** None of its messages is open any more. */
  void finished(RecoveryOperation operation);
}
