package io.tillpost.ingest.log;

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

  /**
   * Takes everything that waits, up to a few megabytes; nothing if nothing comes for a while. One
   * thread takes.
   *
   * @param into an empty list that has room for one; what was taken is in it also where this throws
   */
  void takeGroup(List<Waiting> into, long timeout, TimeUnit unit) throws InterruptedException {
    Waiting first = waiting.poll(timeout, unit);
    if (first == null) {
      return;
    }
    into.add(first);
    long groupBytes = first.bytes();
    bytes.addAndGet(-first.bytes());
    for (Waiting one = waiting.peek();
        one != null && groupBytes < MAX_GROUP_BYTES;
        one = waiting.peek()) {
      // Before it leaves the queue: there may be no memory to note it down.
      into.add(one);
      waiting.remove();
      bytes.addAndGet(-one.bytes());
      groupBytes += one.bytes();
    }
  }
}
