package io.tillpost.console.audit;

import io.tillpost.store.DocumentQuery;
import io.tillpost.store.DocumentQuery.Condition;
import io.tillpost.store.DocumentStore;
import io.tillpost.store.Documents;
import io.tillpost.store.Page;
import io.tillpost.store.StoreUnavailableException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the audit trail. The entry is written before the act: where it cannot be written, the act
 * does not happen. What became of the act is written afterwards as a document of its own; where the
 * console dies in between, the entry stays with an outcome that is not known. Nothing is ever
 * changed or removed, and every record carries the hash of the one before: see {@link AuditChain}.
 */
public class AuditLog {
  private static final Logger log = LoggerFactory.getLogger(AuditLog.class);

  private final Documents<AuditEntry> entries;
  private final Documents<AuditResult> results;
  private final AuditChain chain;
  private final AuditCheck check;
  private final RefusedActs refusals;
  private final Supplier<Optional<String>> address;
  private final Clock clock;

  /**
   * An audit trail in that storage.
   *
   * @param address tells where the request that is being worked on came from
   */
  public AuditLog(DocumentStore documents, Supplier<Optional<String>> address, Clock clock) {
    this.entries = documents.of(AuditKinds.ENTRIES);
    this.results = documents.of(AuditKinds.RESULTS);
    this.chain = new AuditChain(documents, clock);
    this.check = new AuditCheck(documents, clock);
    this.refusals = new RefusedActs(clock);
    this.address = address;
    this.clock = clock;
  }

  /**
   * Does something and keeps a record of it.
   *
   * @param act what is about to be done
   * @param doing does it
   * @param ending says what became of it, from what {@code doing} returned
   * @throws StoreUnavailableException where the entry could not be written; then nothing was done
   */
  public <T> T record(AuditAct act, Supplier<T> doing, Function<T, Ending> ending) {
    AuditEntry entry = entry(act);
    chain.append(List.of(entry), true);
    T result;
    try {
      result = doing.get();
    } catch (RuntimeException e) {
      close(entry, new Ending(AuditOutcome.FAILED, e.getClass().getSimpleName()));
      throw e;
    }
    close(entry, ending.apply(result));
    return result;
  }

  /**
   * Keeps a record of something that is done already, or that was turned down.
   *
   * @throws StoreUnavailableException where it could not be written
   */
  public void note(AuditAct act, AuditOutcome outcome, @Nullable String detail) {
    note(act, new Ending(outcome, detail), true);
  }

  /**
   * Keeps a record of an act that was refused because of somebody's roles or stores: the first at
   * once, what one person is refused of the same kind in the minute after as one with its number.
   * Where it cannot be written, that is in the log.
   *
   * @param why as a sentence
   */
  public void refused(AuditAct act, String why) {
    refusals.note(act, why, address.get().orElse(null), this::noteRefused);
  }

  /** Writes the numbers of what was refused in minutes that are over. */
  void flushRefused() {
    refusals.flush(this::noteRefused);
  }

  /** Writes all numbers of what was refused. */
  void flushAllRefused() {
    refusals.flushAll(this::noteRefused);
  }

  /** With the address that the refused request came from, not that of who has it written. */
  private void noteRefused(AuditAct act, String why, @Nullable String from) {
    AuditEntry entry = AuditEntry.of(act, clock.instant(), from);
    chain.append(List.of(entry, result(entry, new Ending(AuditOutcome.REFUSED, why))), true);
  }

  /**
   * Keeps a record of one of thousands of things that are done one after the other; it is found
   * within a second.
   *
   * @throws StoreUnavailableException where it could not be written
   */
  public void noteOneOfMany(AuditAct act, AuditOutcome outcome, @Nullable String detail) {
    note(act, new Ending(outcome, detail), false);
  }

  /**
   * The entries that match, newest first.
   *
   * @param size 1 to 1,000
   * @param after {@link Page#next} of the part before, or null for the first
   */
  Page<AuditLine> find(AuditQuery query, int size, @Nullable String after) {
    Page<Documents.Versioned<AuditEntry>> page =
        entries.find(conditions(query).sorted("id", true).page(size, after));
    List<String> ids = page.items().stream().map(d -> d.value().id()).toList();
    Map<String, AuditResult> known = resultsOf(ids);
    List<AuditLine> lines =
        page.items().stream().map(d -> line(d.value(), known.get(d.value().id()))).toList();
    return new Page<>(lines, page.total(), page.next());
  }

  /** How many entries from before words were kept are not found by them yet. */
  long notFoundByWords() {
    return entries.withoutWords();
  }

  /**
   * Makes up to so many of these entries findable; they stay as they are.
   *
   * @return how many there were
   */
  int keepWords(int most) {
    return entries.keepWords(most);
  }

  /** Looks at every record of the trail. */
  AuditVerdict verify() {
    return check.run();
  }

  private void note(AuditAct act, Ending ending, boolean atOnce) {
    AuditEntry entry = entry(act);
    chain.append(List.of(entry, result(entry, ending)), atOnce);
  }

  private AuditEntry entry(AuditAct act) {
    return AuditEntry.of(act, clock.instant(), address.get().orElse(null));
  }

  private AuditResult result(AuditEntry entry, Ending ending) {
    return new AuditResult(entry.id(), clock.instant(), ending.outcome(), ending.detail(), null);
  }

  private void close(AuditEntry entry, Ending ending) {
    try {
      chain.append(List.of(result(entry, ending)), true);
    } catch (StoreUnavailableException e) {
      // The act is done and cannot be taken back; its entry is there and says "not known".
      log.warn("The outcome of audit entry {} could not be written", entry.id(), e);
    }
  }

  private Map<String, AuditResult> resultsOf(List<String> ids) {
    if (ids.isEmpty()) {
      return Map.of();
    }
    DocumentQuery query = DocumentQuery.ALL.and(new Condition.AnyOf("entry_id", Set.copyOf(ids)));
    return results.find(query.page(ids.size(), null)).items().stream()
        .map(Documents.Versioned::value)
        .collect(Collectors.toMap(AuditResult::entryId, Function.identity(), (a, b) -> a));
  }

  private static AuditLine line(AuditEntry entry, @Nullable AuditResult result) {
    return result == null
        ? new AuditLine(entry, AuditOutcome.NOT_KNOWN, null)
        : new AuditLine(entry, result.outcome(), result.detail());
  }

  private static DocumentQuery conditions(AuditQuery query) {
    DocumentQuery conditions = DocumentQuery.ALL;
    if (query.actor() != null) {
      conditions = conditions.where("actor", query.actor());
    }
    if (query.action() != null) {
      conditions = conditions.where("action", query.action().name());
    }
    if (query.subjectId() != null) {
      conditions = conditions.where("subject_id", query.subjectId());
    }
    String text = query.text();
    if (text != null) {
      conditions = conditions.and(new Condition.Text(text));
    }
    Instant from = query.from();
    Instant to = query.to();
    return from == null && to == null
        ? conditions
        : conditions.and(new Condition.Between("at", from, to));
  }

  /**
   * What became of an act.
   *
   * @param outcome what
   * @param detail in words, or null
   */
  public record Ending(AuditOutcome outcome, @Nullable String detail) {
    /** It was done. */
    public static final Ending DONE = new Ending(AuditOutcome.DONE, null);

    /** It was done, with this detail. */
    public static Ending done(String detail) {
      return new Ending(AuditOutcome.DONE, detail);
    }

    /** It was turned down for this reason. */
    public static Ending refused(String reason) {
      return new Ending(AuditOutcome.REFUSED, reason);
    }
  }
}
