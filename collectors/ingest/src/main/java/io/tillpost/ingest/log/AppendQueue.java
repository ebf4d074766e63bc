package io.tillpost.ingest.log;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** What is to be appended; bounded in bytes, taken in groups that share one sync. */
final class AppendQueue {
  private static final long MAX_GROUP_BYTES = 8L << 20;

  private final LinkedBlockingQueue<Waiting> waiting = new LinkedBlockingQueue<>();
  private final AtomicLong bytes = new AtomicLong();

  /** Rows that one sender waits for. */
  record Waiting(List<RowFrame.Encoded> rows, long bytes, CompletableFuture<Append> outcome) {}

  void add(Waiting one) {
    bytes.addAndGet(one.bytes());
    waiting.add(one);
  }

  /** Bytes that wait now. */
  long bytes() {
    return bytes.get();
  }

  /** Everything that waits, up to a few megabytes; empty if there is nothing for a while. */
  List<Waiting> takeGroup(long timeout, TimeUnit unit) throws InterruptedException {
    Waiting first = waiting.poll(timeout, unit);
    if (first == null) {
      return List.of();
    }
    List<Waiting> group = new ArrayList<>();
    long groupBytes = 0;
    for (Waiting one = first; one != null; one = waiting.poll()) {
      group.add(one);
      bytes.addAndGet(-one.bytes());
      groupBytes += one.bytes();
      if (groupBytes >= MAX_GROUP_BYTES) {
        break;
      }
    }
    return group;
  }
}
