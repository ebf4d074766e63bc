package io.tillpost.console.ingest;

import io.tillpost.store.Stores;
import java.time.Clock;

/** Makes what Spring makes otherwise, for tests of other features. */
public final class RefusalLogAccess {
  private RefusalLogAccess() {}

  /** A reader of these stores. */
  public static RefusalLog of(Stores stores, Clock clock) {
    return new RefusalLog(stores, clock);
  }
}
