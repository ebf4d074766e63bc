package io.tillpost.console.audit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What became of the act of an entry. Written once, under the id of the entry.
 *
 * @param entryId the entry
 * @param at when it was known
 * @param outcome what became of it
 * @param detail in words, like the id of the operation that was started; or null
 * @param link its place in the audit chain, or null where it is from before there was one
 */
record AuditResult(
    String entryId,
    Instant at,
    AuditOutcome outcome,
    @Nullable String detail,
    @Nullable ChainLink link)
    implements AuditRecord {
  @Override
  public String documentId() {
    return entryId;
  }

  @Override
  public AuditResult linked(ChainLink place) {
    return new AuditResult(entryId, at, outcome, detail, place);
  }

  @Override
  public void describe(CanonicalBytes bytes) {
    bytes
        .text("result", entryId)
        .text("at", at.toString())
        .text("outcome", outcome.name())
        .text("detail", detail);
  }
}
