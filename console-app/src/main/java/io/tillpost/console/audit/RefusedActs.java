package io.tillpost.console.audit;

import io.tillpost.store.StoreUnavailableException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a record of acts that were refused because of somebody's roles or stores. The first is
 * written at once; what the same person is refused of the same kind within the minute after is
 * counted and written as one, so that a program that tries again and again cannot fill the trail.
 * Unlike acts, a refusal does not fail where it cannot be written: nothing was done.
 */
final class RefusedActs {
  private static final Logger LOG = LoggerFactory.getLogger(RefusedActs.class);
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final Clock clock;
  private final Map<Kind, Window> windows = new HashMap<>();

  RefusedActs(Clock clock) {
    this.clock = clock;
  }

  /** Writes one act that was refused, and why. */
  @FunctionalInterface
  interface Writing {
    void write(AuditAct act, String why, @Nullable String address);
  }

  /** Who was refused what. */
  private record Kind(String actor, AuditAction action) {}

  /** A minute, and what came in it that is not written yet. */
  private record Window(
      Instant until, int more, AuditAct last, String why, @Nullable String address) {}

  /**
   * Somebody was refused something.
   *
   * @param why as a sentence
   * @param address where the request came from, or null where none did
   */
  void note(AuditAct act, String why, @Nullable String address, Writing writing) {
    flush(clock.instant(), writing);
    if (isFirst(act, why, address)) {
      write(act, why, address, writing);
    }
  }

  /** Writes what was counted in minutes that are over. */
  void flush(Writing writing) {
    flush(clock.instant(), writing);
  }

  /** Writes all that was counted. */
  void flushAll(Writing writing) {
    flush(Instant.MAX, writing);
  }

  private synchronized boolean isFirst(AuditAct act, String why, @Nullable String address) {
    Kind kind = new Kind(act.actor(), act.action());
    Window known = windows.get(kind);
    if (known == null) {
      windows.put(kind, new Window(clock.instant().plus(MINUTE), 0, act, why, address));
      return true;
    }
    windows.put(kind, new Window(known.until(), known.more() + 1, act, why, address));
    return false;
  }

  /**
   * Where more came, the minute after that is counted too; else the next one is written at once.
   */
  private void flush(Instant now, Writing writing) {
    over(now)
        .forEach(
            window ->
                write(
                    window.last(),
                    "%s (%,d of this kind within a minute; this is the last of them)"
                        .formatted(window.why(), window.more()),
                    window.address(),
                    writing));
  }

  private synchronized List<Window> over(Instant now) {
    List<Window> counted = new ArrayList<>();
    Map<Kind, Window> next = new HashMap<>();
    windows.forEach(
        (kind, window) -> {
          if (window.until().isAfter(now)) {
            next.put(kind, window);
          } else if (window.more() > 0) {
            counted.add(window);
            next.put(
                kind,
                new Window(
                    clock.instant().plus(MINUTE),
                    0,
                    window.last(),
                    window.why(),
                    window.address()));
          }
        });
    windows.clear();
    windows.putAll(next);
    return counted;
  }

  private static void write(AuditAct act, String why, @Nullable String address, Writing writing) {
    try {
      writing.write(act, why, address);
    } catch (StoreUnavailableException e) {
      LOG.warn(
          "Not in the audit trail, because the storage is away: {} was refused {}",
          act.actor(),
          act.action(),
          e);
    }
  }
}
