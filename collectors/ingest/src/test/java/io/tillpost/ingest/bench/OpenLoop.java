package io.tillpost.ingest.bench;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * Times of what is sent by the clock: each counts from when it should have left, so that a slow
 * moment is not left out because nobody sent in it. In microseconds.
 */
final class OpenLoop {
  static final long LONGEST_MICROS = TimeUnit.SECONDS.toMicros(120);

  private OpenLoop() {}

  static Histogram histogram() {
    return new ConcurrentHistogram(LONGEST_MICROS, 3);
  }

  /** Since that moment of {@link System#nanoTime}. */
  static long micros(long since) {
    return Math.min((System.nanoTime() - since) / 1_000, LONGEST_MICROS);
  }

  /** Until that moment of {@link System#nanoTime}. */
  static void waitUntil(long due) {
    for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  static void print(String what, Histogram micros) {
    System.out.printf(
        "%s: p50 %.1f ms, p90 %.1f, p99 %.1f, p99.9 %.1f, worst %.1f (%,d measured)%n",
        what,
        micros.getValueAtPercentile(50) / 1e3,
        micros.getValueAtPercentile(90) / 1e3,
        micros.getValueAtPercentile(99) / 1e3,
        micros.getValueAtPercentile(99.9) / 1e3,
        micros.getMaxValue() / 1e3,
        micros.getTotalCount());
  }
}
