package io.tillpost.console.impact;

import java.time.Instant;
import java.util.List;

/** One kind of what changes: alerts, operations, stores. */
@FunctionalInterface
interface ChangeSource {
  /** What changed from then until now, in any order. */
  List<Change> between(Instant from, Instant now);
}
