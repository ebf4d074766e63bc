package io.tillpost.console.audit;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The end of the audit chain. It is moved by compare-and-set, and carries the records that it was
 * moved over: they are in the chain from that moment on, and whoever comes next writes their
 * documents where the console that moved it died before it could.
 *
 * @param sequence number of the last record; 0 before the first
 * @param hash of the last record
 * @param at when it was moved
 * @param older how many records were written before there was a chain; they are not proven
 * @param entries among the records that it was moved over last
 * @param results among the records that it was moved over last
 */
record AuditHead(
    long sequence,
    String hash,
    Instant at,
    long older,
    List<AuditEntry> entries,
    List<AuditResult> results) {
  /** The one document of the chain's end. */
  static final String ID = "head";

  /** What the first record follows. */
  static final String BEFORE_THE_FIRST = "0".repeat(64);

  AuditHead {
    entries = List.copyOf(entries);
    results = List.copyOf(results);
  }

  /** The end of a chain without a record. */
  static AuditHead before(long older, Instant at) {
    return new AuditHead(0, BEFORE_THE_FIRST, at, older, List.of(), List.of());
  }

  /** The record with that number, if it is one of those that the end was moved over last. */
  Optional<AuditCheck.Linked> carried(long number) {
    return Stream.<AuditRecord>concat(entries.stream(), results.stream())
        .flatMap(
            record ->
                Stream.ofNullable(record.link())
                    .filter(link -> link.sequence() == number)
                    .map(link -> new AuditCheck.Linked(record.documentId(), record, link)))
        .findFirst();
  }

  /** The end after these records, in this order. */
  AuditHead after(List<AuditRecord> records, Instant moment) {
    List<AuditEntry> newEntries = new ArrayList<>();
    List<AuditResult> newResults = new ArrayList<>();
    long last = sequence;
    String before = hash;
    for (AuditRecord record : records) {
      ChainLink link = record.linkAfter(++last, before);
      before = link.hash();
      switch (record) {
        case AuditEntry entry -> newEntries.add(entry.linked(link));
        case AuditResult result -> newResults.add(result.linked(link));
      }
    }
    return new AuditHead(last, before, moment, older, newEntries, newResults);
  }
}
