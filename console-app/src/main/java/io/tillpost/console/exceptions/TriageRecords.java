package io.tillpost.console.exceptions;

import io.tillpost.failure.ExceptionGroup;
import io.tillpost.failure.ExceptionStatus;
import io.tillpost.failure.Fingerprint;
import io.tillpost.failure.Grouping;
import io.tillpost.store.DocumentKind;
import io.tillpost.store.DocumentKind.FieldType;
import io.tillpost.store.DocumentQuery;
import io.tillpost.store.DocumentQuery.Condition;
import io.tillpost.store.DocumentStore;
import io.tillpost.store.Documents;
import io.tillpost.store.Documents.Replacement;
import io.tillpost.store.Documents.Versioned;
import io.tillpost.store.FailureQueries;
import io.tillpost.store.FailureQueries.FailureFilter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What people decided about exceptions. A document comes into being when the sweep first sees the
 * exception, or with the first act.
 */
final class TriageRecords {
  private static final DocumentKind<ExceptionGroup> EXCEPTIONS =
      new DocumentKind<>(
          "exceptions",
          ExceptionGroup.class,
          Map.of(
              "fingerprint", FieldType.KEYWORD,
              "status", FieldType.KEYWORD,
              "assignee", FieldType.KEYWORD,
              "comments.at", FieldType.DATE,
              "history.at", FieldType.DATE,
              "team_given.at", FieldType.DATE),
          true);
  private static final int CHUNK = 1_000;
  private static final int MOST = 10_000;

  /** So many are asked for one by one, more of them all at once. */
  private static final int FEW = 5;

  private final Documents<ExceptionGroup> documents;
  private final FailureQueries failures;

  TriageRecords(DocumentStore store, FailureQueries failures) {
    this.documents = store.of(EXCEPTIONS);
    this.failures = failures;
  }

  /** As it is now; a fresh one where nobody has done anything yet. */
  ExceptionGroup get(Fingerprint fingerprint) {
    return documents
        .get(fingerprint.value())
        .map(Versioned::value)
        .orElseGet(() -> ExceptionGroup.fresh(fingerprint));
  }

  /** Those of these exceptions that somebody has done something about, by fingerprint. */
  Map<String, ExceptionGroup> all(Collection<Fingerprint> fingerprints) {
    Map<String, ExceptionGroup> found = new HashMap<>();
    List<String> ids = fingerprints.stream().map(Fingerprint::value).toList();
    for (int from = 0; from < ids.size(); from += CHUNK) {
      Set<String> chunk =
          ids.subList(from, Math.min(ids.size(), from + CHUNK)).stream()
              .collect(Collectors.toSet());
      documents
          .find(DocumentQuery.ALL.and(new Condition.AnyOf("fingerprint", chunk)).page(CHUNK, null))
          .items()
          .forEach(d -> found.put(d.id(), d.value()));
    }
    return found;
  }

  /** Those of these exceptions to which the request of that name was done, as they are now. */
  Map<String, ExceptionGroup> doneBy(String request, Collection<Fingerprint> fingerprints) {
    Map<String, ExceptionGroup> done = new HashMap<>();
    documents
        .getAll(fingerprints.stream().map(Fingerprint::value).toList())
        .forEach(
            (id, known) -> {
              if (known.value().hasRequest(request)) {
                done.put(id, known.value());
              }
            });
    return done;
  }

  /**
   * What these exceptions are called, by fingerprint: as kept, else as their failed messages say
   * now. Without those that have no title.
   */
  Map<String, String> titles(Collection<String> fingerprints) {
    Map<String, String> titles = new HashMap<>();
    all(fingerprints.stream().map(Fingerprint::new).toList())
        .forEach(
            (fingerprint, group) -> {
              if (group.title() != null) {
                titles.put(fingerprint, group.title());
              }
            });
    Set<String> untitled = new TreeSet<>(fingerprints);
    untitled.removeAll(titles.keySet());
    if (untitled.size() > FEW) {
      failures.groups(FailureFilter.ALL, MOST).stream()
          .filter(failed -> untitled.contains(failed.fingerprint().value()))
          .forEach(
              failed ->
                  titles.put(failed.fingerprint().value(), ExceptionTitle.of(failed.sample())));
    } else {
      untitled.forEach(
          one ->
              failures
                  .group(new Fingerprint(one))
                  .ifPresent(failed -> titles.put(one, ExceptionTitle.of(failed.sample()))));
    }
    return titles;
  }

  /** Hands over all in any of these statuses, so many at a time. */
  void each(Set<ExceptionStatus> statuses, int part, Consumer<List<ExceptionGroup>> each) {
    Set<String> names = statuses.stream().map(Enum::name).collect(Collectors.toSet());
    documents.findAll(
        DocumentQuery.ALL.and(new Condition.AnyOf("status", names)).page(part, null),
        found -> each.accept(found.stream().map(Versioned::value).toList()));
  }

