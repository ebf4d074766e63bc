package io.tillpost.console.exceptions;

import io.tillpost.console.audit.AuditAction;
import io.tillpost.console.exceptions.Regrouping.Change;
import io.tillpost.console.security.Permission;
import io.tillpost.failure.ExceptionEvent;
import io.tillpost.failure.ExceptionMerge;
import io.tillpost.failure.ExceptionStatus;
import io.tillpost.failure.Fingerprint;
import io.tillpost.failure.Grouping;
import io.tillpost.failure.RegroupStep;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.security.access.prepost.PreAuthorize;

/** Puts exceptions together by hand, and takes them apart again. */
public class Merging {
  /** The longest reason, in characters. */
  public static final int LONGEST_REASON = Regrouping.LONGEST_REASON;

  /** The most exceptions that are merged into one at a time. */
  public static final int MOST_AT_ONCE = 200;

  private final Regrouping regrouping;
  private final TriageRecords records;

  Merging(Regrouping regrouping, TriageRecords records) {
    this.regrouping = regrouping;
    this.records = records;
  }

  /**
   * Puts exceptions into another one: the messages of all are one exception from now on, those that
   * fail later too. What was decided about that one counts.
   *
   * @param into the one that stays
   * @param others those that go into it, at most 200
   * @param reason up to 1,000 characters, or null
   */
  @PreAuthorize("hasRole('" + Permission.Name.CLASSIFY + "')")
  public TriageAnswer merge(
      Fingerprint into, Collection<Fingerprint> others, @Nullable String reason) {
    List<Fingerprint> all = new ArrayList<>(new LinkedHashSet<>(others));
    if (all.isEmpty() || all.size() > MOST_AT_ONCE) {
      return new TriageAnswer.Invalid(
          "1 to %,d exceptions are merged into another at a time".formatted(MOST_AT_ONCE));
    }
    if (all.contains(into)) {
      return new TriageAnswer.Invalid("An exception cannot be merged into itself");
    }
    all.add(into);
    Map<Fingerprint, String> known = regrouping.titles(all);
    Map<Fingerprint, String> titles = new LinkedHashMap<>();
    for (Fingerprint one : all) {
      String title = known.get(one);
      if (title == null) {
        return new TriageAnswer.Invalid("There is no exception " + one);
      }
      titles.put(one, title);
    }
    Merge merge = new Merge(into, titles, Regrouping.reason(reason));
    return regrouping.act(
        regrouping
            .audited(AuditAction.MERGE, into)
            .changing(null, "merged into it: " + merge.names())
            .because(merge.reason()),
        into,
        grouping -> merged(grouping, merge),
        () ->
            merge
                .from()
                .forEach(
                    one ->
                        regrouping.note(
                            regrouping
                                .audited(AuditAction.MERGE, one)
                                .changing(null, "merged into " + merge.named(into))
                                .because(merge.reason()))));
  }

  /**
   * Takes a merge back: the exception is one of its own again, and so are its messages.
   *
   * @param merged the one that went into another
   * @param reason up to 1,000 characters, or null
   */
  @PreAuthorize("hasRole('" + Permission.Name.CLASSIFY + "')")
  public TriageAnswer takeApart(Fingerprint merged, @Nullable String reason) {
    String why = Regrouping.reason(reason);
    Grouping before = regrouping.current();
    Fingerprint root = before.root(merged);
    String title = regrouping.titleOf(merged);
    return regrouping.act(
        regrouping
            .audited(AuditAction.TAKE_APART, merged)
            .changing("in " + Regrouping.named(regrouping.titleOf(root), root), "on its own")
            .because(why),
        merged,
        grouping -> takenApart(grouping, merged, why),
        () ->
            regrouping.note(
                regrouping
                    .audited(AuditAction.TAKE_APART, root)
                    .changing("with " + Regrouping.named(title, merged), "without it")
                    .because(why)));
  }

  /**
   * Takes a split back: puts the part into the exception from which it was split off, or into the
   * one in which that is by now. Like any merge it can be taken apart again.
   *
   * @param reason up to 1,000 characters, or null
   */
  @PreAuthorize("hasRole('" + Permission.Name.CLASSIFY + "')")
  public TriageAnswer putBack(Fingerprint part, @Nullable String reason) {
    Grouping grouping = regrouping.current();
    return grouping
        .splitOf(part)
        .map(split -> merge(grouping.root(split.from()), List.of(part), reason))
        .orElseGet(() -> new TriageAnswer.Invalid("It was not split off another one"));
  }

  /** What is to be merged: titles of all, that of the one that stays last. */
  private record Merge(Fingerprint into, Map<Fingerprint, String> titles, @Nullable String reason) {
    List<Fingerprint> from() {
      return titles.keySet().stream().filter(one -> !one.equals(into)).toList();
    }

    String title(Fingerprint one) {
      return titles.getOrDefault(one, one.value());
    }

    String named(Fingerprint one) {
      return Regrouping.named(title(one), one);
    }

    String names() {
      return from().stream().map(this::named).collect(Collectors.joining(", "));
    }
  }

  private Change merged(Grouping grouping, Merge merge) {
    Optional<String> objection = regrouping.objection(grouping, merge.titles());
    if (objection.isPresent()) {
      return new Change.Impossible(objection.get());
    }
    Instant now = regrouping.now();
    Fingerprint into = merge.into();
    List<ExceptionMerge> merges = new ArrayList<>();
    List<RegroupStep> steps = new ArrayList<>();
    for (Fingerprint one : merge.from()) {
      String title = merge.title(one);
      merges.add(
          new ExceptionMerge(
              one, into, title, merge.title(into), now, regrouping.me(), merge.reason()));
      String away = Regrouping.because("merged it into " + merge.named(into), merge.reason());
      steps.add(regrouping.step(one, ExceptionEvent.MERGED_AWAY, now, away, title, true));
      String more = Regrouping.because("merged " + merge.named(one) + " into it", merge.reason());
      steps.add(regrouping.step(into, ExceptionEvent.ENLARGED, now, more, merge.title(into), true));
    }
    return new Change.To(grouping.merged(merges, steps));
  }

  private Change takenApart(Grouping grouping, Fingerprint merged, @Nullable String why) {
    Optional<ExceptionMerge> merge = grouping.mergeOf(merged);
    if (merge.isEmpty()) {
      return new Change.Impossible("It is in no other exception");
    }
    Fingerprint root = grouping.root(merged);
    if (records.get(root).status() == ExceptionStatus.RECOVERING) {
      return new Change.Impossible("A recovery of its messages runs: wait for its end");
    }
    Instant now = regrouping.now();
    String title = merge.get().fromTitle();
    String rootTitle = regrouping.titleOf(root);
    String out = "took " + Regrouping.named(title, merged) + " out of it again";
    String own = "took it out of " + Regrouping.named(rootTitle, root) + " again";
    return new Change.To(
        grouping.takenApart(
            merged,
            List.of(
                regrouping.step(
                    root,
                    ExceptionEvent.ACTED_ON,
                    now,
                    Regrouping.because(out, why),
                    rootTitle,
                    false),
                regrouping.step(
                    merged,
                    ExceptionEvent.TAKEN_APART,
                    now,
                    Regrouping.because(own, why),
                    title,
                    true))));
  }
}
