package io.tillpost.console.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillpost.store.DocumentQuery;
import io.tillpost.store.DocumentStore;
import io.tillpost.store.Documents.Versioned;
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

  /** What became of the act of that entry, like {@code Refused: There is no such message}. */
  public static String ending(DocumentStore documents, AuditEntry entry) {
    return documents
        .of(AuditKinds.RESULTS)
        .find(DocumentQuery.ALL.page(1_000, null))
        .items()
        .stream()
        .map(Versioned::value)
        .filter(result -> result.entryId().equals(entry.id()))
        .map(result -> result.outcome().title() + ": " + result.detail())
        .findFirst()
        .orElse("Not known");
  }
}
