package io.tillpost.console.recovery;

import io.tillpost.recovery.OperationEvent;
import io.tillpost.recovery.OperationState;
import io.tillpost.recovery.Preparation;
import io.tillpost.recovery.RecoveryOperation;
import io.tillpost.store.StoreUnavailableException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.IntPredicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Freezes long lists while nobody waits for it, one at a time, so that memory is needed for one
 * only. The operation tells how far it is; somebody may cancel it meanwhile.
 */
final class LongPlans implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(LongPlans.class);
  private static final Duration EVERY = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** What is to be known of all messages of a list is held while it waits, 15 MB for 100,000. */
  private static final int SEATS = 3;

  /** Why no more lists are taken, and what to do. */
  static final String FULL =
      "%d long lists are being prepared already, as many as wait at once; plan this one when one of them is ready, or cancel one of them"
          .formatted(SEATS);

  private final RecoveryRecords records;
  private final Executor threads;
  private final Clock clock;
  private final Semaphore seats = new Semaphore(SEATS);
  private final Semaphore place = new Semaphore(1);
  private volatile boolean closed;

  LongPlans(RecoveryRecords records, Executor threads, Clock clock) {
    this.records = records;
    this.threads = threads;
    this.clock = clock;
  }

  /** With a thread of its own for each list. */
  static LongPlans onThreads(RecoveryRecords records, Clock clock) {
    return new LongPlans(
        records, task -> Thread.ofVirtual().name("recovery-plan").start(task), clock);
  }

  /** Room for one more list, not taken yet. */
  Seat seat() {
    return new Seat();
  }

  /**
   * Freezes the list when its turn has come.
   *
   * @param seat the list's; left when the list is frozen or given up
   * @param operation as it was created
   * @param messages how many are on its list
   * @param freezing does it, and asks with how many messages are frozen, at least, whether to go on
   */
  void begin(
      Seat seat, RecoveryOperation operation, int messages, Consumer<IntPredicate> freezing) {
    String id = operation.id();
    threads.execute(
        () -> {
          try {
            run(id, new Watch(id, messages), freezing);
          } finally {
            seat.leave();
          }
        });
    seat.handedOver = true;
  }

  /** What is being frozen is given up; nothing of it was sent. */
  @Override
  public void close() {
    closed = true;
    try {
      if (place.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        place.release();
      } else {
        log.warn("A list that is being frozen is left as it is; another console gives it up");
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void run(String id, Watch watch, Consumer<IntPredicate> freezing) {
    boolean mine = false;
    try {
      boolean goesOn = true;
      while (goesOn && !mine) {
        mine = place.tryAcquire(EVERY.toMillis(), TimeUnit.MILLISECONDS);
        goesOn = watch.test(0);
      }
      if (goesOn) {
        freezing.accept(watch);
      }
      if (closed) {
        giveUp(id, "The console stopped");
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (StoreUnavailableException e) {
      log.warn("The list of operation {} is not frozen: {}", id, e.getMessage());
      giveUp(id, "The storage did not answer");
    } catch (RuntimeException e) {
      log.error("The list of operation {} could not be frozen", id, e);
      giveUp(id, "Its list could not be frozen");
    } finally {
      if (mine) {
        place.release();
      }
    }
  }

  private void giveUp(String id, String why) {
    try {
      records.apply(id, new OperationEvent.Interrupted(), null, why, clock.instant());
    } catch (StoreUnavailableException e) {
      log.warn("Operation {} is given up when the storage answers: {}", id, e.getMessage());
    }
  }

  /** Room for the list of one operation, from before it is collected. Asked for by one thread. */
  final class Seat implements AutoCloseable {
    private final AtomicBoolean taken = new AtomicBoolean();
    private boolean handedOver;

    /** Takes it, if it is not taken yet; false where as many lists as there is room for wait. */
    boolean take() {
      if (!taken.get()) {
        taken.set(seats.tryAcquire());
      }
      return taken.get();
    }

    /** Whoever asked for it needs it no longer; a list that was begun keeps it. */
    @Override
    public void close() {
      if (!handedOver) {
        leave();
      }
    }

    private void leave() {
      if (taken.getAndSet(false)) {
        seats.release();
      }
    }
  }

  /** Writes how far it is, not too often, and sees whether anybody still wants it. */
  private final class Watch implements IntPredicate {
    private final String id;
    private final int messages;
    private Instant nextAt = Instant.MIN;

    Watch(String id, int messages) {
      this.id = id;
      this.messages = messages;
    }

    @Override
    public boolean test(int frozen) {
      Instant now = clock.instant();
      if (closed || now.isBefore(nextAt)) {
        return !closed;
      }
      nextAt = now.plus(EVERY);
      Preparation soFar = new Preparation(messages, frozen, now);
      return records
          .change(
              id,
              operation ->
                  operation.state() == OperationState.PLANNED
                      ? Optional.of(operation.preparing(soFar))
                      : Optional.empty())
          .isPresent();
    }
  }
}
