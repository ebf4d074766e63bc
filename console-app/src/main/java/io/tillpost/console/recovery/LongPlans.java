package io.tillpost.console.recovery;

import io.tillpost.recovery.OperationEvent;
import io.tillpost.recovery.OperationState;
import io.tillpost.recovery.Preparation;
import io.tillpost.recovery.RecoveryOperation;
import io.tillpost.store.StoreUnavailableException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads and freezes long lists while nobody waits for it, one at a time, so that memory is needed
 * for one only. The operation tells how far it is; somebody may cancel it meanwhile.
 */
public final class LongPlans implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(LongPlans.class);
  private static final Duration EVERY = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** One that was read before it waited holds what is to be known of its messages. */
  private static final int SEATS = 3;

  /** Why no more lists are taken, and what to do. */
  public static final String FULL =
      "%d long lists are being prepared already, as many as wait at once; plan this one when one of them is ready, or cancel one of them"
          .formatted(SEATS);

  private final RecoveryRecords records;
  private final Executor threads;
  private final Clock clock;
  private final Semaphore seats = new Semaphore(SEATS);
  private final Semaphore place = new Semaphore(1);
  private volatile boolean closed;

  public LongPlans(RecoveryRecords records, Executor threads, Clock clock) {
    this.records = records;
    this.threads = threads;
    this.clock = clock;
  }

  /** With a thread of its own for each list. */
  public static LongPlans onThreads(RecoveryRecords records, Clock clock) {
    return new LongPlans(
        records, task -> Thread.ofVirtual().name("recovery-plan").start(task), clock);
  }

  /** Room for one more list, not taken yet. */
  public Seat seat() {
    return new Seat();
  }

  /**
   * Prepares the list when its turn has come.
   *
   * @param seat the list's; left when the list is frozen or given up
   * @param operation as it was created, with how far its list is
   * @param preparing does it, and asks again and again whether to go on
   */
  public void begin(Seat seat, RecoveryOperation operation, Consumer<? super Watch> preparing) {
    String id = operation.id();
    Preparation before = Objects.requireNonNull(operation.preparation());
    threads.execute(
        () -> {
          try {
            run(id, new Watch(id, before), preparing);
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

  private void run(String id, Watch watch, Consumer<? super Watch> preparing) {
    boolean mine = false;
    try {
      boolean goesOn = true;
      while (goesOn && !mine) {
        mine = place.tryAcquire(EVERY.toMillis(), TimeUnit.MILLISECONDS);
        goesOn = watch.isWanted();
      }
      if (goesOn) {
        preparing.accept(watch);
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
  public final class Seat implements AutoCloseable {
    private final AtomicBoolean taken = new AtomicBoolean();
    private boolean handedOver;

    private Seat() {}

    /** Takes it, if it is not taken yet; false where as many lists as there is room for wait. */
    public boolean take() {
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

  /**
   * Writes how far it is, not too often, and sees whether anybody still wants it. For one thread.
   */
  public final class Watch implements IntPredicate {
    private final String id;
    private Preparation soFar;
    private Instant nextAt = Instant.MIN;

    private Watch(String id, Preparation before) {
      this.id = id;
      this.soFar = before;
    }

    /** Whether to go on, with as much done as before. */
    boolean isWanted() {
      return isWanted(soFar.messages(), soFar.frozen(), soFar.read());
    }

    /**
     * Whether to read on.
     *
     * @param read how many messages are, at least
     */
    public boolean read(int read) {
      return isWanted(Math.max(soFar.messages(), read), 0, read);
    }

    /**
     * It is known which messages are on the list.
     *
     * @param known as it was written with them
     */
    public void found(Preparation known) {
      soFar = known;
    }

    /**
     * Whether to freeze on.
     *
     * @param frozen how many messages are, at least
     */
    @Override
    public boolean test(int frozen) {
      return isWanted(soFar.messages(), frozen, null);
    }

    private boolean isWanted(int messages, int frozen, @Nullable Integer read) {
      Instant now = clock.instant();
      soFar = new Preparation(messages, frozen, now, read);
      if (closed || now.isBefore(nextAt)) {
        return !closed;
      }
      nextAt = now.plus(EVERY);
      Preparation sign = soFar;
      return records
          .change(
              id,
              operation ->
                  operation.state() == OperationState.PLANNED
                      ? Optional.of(operation.preparing(sign))
                      : Optional.empty())
          .isPresent();
    }
  }
}
