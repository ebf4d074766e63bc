package io.tillpost.console.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillpost.store.DocumentStore;
import io.tillpost.testing.MutableClock;
import java.time.Instant;

/** What tests of other features ask of the audit trail. */
public final class AuditTrails {
  private AuditTrails() {}

  /** Fails unless every record is there as it was written. */
  public static void assertIntact(DocumentStore documents) {
    // Long after, so that the check never waits for a search to catch up.
    MutableClock later = MutableClock.at(Instant.parse("2100-01-01T00:00:00Z"));
    AuditVerdict verdict = new AuditCheck(documents, later).run();
    assertThat(verdict).as(verdict.words()).isInstanceOf(AuditVerdict.Intact.class);
  }
}
