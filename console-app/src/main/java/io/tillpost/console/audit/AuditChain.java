package io.tillpost.console.audit;

import io.tillpost.store.DocumentQuery;
import io.tillpost.store.DocumentQuery.Condition;
import io.tillpost.store.DocumentStore;
import io.tillpost.store.Documents;
import io.tillpost.store.Documents.Versioned;
import io.tillpost.store.StoreUnavailableException;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Appends records to the one audit chain of all consoles. Its end moves by compare-and-set, so two
 * consoles never give the same number; what comes while a write is under way is written with the
 * next one, so that thousands of records cost a few writes.
 */
final class AuditChain {
  private static final int MOST_AT_ONCE = 100;

  private final Documents<AuditHead> heads;
  private final Records visibleAtOnce;
  private final Records seenLater;
  private final Clock clock;
  private final ReentrantLock writing = new ReentrantLock();
  private final Queue<Waiting> waiting = new ConcurrentLinkedQueue<>();
  private long written;

  AuditChain(DocumentStore documents, Clock clock) {
    this.heads = documents.of(AuditKinds.HEAD);
    this.visibleAtOnce =
        new Records(documents.of(AuditKinds.ENTRIES), documents.of(AuditKinds.RESULTS));
    this.seenLater =
        new Records(documents.of(AuditKinds.MANY_ENTRIES), documents.of(AuditKinds.MANY_RESULTS));
    this.clock = clock;
  }

  /**
   * Appends these records one after the other, and returns when they are stored.
   *
   * @param records at least one
   * @param atOnce whether a search must see them when this returns; else within a second
   * @throws StoreUnavailableException where it is not known whether they were
   */
  void append(List<AuditRecord> records, boolean atOnce) {
    Waiting mine = new Waiting(List.copyOf(records), atOnce, new CompletableFuture<>());
    waiting.add(mine);
    writing.lock();
    try {
      while (!mine.done().isDone()) {
        writeWaiting();
      }
    } finally {
      writing.unlock();
    }
    mine.await();
  }

  private void writeWaiting() {
    Queue<Waiting> batch = new ArrayDeque<>();
    try {
      int size = 0;
      for (Waiting one = waiting.peek(); one != null && size < MOST_AT_ONCE; one = waiting.peek()) {
        batch.add(one);
        waiting.remove();
        size += one.records().size();
      }
      write(
          batch.stream().flatMap(one -> one.records().stream()).toList(),
          batch.stream().anyMatch(Waiting::atOnce));
      batch.forEach(one -> one.done().complete(null));
    } catch (RuntimeException | Error e) {
      // Also where memory runs out: whoever is not told here would look for its own for ever.
      batch.forEach(one -> one.done().completeExceptionally(e));
    }
  }

  private void write(List<AuditRecord> records, boolean atOnce) {
    while (true) {
      Versioned<AuditHead> head = head();
      if (head.value().sequence() != written) {
        // Moved by another console, which may have died before it wrote the documents.
        visibleAtOnce.write(head.value());
      }
      AuditHead next = head.value().after(records, clock.instant());
      if (heads.replace(head, next)) {
        (atOnce ? visibleAtOnce : seenLater).write(next);
        written = next.sequence();
        return;
      }
    }
  }

  private Versioned<AuditHead> head() {
    Optional<Versioned<AuditHead>> known = heads.get(AuditHead.ID);
    if (known.isEmpty()) {
      heads.create(AuditHead.ID, AuditHead.before(visibleAtOnce.unlinked(), clock.instant()));
      known = heads.get(AuditHead.ID);
    }
    return known.orElseThrow(() -> new StoreUnavailableException("The audit chain is away", null));
  }

  /** Both kinds of documents of the chain. */
  private record Records(Documents<AuditEntry> entries, Documents<AuditResult> results) {
    private static final DocumentQuery UNLINKED =
        DocumentQuery.ALL.and(new Condition.Missing(AuditKinds.SEQUENCE));

    /** Writes the documents of the records that are not there yet. */
    void write(AuditHead head) {
      if (!head.entries().isEmpty()) {
        entries.createAll(byId(head.entries()));
      }
      if (!head.results().isEmpty()) {
        results.createAll(byId(head.results()));
      }
    }

    /** How many records there are without a place in the chain. */
    long unlinked() {
      return entries.count(UNLINKED) + results.count(UNLINKED);
    }

    private static <T extends AuditRecord> Map<String, T> byId(Collection<T> records) {
      Map<String, T> byId = new LinkedHashMap<>();
      records.forEach(record -> byId.put(record.documentId(), record));
      return byId;
    }
  }

  /** Records of one caller. */
  private record Waiting(List<AuditRecord> records, boolean atOnce, CompletableFuture<Void> done) {
    void await() {
      try {
        done.join();
      } catch (CompletionException e) {
        throw e.getCause() instanceof RuntimeException cause ? cause : e;
      }
    }
  }
}
