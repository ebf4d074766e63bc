package io.tillpost.console.recovery.run;

import io.tillpost.console.recovery.target.Pulse;
import io.tillpost.console.recovery.target.TargetGate;
import io.tillpost.recovery.ItemEvent;
import io.tillpost.recovery.ItemState;
import io.tillpost.recovery.OperationEvent;
import io.tillpost.recovery.OperationState;
import io.tillpost.recovery.RecoveryItem;
import io.tillpost.recovery.RecoveryOperation;
import io.tillpost.store.Documents.Versioned;
import io.tillpost.store.StoreUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs one operation that sends messages to the middleware. */
final class OperationRound implements Round {
  private static final Logger log = LoggerFactory.getLogger(OperationRound.class);
  private static final Duration LOOK_EVERY = Duration.ofMillis(500);

  private final RunParts parts;
  private final Lane lane;
  private final Runnable something;
  private final ItemWindow items;
  private final Ramp ramp;
  private final ItemSteps steps;
  private final SideWork side;
  private final Map<String, Pulse> pulses = new HashMap<>();
  private final AtomicBoolean looking = new AtomicBoolean();
  private RecoveryOperation operation;
  private Set<String> others = Set.of();
  private Instant lookAt = Instant.MIN;

  /**
   * @param list of the operation
   * @param something is told when something that was handed out has happened
   */
  OperationRound(
      RecoveryOperation operation, FrozenList list, RunParts parts, Lane lane, Runnable something) {
    this.operation = operation;
    this.items = new ItemWindow(parts.records(), parts.window(), list);
    this.parts = parts;
    this.lane = lane;
    this.something = something;
    this.ramp = new Ramp(parts.settings().start());
    this.steps = new ItemSteps(operation.id(), parts, lane.health()::ended);
    this.side = new SideWork(parts, steps, something);
  }

  @Override
  public Going next(Executor workers) {
    Instant now = parts.clock().instant();
    if (!now.isBefore(lookAt)) {
      look(now);
    }
    if (!operation.state().active()) {
      return Going.OVER;
    }
    boolean cancelling = operation.state() == OperationState.CANCELLING;
    items.fill(now, !cancelling);
    if (items.isDone()) {
      return Going.DONE;
    }
    List<OpenItem> open = items.held();
    judge(open, now);
    side.follow(open, workers, now);
    if (cancelling) {
      return items.letGo(ItemSteps.cancelled(operation), now) ? Going.PACED : Going.ON;
    }
    if (!operation.state().mayDispatch()) {
      return Going.ON;
    }
    findEarlier(open, workers, now);
    return handOut(open, workers) ? Going.PACED : Going.ON;
  }

  /** Learns what people or other consoles did to the operation. */
  private void look(Instant now) {
    lookAt = now.plus(LOOK_EVERY);
    parts.records().operations().get(operation.id()).map(Versioned::value).ifPresent(this::become);
    others = parts.order().others(operation.id());
  }

  private void become(RecoveryOperation next) {
    if (next.state() != operation.state() && next.state().mayDispatch()) {
      lane.health().beginAnew();
    }
    operation = next;
  }

  private void judge(List<OpenItem> open, Instant now) {
    int bound = parts.settings().start().pauseAbove();
    if (operation.state() == OperationState.CANARY) {
      CanaryVerdict.of(items.canary(), bound)
          .ifPresent(verdict -> write(verdict.event(), verdict.why(), now));
    } else if (operation.state() == OperationState.RUNNING) {
      lane.health()
          .objection(ahead(open))
          .ifPresent(why -> write(new OperationEvent.Paused(OperationState.RUNNING), why, now));
    }
  }

  /** The targets of what has still to go. */
  private static Set<String> ahead(List<OpenItem> open) {
    return open.stream()
        .filter(item -> item.state() == ItemState.PLANNED)
        .map(OpenItem::target)
        .collect(Collectors.toSet());
  }

  private void write(OperationEvent event, @Nullable String why, Instant now) {
    parts
        .records()
        .apply(operation.id(), event, null, why, now)
        .ifPresentOrElse(this::become, () -> look(now));
    if (event instanceof OperationEvent.Paused) {
      log.info("Operation {} paused by itself: {}", operation.id(), why);
    }
  }

  /** Hands out what may go now; whether more may go a little later. */
  private boolean handOut(List<OpenItem> open, Executor workers) {
    Set<String> closed = new HashSet<>();
    boolean canaryOnly = operation.state() == OperationState.CANARY;
    for (OpenItem item : open) {
      RecoveryItem known = item.known().value();
      String target = item.target();
      if ((canaryOnly && !known.canary()) || item.waitsForAnother() || closed.contains(target)) {
        continue;
      }
      if (!item.take()) {
        continue;
      }
      Instant now = parts.clock().instant();
      Optional<String> heldBack = item.heldBack();
      if (heldBack.isPresent()) {
        workers.execute(() -> write(item, new ItemEvent.Skipped(heldBack.get())));
      } else if (!item.dispatchDue(parts.dispatcher(), now)) {
        item.giveBack();
      } else if (item.orderUnknown(now)) {
        findOrder(item, workers);
      } else if (item.earlierUnknown(now)) {
        item.giveBack();
      } else if (enter(target, now)) {
        workers.execute(() -> dispatch(item));
      } else {
        item.giveBack();
        closed.add(target);
      }
    }
    return closed.stream().anyMatch(this::soonOpen);
  }

