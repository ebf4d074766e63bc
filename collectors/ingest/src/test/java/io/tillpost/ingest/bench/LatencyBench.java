package io.tillpost.ingest.bench;

import io.tillpost.ingest.bench.BenchEstate.Request;
import java.net.URI;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.HdrHistogram.Histogram;

/**
 * How long a sender waits for its answer, which comes after the sync, and how long it then takes
 * until a query finds the message. Requests leave by the clock, whether the ones before are
 * answered or not, and their time counts from when they should have left: a slow moment is not left
 * out because nobody sent in it. Started by {@code ./tillpost bench latency}.
 */
final class LatencyBench {
  private static final int EVENTS_PER_REQUEST = 50;
  private static final int WARM_UP_SECONDS = 60;
  private static final int PROBES_PER_SECOND = 5;
  private static final Duration ASKED_EVERY = Duration.ofMillis(100);

  private final Histogram answers = OpenLoop.histogram();
  private final Histogram visible = OpenLoop.histogram();
  private final AtomicInteger failed = new AtomicInteger();
  private final int rate;
  private final int seconds;

  private LatencyBench(BenchOptions options) {
    rate = options.get("rate", 2_000);
    seconds = Math.min(options.get("seconds", 30), 600);
  }

  /** Prints both distributions. */
  public static void main(String[] arguments) throws Exception {
    BenchOptions options = BenchOptions.parse(arguments, Set.of("rate", "seconds"));
    LatencyBench bench = new LatencyBench(options);
    try (ScratchDirectory scratch = ScratchDirectory.create();
        BenchNode node = new BenchNode(scratch.path().resolve("es"), 1_024);
        IngestChild ingest = IngestChild.ofThisBuild(scratch.path(), node.uri())) {
      bench.run(node, ingest);
    }
    System.exit(0);
  }

  private void run(BenchNode node, IngestChild ingest) throws Exception {
    System.out.printf(
        "%,d events a second in requests of %d, %d s after %d s of warm-up%n",
        rate, EVENTS_PER_REQUEST, seconds, WARM_UP_SECONDS);
    int requests = rate * (seconds + WARM_UP_SECONDS) / EVENTS_PER_REQUEST;
    BenchEstate estate =
        new BenchEstate(
            LocalDate.now(ZoneOffset.UTC).minusDays(1),
            requests * EVENTS_PER_REQUEST / 7 + 1,
            300,
            "l");
    List<Request> all = estate.eventRequests(EVENTS_PER_REQUEST).stream().limit(requests).toList();
    // Not in the pool that answers come in with: it has one thread on a machine of two cores.
    CompletableFuture<Void> probes =
        CompletableFuture.runAsync(
            () -> probe(node, ingest.uri()), task -> Thread.ofPlatform().daemon().start(task));
    List<CompletableFuture<Void>> sent = send(all, ingest.uri());
    CompletableFuture.allOf(sent.toArray(CompletableFuture[]::new)).get(2, TimeUnit.MINUTES);
    probes.get(2, TimeUnit.MINUTES);
    OpenLoop.print("answer after the sync", answers);
    OpenLoop.print("accepted to found by a query", visible);
    if (failed.get() > 0) {
      System.out.printf("%d requests were not answered with 200%n", failed.get());
    }
  }

  private List<CompletableFuture<Void>> send(List<Request> requests, URI receiver) {
    List<CompletableFuture<Void>> sent = new ArrayList<>();
    long start = System.nanoTime();
    long step = TimeUnit.SECONDS.toNanos(1) * EVENTS_PER_REQUEST / rate;
    int warmUp = rate * WARM_UP_SECONDS / EVENTS_PER_REQUEST;
    for (int i = 0; i < requests.size(); i++) {
      long due = start + i * step;
      boolean counts = i >= warmUp;
      OpenLoop.waitUntil(due);
      sent.add(
          Senders.postOnce(receiver, requests.get(i))
              .handle(
                  (status, failure) -> {
                    if (failure != null || status != 200) {
                      failed.incrementAndGet();
                    }
                    if (counts) {
                      answers.recordValue(OpenLoop.micros(due));
                    }
                    return null;
                  }));
    }
    return sent;
  }

  /** Sends a message now and then, and asks for it until it is found. */
  private void probe(BenchNode node, URI receiver) {
    try (Arrivals arrivals = new Arrivals(node, ASKED_EVERY)) {
      probe(arrivals, receiver);
    }
  }

  private void probe(Arrivals arrivals, URI receiver) {
    long start = System.nanoTime();
    long step = TimeUnit.SECONDS.toNanos(1) / PROBES_PER_SECOND;
    LocalDate day = LocalDate.now(ZoneOffset.UTC).minusDays(1);
    List<CompletableFuture<Void>> found = new ArrayList<>();
    for (int i = 0; i < PROBES_PER_SECOND * (seconds + WARM_UP_SECONDS); i++) {
      OpenLoop.waitUntil(start + i * step);
      boolean counts = i >= PROBES_PER_SECOND * WARM_UP_SECONDS;
      Request request = new BenchEstate(day, 1, 1, "p" + i + "x").eventRequests(1).getFirst();
      found.add(
          CompletableFuture.runAsync(
              () -> {
                Senders.post(receiver, request);
                long accepted = System.nanoTime();
                long at =
                    arrivals
                        .of(BenchEstate.messageIn(request))
                        .completeOnTimeout(
                            Long.MAX_VALUE, OpenLoop.LONGEST_MICROS, TimeUnit.MICROSECONDS)
                        .join();
                if (counts) {
                  visible.recordValue(Math.min((at - accepted) / 1_000, OpenLoop.LONGEST_MICROS));
                }
              },
              task -> Thread.ofVirtual().start(task)));
    }
    CompletableFuture.allOf(found.toArray(CompletableFuture[]::new)).join();
  }
}
