package io.tillpost.ingest.receive;

import io.tillpost.store.ParkedRecord;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A system that sends: known by its key, bound to stores or to none, with a quota of its own so
 * that it cannot take the room of others.
 */
public final class Sender {
  private final String name;
  private final Set<String> stores;
  private final List<TokenBucket> events;
  private final List<TokenBucket> bytes;
  private final AtomicLong inMemory = new AtomicLong();
  private final boolean ofMany;

  /**
   * A sender.
   *
   * @param stores the only ones it may send for; empty for all
   * @param eventsPerSecond events, log records and spans, or null for any number
   * @param bytesPerSecond of requests as they come, or null for any number
   */
  public Sender(
      String name,
      Set<String> stores,
      @Nullable Long eventsPerSecond,
      @Nullable Long bytesPerSecond,
      LongSupplier nanoTime) {
    this(name, stores, bucket(eventsPerSecond, nanoTime), bucket(bytesPerSecond, nanoTime), false);
  }

  private Sender(
      String name,
      Set<String> stores,
      List<TokenBucket> events,
      List<TokenBucket> bytes,
      boolean ofMany) {
    this.name = name;
    this.stores = Set.copyOf(stores);
    this.events = events;
    this.bytes = bytes;
    this.ofMany = ofMany;
  }

  private static List<TokenBucket> bucket(@Nullable Long perSecond, LongSupplier nanoTime) {
    return perSecond == null ? List.of() : List.of(new TokenBucket(perSecond, nanoTime));
  }

  /**
   * One that may send everything: where no keys are configured, or a key without a name. Many may
   * come under it, so it has no share of its own.
   */
  public static Sender unbound(String name) {
    return new Sender(name, Set.of(), List.of(), List.of(), true);
  }

  /** As configured. */
  public String name() {
    return name;
  }

  /** Whether it may send for some stores alone. */
  public boolean isBound() {
    return !stores.isEmpty();
  }

  /**
   * Why a message event of that store is not for this sender to send, or null.
   *
   * @param storeId null where the event names none
   */
  public @Nullable String problem(@Nullable String storeId) {
    if (stores.isEmpty() || (storeId != null && stores.contains(storeId))) {
      return null;
    }
    return storeId == null ? ParkedRecord.NO_STORE : ParkedRecord.OTHER_STORE;
  }

  /** Whether the reason of a refusal is one of {@link #problem}. */
  static boolean isProblem(String reason) {
    return reason.endsWith(ParkedRecord.NO_STORE) || reason.endsWith(ParkedRecord.OTHER_STORE);
  }

  /** How long it has to wait until it may send again; zero if it may now. */
  Duration overQuotaFor() {
    Duration wait = Duration.ZERO;
    for (List<TokenBucket> kind : List.of(events, bytes)) {
      for (TokenBucket bucket : kind) {
        Duration empty = bucket.emptyFor();
        wait = empty.compareTo(wait) > 0 ? empty : wait;
      }
    }
    return wait;
  }

  /** Takes so many bytes of memory; false if it had more than one sender may have then. */
  boolean takesMemory(long count, long most) {
    if (inMemory.addAndGet(count) > most && !ofMany) {
      inMemory.addAndGet(-count);
      return false;
    }
    return true;
  }

  /** Gives so many bytes of memory back. */
  void givesMemory(long count) {
    inMemory.addAndGet(-count);
  }

  /** It sent a request of that size. */
  public void sentBytes(long count) {
    bytes.forEach(bucket -> bucket.take(count));
  }

  /** It sent so many records, right or wrong. */
  void sentRecords(int count) {
    events.forEach(bucket -> bucket.take(count));
  }

  /** So many of the records that it sent were turned away and are going to come again. */
  void notTaken(int count) {
    events.forEach(bucket -> bucket.take(-count));
  }

  @Override
  public String toString() {
    return "Sender[" + name + "]";
  }
}
