package io.tillpost.console.exceptions;

import io.tillpost.console.background.RepeatedWork;
import io.tillpost.console.classification.Classifier;
import io.tillpost.console.classification.RuleMatch;
import io.tillpost.failure.ExceptionEvent;
import io.tillpost.failure.ExceptionGroup;
import io.tillpost.failure.ExceptionStatus;
import io.tillpost.failure.Fingerprint;
import io.tillpost.failure.IgnoredUntil;
import io.tillpost.store.FailureQueries;
import io.tillpost.store.FailureQueries.Group;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Writes down which exceptions there are and which a rule gave to the other side, resolves those
 * whose messages are all through, says which came back, and which became worse than they were
 * ignored for or grow fast; tells them of merges that a crash kept from them, and people of
 * comments that name them. It looks at all of them, part by part. Any number of consoles may do it
 * at the same time.
 */
final class ExceptionSweep extends RepeatedWork {
  private static final Duration EVERY = Duration.ofSeconds(10);
  private static final int PART = 1_000;

  private static final Duration GROWTH_EVERY = Duration.ofMinutes(1);

  /**
   * So long none of its messages has to be failed before an exception that nobody looked at counts
   * as resolved: a message that is on its way again is not failed, but it is not through either.
   */
  static final Duration QUIET = Duration.ofMinutes(2);

  private static final Set<ExceptionStatus> NOT_RESOLVED =
      EnumSet.complementOf(EnumSet.of(ExceptionStatus.RESOLVED, ExceptionStatus.MERGED));

  private final TriageRecords records;
  private final FailureQueries failures;
  private final Classifier classifier;
  private final Regrouping regrouping;
  private final MentionMails mentions;
  private final RecoveriesUnderWay underWay;
  private final Clock clock;

  /** Since when those that nobody looked at have no failed message; only those. */
  private Map<String, Instant> emptySince = Map.of();

  private Instant lookAtGrowth = Instant.MIN;

  ExceptionSweep(
      TriageRecords records,
      FailureQueries failures,
      Classifier classifier,
      Regrouping regrouping,
      MentionMails mentions,
      RecoveriesUnderWay underWay,
      Clock clock) {
    super("exception-sweep", EVERY);
    this.records = records;
    this.failures = failures;
    this.classifier = classifier;
    this.regrouping = regrouping;
    this.mentions = mentions;
    this.underWay = underWay;
    this.clock = clock;
  }

  @Override
  protected void once() {
    sweep();
    mentions.run();
  }

  /** Looks through all exceptions once. */
  void sweep() {
    // A console that died may have merged two exceptions and not have told them.
    regrouping.settle();
    Instant begun = clock.instant();
    boolean grow = !begun.isBefore(lookAtGrowth);
    failures.eachGroup(PART, groups -> failed(groups, grow));
    if (grow) {
      // Only now: where a part could not be looked at, the next sweep looks at all again.
      lookAtGrowth = begun.plus(GROWTH_EVERY);
    }
    Map<String, Instant> before = emptySince;
    Map<String, Instant> empty = new HashMap<>();
    records.each(NOT_RESOLVED, PART, part -> resolve(part, before, empty));
    emptySince = empty;
  }

  /** Looks at exceptions that have failed messages. */
  private void failed(List<Group> groups, boolean grow) {
    Map<String, ExceptionGroup> known =
        records.all(groups.stream().map(Group::fingerprint).toList());
    Map<Classifier.Subject, RuleMatch> matches =
        classifier.of(groups.stream().map(ExceptionSummary::subject).toList());
    List<ExceptionSummary> begun = new ArrayList<>();
    Map<String, ExceptionSummary> moved = new HashMap<>();
    Set<Fingerprint> returned = new HashSet<>();
    Set<Fingerprint> recovering = new HashSet<>();
    for (Group group : groups) {
      ExceptionGroup decided = known.get(group.fingerprint().value());
      RuleMatch match = matches.get(ExceptionSummary.subject(group));
      if (decided == null) {
        begun.add(summary(group, ExceptionGroup.fresh(group.fingerprint()), match));
        continue;
      }
      ExceptionSummary summary = summary(group, decided, match);
      if (summary.lookedAt(clock.instant()).isPresent()) {
        moved.put(decided.fingerprint(), summary);
      }
      failed(group, decided, returned, recovering);
    }
    records.begin(begun, clock.instant());
    tell(returned, ExceptionEvent.RETURNED, "messages failed again");
    endRecoveries(recovering);
    records.changeAll(
        moved.values().stream().map(ExceptionSummary::fingerprint).toList(),
        now ->
            Objects.requireNonNull(moved.get(now.fingerprint()), "asked for")
                .as(now)
                .lookedAt(clock.instant()));
    if (grow) {
      escalate(known.values());
    }
  }

