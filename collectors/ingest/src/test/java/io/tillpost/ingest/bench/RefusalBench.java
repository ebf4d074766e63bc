package io.tillpost.ingest.bench;

import io.tillpost.ingest.bench.BenchEstate.Request;
import java.net.URI;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.Histogram;

/**
 * How long it takes to be told to come back later when the ingest log is full: with Elasticsearch
 * away the log is filled, and then requests of one event, of fifty and of five hundred go on to
 * arrive by the clock. Started by {@code ./tillpost bench refusal}.
 */
final class RefusalBench {
  private static final URI NOWHERE = URI.create("http://127.0.0.1:9");
  private static final int WARM_UP_SECONDS = 10;
  private static final List<Integer> EVENTS = List.of(1, 50, 500);
  private static final int DIFFERENT = 50;
  private static final int ENOUGH_TO_FILL = 100_000;

  private final int rate;
  private final int seconds;
  private final Map<Integer, LongAdder> statuses = new ConcurrentSkipListMap<>();

  private RefusalBench(BenchOptions options) {
    rate = options.get("rate", 200);
    seconds = Math.min(options.get("seconds", 20), 600);
  }

  /** Prints the times by the size of the request, and what was answered. */
  public static void main(String[] arguments) throws Exception {
    BenchOptions options = BenchOptions.parse(arguments, Set.of("rate", "seconds"));
    RefusalBench bench = new RefusalBench(options);
    try (ScratchDirectory scratch = ScratchDirectory.create();
        IngestChild ingest =
            IngestChild.ofThisBuild(
                scratch.path(), NOWHERE, "--tillpost.ingest.log.max-size=8MB")) {
      bench.run(ingest.uri());
    }
    System.exit(0);
  }

  private void run(URI receiver) throws Exception {
    Map<Integer, List<Request>> requests = new TreeMap<>();
    for (int events : EVENTS) {
      requests.put(
          events,
          new BenchEstate(
                  LocalDate.now(ZoneOffset.UTC).minusDays(1),
                  DIFFERENT * events / 7 + 1,
                  300,
                  "f" + events)
              .eventRequests(events).stream().limit(DIFFERENT).toList());
    }
    fill(receiver, requests.get(EVENTS.getLast()));
    System.out.printf(
        "The log is full. %d requests a second, %d s after %d s of warm-up%n",
        rate, seconds, WARM_UP_SECONDS);
    Map<Integer, Histogram> times = new TreeMap<>();
    EVENTS.forEach(events -> times.put(events, OpenLoop.histogram()));
    send(receiver, requests, times, WARM_UP_SECONDS);
    times.values().forEach(Histogram::reset);
    statuses.clear();
    send(receiver, requests, times, seconds);
    times.forEach(
        (events, micros) ->
            OpenLoop.print(
                "turned away with %d event%s".formatted(events, events == 1 ? "" : "s"), micros));
    System.out.println("Answers by status: " + statuses);
  }

  /** Until it is full: the same events again take their room again, as long as nobody reads. */
  private static void fill(URI receiver, List<Request> requests) {
    for (int i = 0; i < ENOUGH_TO_FILL; i++) {
      int status = Senders.postOnce(receiver, requests.get(i % requests.size())).join();
      if (status != 200) {
        return;
      }
    }
    throw new IllegalStateException("The log was never full");
  }

  private void send(
      URI receiver,
      Map<Integer, List<Request>> requests,
      Map<Integer, Histogram> times,
      int howLong)
      throws Exception {
    List<CompletableFuture<Void>> sent = new ArrayList<>();
    long step = TimeUnit.SECONDS.toNanos(1) / rate;
    long start = System.nanoTime();
    for (int i = 0; i < rate * howLong; i++) {
      long due = start + i * step;
      int events = EVENTS.get(i % EVENTS.size());
      List<Request> ofSize = requests.get(events);
      OpenLoop.waitUntil(due);
      sent.add(
          Senders.postOnce(receiver, ofSize.get(i % ofSize.size()))
              .handle(
                  (status, failure) -> {
                    times.get(events).recordValue(OpenLoop.micros(due));
                    statuses
                        .computeIfAbsent(failure == null ? status : 0, _ -> new LongAdder())
                        .increment();
                    return null;
                  }));
    }
    CompletableFuture.allOf(sent.toArray(CompletableFuture[]::new)).get(2, TimeUnit.MINUTES);
  }
}
