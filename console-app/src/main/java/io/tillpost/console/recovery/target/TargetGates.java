package io.tillpost.console.recovery.target;

import io.tillpost.console.recovery.RecoveryProperties;
import io.tillpost.console.recovery.TargetProperties;
import io.tillpost.console.text.MomentText;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/** The gate of each target, the same one for all operations of this console. */
public final class TargetGates {
  private final Map<String, TargetProperties> named;
  private final TargetProperties others;
  private final ZoneId consoleZone;
  private final TargetFreezes freezes;
  private final Map<String, TargetGate> gates = new ConcurrentHashMap<>();

  public TargetGates(RecoveryProperties settings, ZoneId consoleZone, TargetFreezes freezes) {
    this.named = settings.namedTargets();
    this.others = settings.unnamedTargets();
    this.consoleZone = consoleZone;
    this.freezes = freezes;
  }

  /** The gate of that target. */
  public TargetGate of(String target) {
    return gates.computeIfAbsent(target, this::gate);
  }

  /** The targets that are named in the configuration, by name. */
  public Set<String> named() {
    return new TreeSet<>(named.keySet());
  }

  /**
   * Why nothing is sent to that target, as a sentence; empty while messages may go.
   *
   * @throws io.tillpost.store.StoreUnavailableException where it cannot be told whether somebody
   *     froze it
   */
  public Optional<String> heldUp(String target, Instant now) {
    return of(target).closed(now).map(closed -> words(target, closed));
  }

  /** Like {@code erp is frozen until 2026-11-29 12:00:00 CET by anna: Year end}. */
  String words(String target, TargetClosed closed) {
    if (closed.by() == null) {
      return "Nothing is sent to %s until %s: %s"
          .formatted(target, moment(closed.end()), closed.reason());
    }
    return closed.until() == null
        ? "%s is frozen by %s until somebody lifts it: %s"
            .formatted(target, closed.by(), closed.reason())
        : "%s is frozen until %s by %s: %s"
            .formatted(target, moment(closed.until()), closed.by(), closed.reason());
  }

  /** Like {@code 2026-11-29 12:00:00 CET}, in the zone of the console. */
  String moment(Instant at) {
    return MomentText.full(at, consoleZone);
  }

  private TargetGate gate(String target) {
    TargetProperties settings = named.getOrDefault(target, others);
    return new TargetGate(
        settings, new TargetCalendar(settings, consoleZone), now -> freezes.at(target, now));
  }
}