  /** Whose it is has nothing to do with who has to act. */
  private static ExceptionSummary summary(
      Group group, ExceptionGroup triage, @Nullable RuleMatch match) {
    return ExceptionSummary.of(group, triage, match, _ -> true);
  }

  private void failed(
      Group group, ExceptionGroup decided, Set<Fingerprint> returned, Set<Fingerprint> recovering) {
    switch (decided.status()) {
      case RESOLVED -> returned.add(group.fingerprint());
      case RECOVERING -> recovering.add(group.fingerprint());
      case IGNORED -> endIgnoring(group, decided);
      case NEW, OPEN, REGRESSED, ESCALATED, MERGED -> {
        // It stands as it did.
      }
    }
  }

  /** Of those that have failed messages: all of it may be done, or the end could not be told. */
  private void endRecoveries(Set<Fingerprint> recovering) {
    Set<Fingerprint> busy = underWay.among(recovering);
    records.changeAll(
        recovering.stream().filter(one -> !busy.contains(one)).toList(),
        now ->
            hasJustBegun(now)
                ? Optional.empty()
                : now.after(
                    ExceptionEvent.RECOVERY_ENDED,
                    null,
                    "the recovery came to its end",
                    clock.instant()));
  }

  /** Resolves those that have no failed message and of which nothing is on its way. */
  private void resolve(
      List<ExceptionGroup> part, Map<String, Instant> before, Map<String, Instant> empty) {
    Set<Fingerprint> failing = failures.failing(fingerprints(part));
    List<ExceptionGroup> gone =
        part.stream().filter(g -> !failing.contains(new Fingerprint(g.fingerprint()))).toList();
    if (gone.isEmpty()) {
      return;
    }
    // Asked last: what has gone out since then was failed a moment ago.
    Set<Fingerprint> busy = underWay.among(fingerprints(gone));
    Instant now = clock.instant();
    Set<Fingerprint> through = new HashSet<>();
    for (ExceptionGroup group : gone) {
      String fingerprint = group.fingerprint();
      if (!busy.contains(new Fingerprint(fingerprint)) && !hasJustBegun(group)) {
        if (group.status().isForReview() || group.status() == ExceptionStatus.IGNORED) {
          Instant since = before.getOrDefault(fingerprint, now);
          empty.put(fingerprint, since);
          if (since.plus(QUIET).isAfter(now)) {
            continue;
          }
        }
        through.add(new Fingerprint(fingerprint));
      }
    }
    if (!through.isEmpty()) {
      // What was on its way at first may have come back since.
      through.removeAll(failures.failing(Set.copyOf(through)));
    }
    tell(through, ExceptionEvent.EMPTIED, "no message is failed any more");
  }

  private static Set<Fingerprint> fingerprints(List<ExceptionGroup> groups) {
    return groups.stream()
        .map(group -> new Fingerprint(group.fingerprint()))
        .collect(Collectors.toSet());
  }

  /** The items of a recovery that has just begun may not be found yet; it has left its act. */
  private boolean hasJustBegun(ExceptionGroup group) {
    Instant justNow = clock.instant().minus(EVERY);
    return group.status() == ExceptionStatus.RECOVERING
        && group.lastActedAt().filter(at -> at.isAfter(justNow)).isPresent();
  }

  private void endIgnoring(Group group, ExceptionGroup ignored) {
    IgnoredUntil until = ignored.ignoredUntil();
    if (until != null) {
      until
          .overBecause(group.messages(), group.stores(), group.money(), clock.instant())
          .ifPresent(
              why ->
                  tell(
                      Set.of(group.fingerprint()),
                      ExceptionEvent.WORSENED,
                      "is ignored no longer: " + why));
    }
  }

  /** Says so where an exception grows fast that somebody has seen, but not in the last hour. */
  private void escalate(Collection<ExceptionGroup> failed) {
    Instant hourAgo = clock.instant().minus(Growth.WINDOW);
    Set<Fingerprint> seen =
        failed.stream()
            .filter(group -> group.status() == ExceptionStatus.OPEN)
            .filter(group -> group.lastActedAt().filter(at -> at.isAfter(hourAgo)).isEmpty())
            .map(group -> new Fingerprint(group.fingerprint()))
            .collect(Collectors.toSet());
    Growth.of(failures, seen, clock.instant())
        .forEach(
            (fingerprint, growth) ->
                tell(Set.of(fingerprint), ExceptionEvent.WORSENED, growth.words()));
  }

  private void tell(Set<Fingerprint> exceptions, ExceptionEvent event, String what) {
    records.changeAll(exceptions, now -> now.after(event, null, what, clock.instant()));
  }
}
