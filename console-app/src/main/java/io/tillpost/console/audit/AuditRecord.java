package io.tillpost.console.audit;

import org.jspecify.annotations.Nullable;

/** What stands in the audit chain: an entry, or what became of its act. */
sealed interface AuditRecord permits AuditEntry, AuditResult {
  /** The id of its document. */
  String documentId();

  /**
   * Its place in the chain; null where it is not in one yet, or was written before there was one.
   */
  @Nullable ChainLink link();

  /** The same record in that place. */
  AuditRecord linked(ChainLink place);

  /** Its content without its place, for the hash. */
  void describe(CanonicalBytes bytes);

  /** The link that it gets as record number {@code sequence} after the one with that hash. */
  default ChainLink linkAfter(long sequence, String previous) {
    CanonicalBytes bytes =
        new CanonicalBytes("tillpost-audit/1")
            .number("sequence", sequence)
            .text("previous", previous);
    describe(bytes);
    return new ChainLink(sequence, previous, bytes.sha256());
  }
}