  /**
   * Hands over those with a comment since then, and those given to a team, part by part; one with
   * both comes twice.
   */
  void eachWithNews(Instant since, Consumer<ExceptionGroup> each) {
    for (String at : List.of("comments.at", "team_given.at")) {
      documents.findAll(
          DocumentQuery.ALL.and(new Condition.Between(at, since, null)).page(CHUNK, null),
          part -> part.forEach(one -> each.accept(one.value())));
    }
  }

  /**
   * Changes it, whoever else does at the same time: the change is made to what is there then. With
   * the first change it gets its title: once no message is failed any more, nothing could tell it.
   *
   * @param change what comes after; empty to leave it as it is
   * @return as it is then
   */
  ExceptionGroup change(
      Fingerprint fingerprint, Function<ExceptionGroup, Optional<ExceptionGroup>> change) {
    while (true) {
      Optional<Versioned<ExceptionGroup>> known = documents.get(fingerprint.value());
      ExceptionGroup before =
          known.map(Versioned::value).orElseGet(() -> ExceptionGroup.fresh(fingerprint));
      Optional<ExceptionGroup> after = change.apply(before).map(this::titled);
      if (after.isEmpty()) {
        return before;
      }
      boolean written =
          known
              .map(version -> documents.replace(version, after.get()))
              .orElseGet(() -> documents.create(fingerprint.value(), after.get()));
      if (written) {
        return after.get();
      }
    }
  }

  /** {@link #change} of several that are there, with few requests. */
  void changeAll(
      Collection<Fingerprint> exceptions,
      Function<ExceptionGroup, Optional<ExceptionGroup>> change) {
    if (exceptions.isEmpty()) {
      return;
    }
    List<Replacement<ExceptionGroup>> changed = new ArrayList<>();
    documents
        .getAll(exceptions.stream().map(Fingerprint::value).toList())
        .values()
        .forEach(
            known ->
                change
                    .apply(known.value())
                    .ifPresent(after -> changed.add(new Replacement<>(known, after))));
    documents.replaceAll(changed).forEach(id -> change(new Fingerprint(id), change));
  }

  /** {@link #changeAll}, also of those about which nothing is kept yet. */
  void changeOrBegin(
      Collection<Fingerprint> exceptions,
      Function<ExceptionGroup, Optional<ExceptionGroup>> change) {
    Set<String> known = exceptions.size() > 1 ? all(exceptions).keySet() : Set.of();
    Map<Boolean, List<Fingerprint>> byKnown =
        exceptions.stream().collect(Collectors.partitioningBy(one -> known.contains(one.value())));
    changeAll(byKnown.getOrDefault(true, List.of()), change);
    List<Fingerprint> fresh = byKnown.getOrDefault(false, List.of());
    if (fresh.size() > FEW) {
      beginAll(fresh, change);
    } else {
      fresh.forEach(one -> change(one, change));
    }
  }

  private void beginAll(
      List<Fingerprint> fresh, Function<ExceptionGroup, Optional<ExceptionGroup>> change) {
    Map<String, String> titles = titles(fresh.stream().map(Fingerprint::value).toList());
    Map<String, ExceptionGroup> changed = new HashMap<>();
    for (Fingerprint one : fresh) {
      String title = titles.get(one.value());
      change
          .apply(ExceptionGroup.fresh(one))
          .map(after -> title == null ? after : after.titled(title))
          .ifPresent(after -> changed.put(one.value(), after));
    }
    documents.createAll(changed).forEach(id -> change(new Fingerprint(id), change));
  }

  /**
   * Writes down that there are these exceptions, so that it is known later that they were. A part
   * that was split off is told by that.
   */
  void begin(Collection<ExceptionSummary> exceptions, Instant now) {
    if (exceptions.isEmpty()) {
      return;
    }
    Grouping grouping = failures.grouping();
    Map<String, ExceptionGroup> fresh = new HashMap<>();
    for (ExceptionSummary one : exceptions) {
      if (grouping.splitOf(one.fingerprint()).isEmpty()) {
        fresh.put(
            one.fingerprint().value(),
            one.lookedAt(now).orElseThrow().titled(ExceptionTitle.of(one.group().sample())));
      }
    }
    documents.createAll(fresh);
  }

  /**
   * Drops those that are resolved, that nobody ever did anything about, and to which nothing has
   * happened since then.
   */
  void forget(Instant before) {
    documents.findAll(
        DocumentQuery.ALL
            .where("status", ExceptionStatus.RESOLVED.name())
            .and(new Condition.Between("history.at", null, before)),
        part ->
            documents.removeUnchanged(
                part.stream()
                    .filter(one -> one.value().lastActedAt().isEmpty())
                    .filter(one -> one.value().history().getLast().at().isBefore(before))
                    .toList()));
  }

  private ExceptionGroup titled(ExceptionGroup group) {
    return group.title() != null
        ? group
        : failures
            .group(new Fingerprint(group.fingerprint()))
            .map(failed -> group.titled(ExceptionTitle.of(failed.sample())))
            .orElse(group);
  }
}
