package io.tillpost.ingest.progress;

import io.tillpost.store.RefusalReason;
import io.tillpost.store.Refusals;
import io.tillpost.store.SenderUse;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Notes when senders were let in and what was refused to them, until it is written to the message
 * store. What strangers can make it hold is bounded: beyond so many senders, and so much time
 * without a store, no more is told apart.
 */
public final class SenderActivity {
  /** Stands for all further senders of a time in which very many were refused. */
  public static final String OTHERS = "(others)";

  private static final int MOST_LINES = 500;
  private static final int MOST_SLOTS = 288;

  private final IngestMetrics metrics;
  private final Clock clock;
  private final Map<Key, Instant> used = new ConcurrentHashMap<>();
  private final NavigableMap<Instant, Map<Why, Count>> slots = new TreeMap<>();

  private record Key(String sender, String id) {}

  private record Why(String sender, RefusalReason reason) {}

  private record Count(long count, Instant lastAt) {
    Count plus(Count more) {
      return new Count(count + more.count, more.lastAt.isAfter(lastAt) ? more.lastAt : lastAt);
    }
  }

  /** Nothing noted yet. */
  public SenderActivity(IngestMetrics metrics, Clock clock) {
    this.metrics = metrics;
    this.clock = clock;
  }

  /** A key made in the console let its sender in. */
  public void used(String sender, String keyId) {
    used.put(new Key(sender, keyId), clock.instant());
  }

  /**
   * Something was refused.
   *
   * @param sender its name, or its address where the key is nobody's
   * @param count records or requests, as the reason says
   */
  public void refused(String sender, RefusalReason reason, long count) {
    metrics.refused(reason == RefusalReason.UNKNOWN_KEY ? "unknown" : sender, reason, count);
    Instant now = clock.instant();
    add(Refusals.of(now).since(), new Why(sender, reason), new Count(count, now));
  }

  private synchronized void add(Instant slot, Why why, Count count) {
    Map<Why, Count> lines = slots.computeIfAbsent(slot, _ -> new HashMap<>());
    if (slots.size() > MOST_SLOTS) {
      slots.pollFirstEntry();
    }
    Why known =
        lines.containsKey(why) || lines.size() < MOST_LINES ? why : new Why(OTHERS, why.reason());
    lines.merge(known, count, Count::plus);
  }

  /** What this process wrote before it was started again: it goes on from there. */
  public void goOn(SenderUse before) {
    before
        .uses()
        .forEach(use -> used.putIfAbsent(new Key(use.sender(), use.keyId()), use.lastAt()));
  }

  /** What this process wrote of a time that is not over, before it was started again. */
  public void goOn(Refusals before) {
    before
        .lines()
        .forEach(
            line ->
                add(
                    before.since(),
                    new Why(line.sender(), line.reason()),
                    new Count(line.count(), line.lastAt())));
  }

  /** When the keys were used last, in a fixed order. */
  public List<SenderUse.Use> uses() {
    List<SenderUse.Use> uses = new ArrayList<>();
    used.forEach((key, at) -> uses.add(new SenderUse.Use(key.sender(), key.id(), at)));
    uses.sort(Comparator.comparing(SenderUse.Use::sender).thenComparing(SenderUse.Use::keyId));
    return uses;
  }

  /** All refusals that are held, oldest time first. */
  public synchronized List<Refusals> refusals() {
    List<Refusals> all = new ArrayList<>();
    slots.forEach(
        (since, lines) ->
            all.add(
                new Refusals(
                    since,
                    lines.entrySet().stream()
                        .map(
                            line ->
                                new Refusals.Line(
                                    line.getKey().sender(),
                                    line.getKey().reason(),
                                    line.getValue().count(),
                                    line.getValue().lastAt()))
                        .sorted(
                            Comparator.comparing(Refusals.Line::sender)
                                .thenComparing(Refusals.Line::reason))
                        .toList())));
    return all;
  }

  /** These are written; true if their time is over, and they were let go. */
  public synchronized boolean written(Refusals written) {
    boolean over = !written.since().plus(Refusals.SLOT).isAfter(clock.instant());
    if (over) {
      slots.remove(written.since());
    }
    return over;
  }
}
