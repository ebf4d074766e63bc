package io.tillpost.ingest.receive;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Bounds what is worked on at the same time: bytes of requests in memory, of which one sender has
 * half at most, and requests waiting to be decoded.
 */
public final class Load implements AutoCloseable {
  private static final int MAX_WAITING_REQUESTS = 1_000;

  private final long maxBytes;
  private final long mostOfOne;
  private final AtomicLong bytes = new AtomicLong();
  private final ExecutorService decoders;

  /**
   * With so many decoding threads.
   *
   * @param maxBytes of requests in memory at the same time
   * @param largest of a single request, for which there is always room where nothing else is there
   */
  public Load(int threads, long maxBytes, long largest) {
    this.maxBytes = Math.max(maxBytes, largest);
    this.mostOfOne = Math.max(maxBytes / 2, largest);
    this.decoders =
        new ThreadPoolExecutor(
            threads,
            threads,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(MAX_WAITING_REQUESTS),
            Thread.ofPlatform().name("ingest-decoder-", 0).daemon().factory());
  }

  /** Takes room for so many bytes; false if there is none, or none for this sender. */
  boolean reserve(Sender sender, long count) {
    if (!sender.takesMemory(count, mostOfOne)) {
      return false;
    }
    if (bytes.addAndGet(count) > maxBytes) {
      release(sender, count);
      return false;
    }
    return true;
  }

  /** Gives room back. */
  void release(Sender sender, long count) {
    bytes.addAndGet(-count);
    sender.givesMemory(count);
  }

  /** Bytes reserved now. */
  long reserved() {
    return bytes.get();
  }

  /** Lets a decoder do it soon; false if too many wait. */
  boolean decode(Runnable work) {
    try {
      decoders.execute(work);
      return true;
    } catch (RejectedExecutionException _) {
      return false;
    }
  }

  /**
   * Lets a decoder do it soon, holding room for so many bytes of the sender until that is done;
   * false if there is no room or too many wait.
   */
  public boolean decode(Sender sender, long held, Runnable work) {
    if (!reserve(sender, held)) {
      return false;
    }
    boolean soon =
        decode(
            () -> {
              try {
                work.run();
              } finally {
                release(sender, held);
              }
            });
    if (!soon) {
      release(sender, held);
    }
    return soon;
  }

  @Override
  public void close() {
    decoders.shutdown();
  }
}
