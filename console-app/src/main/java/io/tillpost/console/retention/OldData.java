package io.tillpost.console.retention;

import java.time.Instant;

/** Data of a feature that is dropped once it is older than {@code tillpost.retention} says. */
public interface OldData {
  /** Which key says how long it is kept. */
  Kept kept();

  /**
   * Drops what was done before that moment and is neither pending nor under way; some of it, where
   * it is much: it is asked again. Safe to run in several consoles at once.
   *
   * @throws io.tillpost.store.StoreUnavailableException while the storage does not answer
   */
  void drop(Instant before);

  /** What is kept for a time of its own. */
  enum Kept {
    /** {@code tillpost.retention.splits}. */
    SPLITS,
    /** {@code tillpost.retention.requests}. */
    REQUESTS,
    /** {@code tillpost.retention.exceptions}. */
    EXCEPTIONS
  }
}
