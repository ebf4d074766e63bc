package io.tillpost.console.exceptions;

import io.tillpost.console.retention.OldData;
import io.tillpost.console.security.CurrentOperator;
import io.tillpost.failure.Fingerprint;
import io.tillpost.failure.Grouping;
import io.tillpost.store.DocumentKind;
import io.tillpost.store.DocumentKind.FieldType;
import io.tillpost.store.DocumentQuery;
import io.tillpost.store.Documents;
import io.tillpost.store.Documents.Versioned;
import io.tillpost.store.FailureQueries;
import io.tillpost.store.Stores;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the exceptions of a request over several. The list of a request that may come again is
 * written down before anything is done, create only, so that a repeat goes on where a crash stopped
 * it and never goes further.
 */
final class FrozenLists implements OldData {
  private static final int MOST = BulkTriage.MOST;
  private static final int DROPPED_AT_ONCE = 1_000;
  private static final DocumentKind<FrozenList> LISTS =
      new DocumentKind<>("bulk-triage", FrozenList.class, Map.of("at", FieldType.DATE), false);

  private final ExceptionInbox inbox;
  private final TriageRecords records;
  private final FailureQueries failures;
  private final Documents<FrozenList> lists;
  private final CurrentOperator currentOperator;
  private final Clock clock;

  FrozenLists(
      ExceptionInbox inbox,
      TriageRecords records,
      Stores stores,
      CurrentOperator currentOperator,
      Clock clock) {
    this.inbox = inbox;
    this.records = records;
    this.failures = stores.failures();
    this.lists = stores.documents().of(LISTS);
    this.currentOperator = currentOperator;
    this.clock = clock;
  }

  /** Which exceptions a request is about. */
  sealed interface Frozen {
    /** These; a repeat of the request is about the same. */
    record Chosen(List<Fingerprint> exceptions) implements Frozen {}

    /** None can be told, for this reason. */
    record Invalid(String reason) implements Frozen {}

    /** Another request came with the same key. */
    record OtherRequest() implements Frozen {}
  }

  @Override
  public Kept kept() {
    return Kept.REQUESTS;
  }

  /** What a request did is in each exception; its list is for a repeat, which has long come. */
  @Override
  public void drop(Instant before) {
    lists
        .find(
            DocumentQuery.ALL
                .and(new DocumentQuery.Condition.Between("at", null, before))
                .sorted("at", false)
                .page(DROPPED_AT_ONCE, null))
        .items()
        .forEach(lists::remove);
  }

  /**
   * Chooses exceptions once and for all.
   *
   * @param ids of exceptions, or null; one that was merged stands for where it is now
   * @param filter parameters of the list, or null; exactly one of both is given
   * @param request the request that may come again, or null
   */
  Frozen freeze(
      @Nullable List<String> ids,
      @Nullable Map<String, List<String>> filter,
      @Nullable TriageRequest request) {
    if (request != null) {
      Optional<FrozenList> known = lists.get(request.beginning()).map(Versioned::value);
      if (known.isPresent()) {
        return again(known.get(), request);
      }
    }
    if ((ids == null) == (filter == null)) {
      return new Frozen.Invalid("Give either ids of exceptions or a filter");
    }
    Frozen frozen = ids == null ? matching(Objects.requireNonNull(filter)) : known(ids);
    if (request == null || !(frozen instanceof Frozen.Chosen chosen)) {
      return frozen;
    }
    FrozenList list =
        new FrozenList(
            request.name(),
            chosen.exceptions().stream().map(Fingerprint::value).toList(),
            currentOperator.get().id(),
            clock.instant());
    return lists.create(request.beginning(), list)
        ? frozen
        : again(lists.get(request.beginning()).orElseThrow().value(), request);
  }

  private static Frozen again(FrozenList known, TriageRequest request) {
    return known.request().equals(request.name())
        ? new Frozen.Chosen(known.exceptions().stream().map(Fingerprint::new).toList())
        : new Frozen.OtherRequest();
  }

  private Frozen matching(Map<String, List<String>> filter) {
    // What would narrow the list must never be passed over: it would be done to many more.
    Optional<String> odd = ExceptionFilterParameters.objection(filter);
    if (odd.isPresent()) {
      return new Frozen.Invalid(odd.get());
    }
    ExceptionFilterParameters.Read read =
        ExceptionFilterParameters.read(filter, currentOperator.get().id());
    if (!read.problems().isEmpty()) {
      return new Frozen.Invalid(String.join("; ", read.problems()));
    }
    return chosen(inbox.list(read.filter()).stream().map(ExceptionSummary::fingerprint).toList());
  }

  private Frozen known(List<String> ids) {
    Grouping grouping = failures.grouping();
    Set<Fingerprint> asked = new LinkedHashSet<>();
    for (String id : ids) {
      Optional<Fingerprint> read = Fingerprints.read(id);
      if (read.isEmpty()) {
        return new Frozen.Invalid("There is no exception " + id);
      }
      asked.add(grouping.root(read.get()));
    }
    if (asked.isEmpty() || asked.size() > MOST) {
      return tooMany(asked.size());
    }
    Set<Fingerprint> there = new HashSet<>();
    inbox.list(ExceptionFilter.ALL).forEach(one -> there.add(one.fingerprint()));
    records.all(asked).keySet().forEach(id -> there.add(new Fingerprint(id)));
    // The list is kept for a moment, so one that began within it is asked for by itself.
    return asked.stream()
        .filter(one -> !there.contains(one) && failures.group(one).isEmpty())
        .findFirst()
        .<Frozen>map(one -> new Frozen.Invalid("There is no exception " + one))
        .orElseGet(() -> new Frozen.Chosen(List.copyOf(asked)));
  }

  private static Frozen chosen(List<Fingerprint> exceptions) {
    return exceptions.size() > MOST ? tooMany(exceptions.size()) : new Frozen.Chosen(exceptions);
  }

  private static Frozen tooMany(int count) {
    return new Frozen.Invalid(
        "These are %,d exceptions: 1 to %,d at a time".formatted(count, MOST));
  }
}
