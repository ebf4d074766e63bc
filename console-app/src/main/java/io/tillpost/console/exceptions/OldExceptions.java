package io.tillpost.console.exceptions;

import io.tillpost.console.retention.OldData;
import java.time.Instant;

/**
 * Forgets exceptions that came and went and that nobody ever did anything about. What fails like
 * them later is new.
 */
final class OldExceptions implements OldData {
  private final TriageRecords records;

  OldExceptions(TriageRecords records) {
    this.records = records;
  }

  @Override
  public Kept kept() {
    return Kept.EXCEPTIONS;
  }

  @Override
  public void drop(Instant before) {
    records.forget(before);
  }
}