  /** Looks on the side which earlier messages there are that those to go next must not pass. */
  private void findEarlier(List<OpenItem> open, Executor workers, Instant now) {
    if (looking.get()) {
      return;
    }
    boolean canaryOnly = operation.state() == OperationState.CANARY;
    Map<OpenItem, RecoveryItem> next = new HashMap<>();
    EarlierLook.next(
            open, canaryOnly, target -> parts.targets().of(target).closed(now).isPresent(), now)
        .forEach(item -> next.put(item, item.known().value()));
    if (!next.isEmpty()) {
      looking.set(true);
      if (!side.begin(workers, () -> findEarlier(next))) {
        looking.set(false);
      }
    }
  }

  private void findEarlier(Map<OpenItem, RecoveryItem> next) {
    try {
      parts.earlier().tell(next, parts.clock());
    } catch (StoreUnavailableException e) {
      log.warn("Operation {} waits for the storage: {}", operation.id(), e.getMessage());
      rest(next.keySet());
    } catch (RuntimeException e) {
      log.error("Operation {} could not look for earlier messages", operation.id(), e);
      rest(next.keySet());
    } finally {
      looking.set(false);
      something.run();
    }
  }

  private void rest(Set<OpenItem> items) {
    Instant then = parts.clock().instant().plus(parts.settings().followEvery());
    items.forEach(item -> item.leaveUntil(then));
  }

  /** Looks on the side at what other operations have to do before this item goes. */
  private void findOrder(OpenItem item, Executor workers) {
    if (others.isEmpty() && item.known().value().waitsFor() == null) {
      item.inOrder(parts.clock().instant());
      item.giveBack();
    } else {
      Set<String> meanwhile = others;
      if (!side.begin(workers, () -> look(item, meanwhile))) {
        item.giveBack();
      }
    }
  }

  private void look(OpenItem item, Set<String> meanwhile) {
    try {
      steps.take(item, known -> inOrder(item, known, meanwhile));
    } finally {
      item.giveBack();
      something.run();
    }
  }

  private Versioned<RecoveryItem> inOrder(
      OpenItem item, Versioned<RecoveryItem> known, Set<String> meanwhile) {
    Instant now = parts.clock().instant();
    ItemEvent event = parts.order().objection(known.value(), meanwhile).orElse(null);
    return switch (event) {
      case null -> {
        item.inOrder(now);
        yield known;
      }
      case ItemEvent.Waits waits -> {
        item.leaveUntil(now.plus(parts.settings().followEvery()));
        // It is written down once for each message that it waits for.
        yield waits.itemId().equals(known.value().waitsFor())
            ? known
            : parts.records().apply(known, waits, now);
      }
      default -> parts.records().apply(known, event, now);
    };
  }

  /** Whether it is the pace that holds messages back, not a freeze or a pause of the channel. */
  private boolean soonOpen(String target) {
    Instant now = parts.clock().instant();
    return parts.targets().of(target).closed(now).isEmpty()
        && !lane.gate().closedUntil().isAfter(now);
  }

  /** Takes a place at the target and in the channel. */
  private boolean enter(String target, Instant now) {
    TargetGate gate = parts.targets().of(target);
    Pulse pulse = pulses.computeIfAbsent(target, _ -> new Pulse());
    if (!pulse.ready(now) || !lane.gate().enter(now)) {
      return false;
    }
    boolean entered = false;
    try {
      entered = gate.enter(now);
    } finally {
      // Also where it cannot be told whether the target is frozen: the channel outlives this round.
      if (!entered) {
        lane.gate().leave();
      }
    }
    if (entered) {
      pulse.beat(now, gate.rate() * ramp.share(operation, now));
    }
    return entered;
  }

  private void dispatch(OpenItem item) {
    RecoveryOperation sending = operation;
    Versioned<RecoveryItem> before = item.known();
    try {
      steps.take(item, known -> parts.dispatch().dispatch(sending, lane, known, item.earlier()));
      if (item.state() == ItemState.PLANNED || item.known().equals(before)) {
        // Another message about the same business object has the turn, or there is nothing to send.
        item.leaveUntil(parts.clock().instant().plus(parts.settings().followEvery()));
      }
    } finally {
      parts.targets().of(item.target()).leave();
      lane.gate().leave();
      item.giveBack();
      something.run();
    }
  }

  private void write(OpenItem item, ItemEvent event) {
    try {
      steps.take(item, known -> parts.records().apply(known, event, parts.clock().instant()));
    } finally {
      item.giveBack();
      something.run();
    }
  }
}
