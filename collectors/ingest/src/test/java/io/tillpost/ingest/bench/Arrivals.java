package io.tillpost.ingest.bench;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/**
 * Asks again and again which of the messages that somebody waits for a query finds: one query for
 * all of them, so that asking costs the same however many are late.
 */
final class Arrivals implements AutoCloseable {
  private final BenchNode node;
  private final Duration step;
  private final Map<String, CompletableFuture<Long>> waiting = new ConcurrentHashMap<>();
  private final Thread thread = Thread.ofPlatform().daemon().unstarted(this::ask);
  private volatile boolean ended;

  /**
   * Asks from now on.
   *
   * @param step so often: each query is work for Elasticsearch, and what is found is found by so
   *     much later at most
   */
  Arrivals(BenchNode node, Duration step) {
    this.node = node;
    this.step = step;
    thread.start();
  }

  /** When a query found the message first, as {@link System#nanoTime} has it. */
  CompletableFuture<Long> of(String message) {
    return waiting.computeIfAbsent(message, _ -> new CompletableFuture<>());
  }

  private void ask() {
    while (!ended) {
      long next = System.nanoTime() + step.toNanos();
      List<String> messages = List.copyOf(waiting.keySet());
      if (!messages.isEmpty()) {
        for (String found : node.found("ours-messages-*", messages)) {
          CompletableFuture<Long> one = waiting.remove(found);
          if (one != null) {
            one.complete(System.nanoTime());
          }
        }
      }
      OpenLoop.waitUntil(next);
    }
  }

  @Override
  public void close() {
    ended = true;
    LockSupport.unpark(thread);
  }
}
