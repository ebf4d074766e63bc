package io.tillpost.console.recovery.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillpost.console.audit.AuditLog;
import io.tillpost.console.recovery.RecoveryRecords;
import io.tillpost.console.recovery.TestConsole;
import io.tillpost.console.recovery.target.FreezeAnswer;
import io.tillpost.console.recovery.target.FreezeWish;
import io.tillpost.console.recovery.target.KnownTargets;
import io.tillpost.console.recovery.target.TargetFreezes;
import io.tillpost.console.recovery.target.TargetGates;
import io.tillpost.console.recovery.target.Targets;
import io.tillpost.console.security.CurrentOperator;
import io.tillpost.store.memory.InMemoryStores;
import io.tillpost.testing.MutableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * People who freeze targets by hand, replace one freeze by another and lift it, and the law that
 * comes of it. It keeps a ledger of its own of what they were told was done, so that it does not go
 * by what the consoles go by.
 */
final class ModelFreezes {
  /** The targets of all messages. */
  static final List<String> TARGETS = List.of("erp", "stock");

  /** Within that time every console knows: so it is promised to who freezes. */
  private static final Duration KNOWN = Duration.ofSeconds(2);

  private final Random random;
  private final Targets targets;
  private final MutableClock clock;
  private final Map<String, Held> held = new HashMap<>();
  private int requests;

  /**
   * @param gates of the console that these people use, which sends nothing itself
   * @param freezes likewise
   */
  ModelFreezes(
      Random random,
      InMemoryStores stores,
      TargetGates gates,
      TargetFreezes freezes,
      MutableClock clock) {
    this.random = random;
    this.clock = clock;
    RecoveryRecords records = new RecoveryRecords(stores.documents());
    this.targets =
        new Targets(
            records,
            gates,
            freezes,
            new KnownTargets(records, gates.named(), stores.failures(), clock),
            new AuditLog(stores.documents(), Optional::empty, clock),
            new CurrentOperator(),
            clock);
  }

  /**
   * Frozen without a break.
   *
   * @param until when that ends by itself; null where somebody has to lift it
   */
  private record Held(Instant since, @Nullable Instant until) {
    boolean holds(Instant now) {
      return until == null || now.isBefore(until);
    }
  }

  /** Somebody does one thing. */
  void act() {
    TestConsole.logIn(random.nextBoolean() ? "anna" : "ben", "ADMIN");
    String target = TARGETS.get(random.nextInt(TARGETS.size()));
    if (random.nextInt(3) == 0) {
      lift(target, random.nextInt(3) == 0 ? "open" : null);
    } else {
      freeze(target);
    }
  }

  /** All targets are open from now on. */
  void liftAll() {
    TestConsole.logIn("dora", "ADMIN");
    TARGETS.forEach(target -> lift(target, null));
    assertThat(held).isEmpty();
  }

  /** Something was sent to that target just now. */
  void atRequest(String target) {
    Instant now = clock.instant();
    Held freeze = held.get(target);
    assertThat(freeze == null || !freeze.holds(now) || now.isBefore(freeze.since().plus(KNOWN)))
        .as("sent to %s at %s although it is frozen: %s", target, now, freeze)
        .isTrue();
  }

  private void freeze(String target) {
    Instant now = clock.instant();
    Instant until =
        random.nextInt(4) == 0 ? null : now.plus(Duration.ofMillis(1 + random.nextInt(6_000)));
    String key = "freeze-" + (random.nextInt(4) == 0 ? requests : ++requests);
    FreezeWish wish =
        new FreezeWish("They ask for it", until, random.nextInt(4) == 0 ? "open" : null, key);
    if (targets.freeze(target, wish) instanceof FreezeAnswer.Done) {
      Held before = held.get(target);
      held.put(target, new Held(before != null && before.holds(now) ? before.since() : now, until));
    }
  }

  private void lift(String target, @Nullable String version) {
    if (!(targets.lift(target, null, version) instanceof FreezeAnswer.Refused)) {
      held.remove(target);
    }
  }
}
