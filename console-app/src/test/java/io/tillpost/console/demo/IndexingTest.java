package io.tillpost.console.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tillpost.store.IngestProcess;
import io.tillpost.store.IngestProcess.State;
import io.tillpost.store.memory.InMemoryStores;
import io.tillpost.testing.MutableClock;
import io.tillpost.testing.Samples;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class IndexingTest {
  private final InMemoryStores stores = new InMemoryStores();
  private final MutableClock clock = MutableClock.at(Samples.MORNING);
  private final List<String> said = new CopyOnWriteArrayList<>();
  private final CountDownLatch ended = new CountDownLatch(1);

  @AfterEach
  void end() {
    ended.countDown();
  }

  @Test
  void waitsUntilAQuarterIsLeft() {
    CompletableFuture<Void> waiting = waiting(Duration.ofDays(1));

    await()
        .until(
            () -> {
              clock.advance(Duration.ofSeconds(1));
              report(400_000, 300_000);
              return said.contains("History indexed: 100,000 of 400,000 records");
            });
    assertThat(waiting).isNotDone();

    report(400_000, 100_000);
    await().until(waiting::isDone);
  }

  @Test
  void doesNotWaitForAFewRecords() {
    CompletableFuture<Void> waiting = waiting(Duration.ofDays(1));

    report(1_200, 900);

    await().until(waiting::isDone);
    assertThat(said).isEmpty();
  }

  @Test
  void whatAProcessToldBeforeTheStartSaysNothing() {
    report(400_000, 0);
    clock.advance(Duration.ofSeconds(1));
    CompletableFuture<Void> waiting = waiting(Duration.ofMinutes(4));

    await()
        .until(
            () -> {
              clock.advance(Duration.ofMinutes(1));
              return waiting.isDone();
            });
    assertThat(said).containsExactly("The history is still being indexed; pages fill up meanwhile");
  }

  @Test
  void waitsNoLongerThanTheDemoLives() {
    CompletableFuture<Void> waiting = waiting(Duration.ofDays(1));

    ended.countDown();

    await().until(waiting::isDone);
  }

  private CompletableFuture<Void> waiting(Duration atMost) {
    Indexing indexing = new Indexing(stores, clock, said::add);
    CompletableFuture<Void> waiting = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                indexing.awaitMost(atMost, ended);
                waiting.complete(null);
              } catch (InterruptedException e) {
                waiting.completeExceptionally(e);
              }
            });
    return waiting;
  }

  private void report(long accepted, long backlog) {
    stores
        .documents()
        .of(IngestProcess.DOCUMENTS)
        .put(
            "a",
            new IngestProcess(
                "a",
                "host",
                clock.instant(),
                clock.instant(),
                accepted,
                accepted - backlog,
                0,
                0,
                backlog,
                0,
                null,
                0,
                State.RUNNING,
                null,
                0));
  }
}
