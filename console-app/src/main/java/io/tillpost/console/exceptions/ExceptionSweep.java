package io.tillpost.console.exceptions;

import io.tillpost.failure.ExceptionEvent;
import io.tillpost.failure.ExceptionGroup;
import io.tillpost.failure.ExceptionStatus;
import io.tillpost.failure.Fingerprint;
import io.tillpost.failure.IgnoredUntil;
import io.tillpost.store.FailureQueries;
import io.tillpost.store.FailureQueries.FailureFilter;
import io.tillpost.store.FailureQueries.Group;
import io.tillpost.store.StoreUnavailableException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Resolves exceptions whose messages are all through, says which came back, and which became worse
 * than they were ignored for or grow fast; tells them of merges that a crash kept from them, and
 * people of comments that name them. Any number of consoles may do it at the same time.
 */
final class ExceptionSweep implements SmartLifecycle {
  private static final Logger log = LoggerFactory.getLogger(ExceptionSweep.class);
  private static final Duration EVERY = Duration.ofSeconds(10);
  private static final int MOST = 10_000;

  private static final Duration GROWTH_EVERY = Duration.ofMinutes(1);
  private static final Set<ExceptionStatus> NOT_RESOLVED =
      EnumSet.complementOf(EnumSet.of(ExceptionStatus.RESOLVED, ExceptionStatus.MERGED));

  private final TriageRecords records;
  private final FailureQueries failures;
  private final Regrouping regrouping;
  private final MentionMails mentions;
  private final RecoveriesUnderWay underWay;
  private final Clock clock;
  private Instant lookAtGrowth = Instant.MIN;
  private volatile boolean running;
  private @Nullable Thread thread;

  ExceptionSweep(
      TriageRecords records,
      FailureQueries failures,
      Regrouping regrouping,
      MentionMails mentions,
      RecoveriesUnderWay underWay,
      Clock clock) {
    this.records = records;
    this.failures = failures;
    this.regrouping = regrouping;
    this.mentions = mentions;
    this.underWay = underWay;
    this.clock = clock;
  }

  /** Does it once. */
  void sweep() {
    // A console that died may have merged two exceptions and not have told them.
    regrouping.settle();
    Map<String, Group> failed = new HashMap<>();
    for (Group group : failures.groups(FailureFilter.ALL, MOST)) {
      failed.put(group.fingerprint().value(), group);
    }
    for (ExceptionGroup group : records.in(NOT_RESOLVED)) {
      if (!failed.containsKey(group.fingerprint()) && !underWay.of(group)) {
        tell(group.fingerprint(), ExceptionEvent.EMPTIED, "no message is failed any more");
      }
    }
    for (ExceptionGroup group : records.in(EnumSet.of(ExceptionStatus.RECOVERING))) {
      if (failed.containsKey(group.fingerprint()) && !isUnderWay(group)) {
        // The console that saw it end could not tell.
        records.change(
            new Fingerprint(group.fingerprint()),
            now -> isUnderWay(now) ? Optional.empty() : afterRecovery(now));
      }
    }
    for (ExceptionGroup group : records.in(EnumSet.of(ExceptionStatus.RESOLVED))) {
      if (failed.containsKey(group.fingerprint())) {
        tell(group.fingerprint(), ExceptionEvent.RETURNED, "messages failed again");
      }
    }
    endIgnoring(failed);
    if (!clock.instant().isBefore(lookAtGrowth)) {
      lookAtGrowth = clock.instant().plus(GROWTH_EVERY);
      escalate(failed);
    }
  }

  /** An operation that has just begun may not be found yet; it has left its act, though. */
  private boolean isUnderWay(ExceptionGroup group) {
    Instant justNow = clock.instant().minus(EVERY);
    return group.lastActedAt().filter(at -> at.isAfter(justNow)).isPresent() || underWay.of(group);
  }

  private Optional<ExceptionGroup> afterRecovery(ExceptionGroup group) {
    return group.after(
        ExceptionEvent.RECOVERY_ENDED, null, "the recovery came to its end", clock.instant());
  }

  private void endIgnoring(Map<String, Group> failed) {
    Instant now = clock.instant();
    for (ExceptionGroup ignored : records.in(EnumSet.of(ExceptionStatus.IGNORED))) {
      Group group = failed.get(ignored.fingerprint());
      IgnoredUntil until = ignored.ignoredUntil();
      if (group != null && until != null) {
        until
            .overBecause(group.messages(), group.stores(), group.money(), now)
            .ifPresent(
                why ->
                    tell(
                        ignored.fingerprint(),
                        ExceptionEvent.WORSENED,
                        "is ignored no longer: " + why));
      }
    }
  }

  /** Says so where an exception grows fast that somebody has seen, but not in the last hour. */
  private void escalate(Map<String, Group> failed) {
    Instant hourAgo = clock.instant().minus(Growth.WINDOW);
    Set<Fingerprint> seen =
        records.in(EnumSet.of(ExceptionStatus.OPEN)).stream()
            .filter(group -> group.lastActedAt().filter(at -> at.isAfter(hourAgo)).isEmpty())
            .map(ExceptionGroup::fingerprint)
            .filter(failed::containsKey)
            .map(Fingerprint::new)
            .collect(Collectors.toSet());
    Growth.of(failures, seen, clock.instant())
        .forEach(
            (fingerprint, growth) ->
                tell(fingerprint.value(), ExceptionEvent.WORSENED, growth.words()));
  }

  @Override
  public synchronized void start() {
    if (!running) {
      running = true;
      thread = Thread.ofVirtual().name("exception-sweep").start(this::run);
    }
  }

  @Override
  public synchronized void stop() {
    running = false;
    Thread ending = thread;
    thread = null;
    if (ending != null) {
      ending.interrupt();
    }
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  private void tell(String fingerprint, ExceptionEvent event, String what) {
    records.change(
        new Fingerprint(fingerprint), now -> now.after(event, null, what, clock.instant()));
  }

  private void run() {
    while (running) {
      try {
        sweep();
        mentions.run();
      } catch (StoreUnavailableException e) {
        log.warn("Exceptions wait for the storage: {}", e.getMessage());
      } catch (RuntimeException e) {
        log.error("Exceptions could not be looked through; again in {}", EVERY, e);
      }
      try {
        Thread.sleep(EVERY);
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }
}
