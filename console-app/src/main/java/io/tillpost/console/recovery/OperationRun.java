package io.tillpost.console.recovery;

import io.tillpost.recovery.ItemState;
import io.tillpost.recovery.RecoveryItem;
import io.tillpost.recovery.RecoveryOperation;
import io.tillpost.store.DocumentQuery;
import io.tillpost.store.DocumentQuery.Condition;
import io.tillpost.store.Documents.Versioned;
import io.tillpost.store.Page;
import io.tillpost.store.StoreUnavailableException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs one operation until none of its items is open: one thread hands items to the channel as its
 * gate lets them through, another one looks after those that were sent.
 */
final class OperationRun {
  private static final Logger log = LoggerFactory.getLogger(OperationRun.class);
  private static final int PAGE = 1_000;
  private static final Duration TICK = Duration.ofMillis(200);
  private static final Set<String> OPEN =
      Arrays.stream(ItemState.values())
          .filter(ItemState::open)
          .map(ItemState::name)
          .collect(Collectors.toUnmodifiableSet());

  private final RecoveryOperation operation;
  private final RecoveryChannel channel;
  private final ChannelGate gate;
  private final RecoveryRecords records;
  private final ItemDispatch dispatch;
  private final ItemFollower follower;
  private final BooleanSupplier lease;
  private final Duration followEvery;
  private final Clock clock;
  private final String dispatcher;
  private final Map<String, OpenItem> open = new ConcurrentHashMap<>();
  private final Semaphore wake = new Semaphore(0);

  /**
   * @param lease renews the lease of this operation; false where it is lost
   */
  OperationRun(
      RecoveryOperation operation,
      RecoveryChannel channel,
      ChannelGate gate,
      RecoveryRecords records,
      ItemDispatch dispatch,
      ItemFollower follower,
      BooleanSupplier lease,
      Duration followEvery,
      Clock clock,
      String dispatcher) {
    this.operation = operation;
    this.channel = channel;
    this.gate = gate;
    this.records = records;
    this.dispatch = dispatch;
    this.follower = follower;
    this.lease = lease;
    this.followEvery = followEvery;
    this.clock = clock;
    this.dispatcher = dispatcher;
  }

  /**
   * Runs until the end.
   *
   * @return true once no item is open; false where the lease is lost
   * @throws InterruptedException where the console stops; another dispatcher goes on
   */
  boolean run() throws InterruptedException {
    if (!load()) {
      return false;
    }
    ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
    Thread following = Thread.ofVirtual().name("follow-" + operation.id()).start(this::follow);
    try {
      return dispatchAll(workers);
    } finally {
      following.interrupt();
      endGently(workers);
    }
  }

  /** Lets requests that are on their way come to their answers. */
  private void endGently(ExecutorService workers) throws InterruptedException {
    workers.shutdown();
    if (!workers.awaitTermination(channel.timeout().toMillis() + 1_000, TimeUnit.MILLISECONDS)) {
      workers.shutdownNow();
    }
  }

  /** Reads the open items; waits until all that were frozen are to be found. */
  private boolean load() throws InterruptedException {
    DocumentQuery all = DocumentQuery.ALL.where("operation_id", operation.id());
    while (records.items().count(all) < operation.size()) {
      if (!lease.getAsBoolean()) {
        return false;
      }
      Thread.sleep(TICK);
    }
    DocumentQuery query = all.and(new Condition.AnyOf("state", OPEN));
    String after = null;
    do {
      Page<Versioned<RecoveryItem>> page = records.items().find(query.page(PAGE, after));
      page.items().forEach(item -> open.put(item.id(), new OpenItem(item)));
      after = page.next();
    } while (after != null);
    return true;
  }

  private boolean dispatchAll(ExecutorService workers) throws InterruptedException {
    while (!open.isEmpty()) {
      if (!lease.getAsBoolean()) {
        return false;
      }
      handOut(workers);
      if (wake.tryAcquire(TICK.toMillis(), TimeUnit.MILLISECONDS)) {
        wake.drainPermits();
      }
      open.values().removeIf(item -> !item.open());
    }
    return true;
  }

  private void handOut(ExecutorService workers) {
    for (OpenItem item : open.values()) {
      if (!item.take()) {
        continue;
      }
      Instant now = clock.instant();
      boolean due = item.dispatchDue(dispatcher, now);
      if (!due || !gate.enter(now)) {
        item.giveBack();
        if (due) {
          return;
        }
        continue;
      }
      workers.execute(() -> dispatch(item));
    }
  }

  private void dispatch(OpenItem item) {
    try {
      work(item, known -> dispatch.dispatch(operation, channel, gate, known));
    } finally {
      item.giveBack();
      gate.leave();
      wake.release();
    }
  }

  private void follow() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        Thread.sleep(followEvery);
        for (OpenItem item : open.values()) {
          if (item.take()) {
            lookAfter(item);
          }
        }
      }
    } catch (InterruptedException e) {
      log.debug("Operation {} is not followed any more", operation.id(), e);
      Thread.currentThread().interrupt();
    }
  }

  private void lookAfter(OpenItem item) {
    try {
      Instant now = clock.instant();
      if (item.followDue(now)) {
        item.lookedAt(now, followEvery);
        work(item, follower::look);
      }
    } finally {
      item.giveBack();
      wake.release();
    }
  }

  /** One step with an item that this thread has taken. */
  private void work(OpenItem item, UnaryOperator<Versioned<RecoveryItem>> step) {
    try {
      item.now(step.apply(item.known()));
    } catch (StoreUnavailableException e) {
      log.warn("Operation {} waits for the storage: {}", operation.id(), e.getMessage());
      refresh(item);
    } catch (RuntimeException e) {
      log.error("Operation {} could not go on with {}", operation.id(), item.known().id(), e);
      refresh(item);
    }
  }

  /** Whether the last write happened is not known: reads the item again, a little later. */
  private void refresh(OpenItem item) {
    item.leaveUntil(clock.instant().plus(followEvery));
    try {
      item.now(records.again(item.known()));
    } catch (RuntimeException e) {
      // An old version is refused when it is written, so nothing goes wrong but time.
      log.debug("Item {} could not be read again", item.known().id(), e);
    }
  }
}
