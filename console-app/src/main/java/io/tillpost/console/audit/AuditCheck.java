package io.tillpost.console.audit;

import io.tillpost.store.DocumentQuery;
import io.tillpost.store.DocumentQuery.Condition;
import io.tillpost.store.DocumentStore;
import io.tillpost.store.Documents;
import io.tillpost.store.Documents.Versioned;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/** Walks along the audit chain from its first record and finds the first that is not as written. */
final class AuditCheck {
  /** Within this time a search may not show yet what was written. */
  private static final Duration FRESH = Duration.ofSeconds(10);

  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final int MOST_LOOKS = 3;
  private static final DocumentQuery UNLINKED =
      DocumentQuery.ALL.and(new Condition.Missing(AuditKinds.SEQUENCE));

  private final Documents<AuditHead> heads;
  private final Documents<AuditEntry> entries;
  private final Documents<AuditResult> results;
  private final Clock clock;

  AuditCheck(DocumentStore documents, Clock clock) {
    this.heads = documents.of(AuditKinds.HEAD);
    this.entries = documents.of(AuditKinds.ENTRIES);
    this.results = documents.of(AuditKinds.RESULTS);
    this.clock = clock;
  }

  /**
   * Looks at every record up to the end of the chain as it is now. Writes nothing.
   *
   * @throws io.tillpost.store.StoreUnavailableException where the storage does not answer
   */
  AuditVerdict run() {
    for (int look = 1; ; look++) {
      Optional<AuditHead> head = heads.get(AuditHead.ID).map(Versioned::value);
      AuditVerdict verdict = head.map(this::walk).orElseGet(this::withoutHead);
      boolean fresh = head.filter(h -> h.at().plus(FRESH).isAfter(clock.instant())).isPresent();
      if (verdict instanceof AuditVerdict.Intact || !fresh || look == MOST_LOOKS || !pause()) {
        return verdict;
      }
    }
  }

  private AuditVerdict withoutHead() {
    return next(Walk.of(entries), Walk.of(results))
        .<AuditVerdict>map(
            first ->
                new AuditVerdict.Broken(
                    first.link().sequence(),
                    first.documentId(),
                    "the end of the chain was removed."))
        .orElseGet(() -> new AuditVerdict.Intact(0, AuditHead.BEFORE_THE_FIRST, unlinked(), 0));
  }

  private AuditVerdict walk(AuditHead head) {
    Walk<AuditEntry> acts = Walk.of(entries);
    Walk<AuditResult> ends = Walk.of(results);
    Instant began = Instant.MAX;
    String before = AuditHead.BEFORE_THE_FIRST;
    long carried = 0;
    for (long expected = 1; expected <= head.sequence(); expected++) {
      Optional<Linked> found =
          missing(expected, acts, ends) ? head.carried(expected) : Optional.empty();
      if (found.isPresent()) {
        carried++;
      } else {
        found = next(acts, ends);
      }
      if (found.isEmpty()) {
        return new AuditVerdict.Broken(
            expected, "", "it was removed, and so was every record after it.");
      }
      Linked record = found.get();
      Optional<String> fault = fault(record, expected, before);
      if (fault.isPresent()) {
        return new AuditVerdict.Broken(expected, record.documentId(), fault.get());
      }
      if (expected == 1) {
        began = record.record() instanceof AuditEntry entry ? entry.at() : began;
      }
      before = record.link().hash();
    }
    if (!before.equals(head.hash())) {
      return new AuditVerdict.Broken(
          head.sequence(), "", "the end of the chain names another last record.");
    }
    Optional<AuditVerdict> beyond = beyond(head, next(acts, ends));
    return beyond.isPresent() ? beyond.get() : unlinked(head, began, carried);
  }

  /** A record that no console wrote: its number is taken, or the chain never came that far. */
  private Optional<AuditVerdict> beyond(AuditHead head, Optional<Linked> found) {
    long end = heads.get(AuditHead.ID).map(h -> h.value().sequence()).orElse(0L);
    return found
        .filter(r -> r.link().sequence() <= head.sequence() || r.link().sequence() > end)
        .map(
            record ->
                new AuditVerdict.Broken(
                    record.link().sequence(),
                    record.documentId(),
                    "it was inserted behind the end of the chain."));
  }

  private static Optional<String> fault(Linked record, long expected, String before) {
    ChainLink link = record.link();
    if (link.sequence() > expected) {
      return Optional.of("it was removed; this is record %,d.".formatted(link.sequence()));
    }
    if (link.sequence() < expected) {
      return Optional.of(
          "a second record with the number %,d was inserted.".formatted(link.sequence()));
    }
    if (!record.documentId().equals(record.record().documentId())) {
      return Optional.of("its document has another id than it had.");
    }
    if (!record.record().linkAfter(expected, link.previous()).hash().equals(link.hash())) {
      return Optional.of("it was changed after it was written.");
    }
    return link.previous().equals(before)
        ? Optional.empty()
        : Optional.of("it does not follow the record before it: one of the two is another one.");
  }

  /** Records without a place in the chain can only be those from before there was one. */
  private AuditVerdict unlinked(AuditHead head, Instant began, long carried) {
    long now = unlinked();
    Optional<AuditEntry> late =
        entries
            .find(UNLINKED.and(new Condition.Between("at", began, null)).page(1, null))
            .items()
            .stream()
            .map(Versioned::value)
            .findFirst();
    if (late.isPresent()) {
      return new AuditVerdict.Broken(
          0, late.get().id(), "an entry without a hash was inserted after the chain had begun.");
    }
    return now == head.older()
        ? new AuditVerdict.Intact(head.sequence(), head.hash(), now, carried)
        : new AuditVerdict.Broken(
            0,
            "",
            "there %s from before the chain when it began, and now there %s %,d."
                .formatted(
                    head.older() == 1 ? "was 1 record" : "were %,d records".formatted(head.older()),
                    now == 1 ? "is" : "are",
                    now));
  }

  private long unlinked() {
    return entries.count(UNLINKED) + results.count(UNLINKED);
  }

  /** The record with the lower number of the next two. */
  private static Optional<Linked> next(Walk<AuditEntry> acts, Walk<AuditResult> ends) {
    Optional<Linked> act = acts.peek();
    Optional<Linked> end = ends.peek();
    boolean actFirst =
        act.isPresent()
            && (end.isEmpty() || act.get().link().sequence() <= end.get().link().sequence());
    (actFirst ? acts : ends).forward();
    return actFirst ? act : end;
  }

  /** Whether neither of the next two has this number, or a lower one. */
  private static boolean missing(long number, Walk<AuditEntry> acts, Walk<AuditResult> ends) {
    return Stream.of(acts.peek(), ends.peek())
        .flatMap(Optional::stream)
        .noneMatch(record -> record.link().sequence() <= number);
  }

  private static boolean pause() {
    try {
      Thread.sleep(PAUSE);
      return true;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /**
   * A record of the chain as it is stored.
   *
   * @param documentId the id that its document has
   */
  record Linked(String documentId, AuditRecord record, ChainLink link) {}
}
