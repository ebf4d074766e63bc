package io.tillpost.console.audit;

import io.tillpost.console.text.CountText;

/** What a look at the whole audit chain found. */
public sealed interface AuditVerdict {
  /** In one or two sentences. */
  String words();

  /**
   * Every record is there as it was written, in its order.
   *
   * @param records how many are in the chain: entries, and what became of their acts
   * @param hash of the last record; who keeps it elsewhere can prove later that nothing before it
   *     was changed, not even by somebody who wrote the whole chain anew
   * @param older how many records are from before there was a chain; about them nothing is proven
   * @param carried how many of the last records only the end of the chain still carries: a console
   *     died before it wrote their documents, or those were removed
   */
  record Intact(long records, String hash, long older, long carried) implements AuditVerdict {
    @Override
    public String words() {
      return (records == 0
              ? "The audit trail has no record in its chain."
              : "The audit trail is intact: %s, the last one has the hash %s."
                  .formatted(CountText.of(records, "record"), hash))
          + (older == 0
              ? ""
              : " Before there was a chain: %s, not proven by it."
                  .formatted(CountText.of(older, "older record")))
          + (carried == 0
              ? ""
              : carried == 1
                  ? " The last one is kept by the end of the chain alone, because a console died or its documents were removed; the next act writes it."
                  : " The last %,d are kept by the end of the chain alone, because a console died or their documents were removed; the next act writes them."
                      .formatted(carried));
    }
  }

  /**
   * Something was changed, removed, inserted or put in another order.
   *
   * @param sequence number of the first record that is not as it was written, or is missing; 0
   *     where it has no number
   * @param id of its document, or of the one that stands where it is missing; empty where there is
   *     none
   * @param reason what is wrong, as a sentence
   */
  record Broken(long sequence, String id, String reason) implements AuditVerdict {
    @Override
    public String words() {
      return "The audit trail is broken at record %,d%s: %s"
          .formatted(sequence, id.isEmpty() ? "" : " (" + id + ")", reason);
    }
  }
}
