package io.tillpost.ingest.bench;

import io.tillpost.ingest.bench.BenchEstate.Request;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * How much slower the others are answered while one sender sends a hundred times its quota. Rounds
 * with and without the loud one take turns on one ingest process; requests leave by the clock and
 * their time counts from when they should have left. Elasticsearch is not there: what is accepted
 * waits in the ingest log, so that only receiving and syncing are seen. Started by {@code
 * ./tillpost bench fairness}.
 */
final class FairnessBench {
  private static final int EVENTS_PER_REQUEST = 10;
  private static final int WARM_UP_ROUNDS = 2;
  private static final int TIMES_THE_QUOTA = 100;
  private static final URI NOWHERE = URI.create("http://127.0.0.1:1");

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final AtomicInteger refusedQuiet = new AtomicInteger();
  private final AtomicInteger acceptedLoud = new AtomicInteger();
  private final AtomicInteger refusedLoud = new AtomicInteger();
  private final int quota;
  private final int quiet;
  private final int seconds;
  private final int rounds;
  private final List<Request> requests;

  private FairnessBench(BenchOptions options) {
    quota = options.get("quota", 50);
    quiet = options.get("quiet", 100);
    seconds = options.get("seconds", 8);
    rounds = options.get("rounds", 6);
    requests =
        new BenchEstate(LocalDate.now(ZoneOffset.UTC).minusDays(1), 2_000, 300, "f")
            .eventRequests(EVENTS_PER_REQUEST);
  }

  /** Prints the p99 of the quiet senders with and without the loud one, and their ratio. */
  public static void main(String[] arguments) throws Exception {
    FairnessBench bench =
        new FairnessBench(
            BenchOptions.parse(arguments, Set.of("quota", "quiet", "seconds", "rounds")));
    try (ScratchDirectory scratch = ScratchDirectory.create();
        IngestChild ingest =
            IngestChild.ofThisBuild(
                scratch.path(),
                NOWHERE,
                "--tillpost.ingest.senders.quiet.keys=" + hash("quiet"),
                "--tillpost.ingest.senders.loud.keys=" + hash("loud"),
                "--tillpost.ingest.senders.loud.events-per-second=" + bench.quota)) {
      bench.run(ingest.uri());
    }
    System.exit(0);
  }

  private static String hash(String key) throws Exception {
    byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
    return "sha256:" + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }

  private void run(URI receiver) throws Exception {
    System.out.printf(
        "Quiet senders: %d requests a second of %d events. Loud one: quota %d events a second, sends %,d."
            + " %d rounds each of %d s%n",
        quiet, EVENTS_PER_REQUEST, quota, quota * TIMES_THE_QUOTA, rounds, seconds);
    Histogram alone = OpenLoop.histogram();
    Histogram beside = OpenLoop.histogram();
    List<Double> ratios = new ArrayList<>();
    for (int round = 0; round < WARM_UP_ROUNDS + rounds; round++) {
      Histogram without = OpenLoop.histogram();
      Histogram with = OpenLoop.histogram();
      // Which comes first takes turns too.
      round(receiver, round % 2 == 0 ? without : with, round % 2 == 1);
      round(receiver, round % 2 == 0 ? with : without, round % 2 == 0);
      if (round >= WARM_UP_ROUNDS) {
        alone.add(without);
        beside.add(with);
        ratios.add((double) p99(with) / p99(without));
      }
    }
    OpenLoop.print("alone", alone);
    OpenLoop.print("beside the loud one", beside);
    double[] sorted = ratios.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    System.out.printf(
        "p99 beside the loud one, times p99 alone: %.2f over all, median of rounds %.2f, from %.2f to %.2f%n",
        (double) p99(beside) / p99(alone),
        sorted[sorted.length / 2],
        sorted[0],
        Arrays.stream(sorted).max().orElse(0));
    System.out.printf(
        "Loud requests: %,d accepted, %,d told to come back later; quiet ones not accepted: %d%n",
        acceptedLoud.get(), refusedLoud.get(), refusedQuiet.get());
  }

  private void round(URI receiver, Histogram answers, boolean loud) throws Exception {
    CompletableFuture<Void> loudOne =
        loud
            ? CompletableFuture.runAsync(
                () -> send(receiver, "loud", quota * TIMES_THE_QUOTA / EVENTS_PER_REQUEST, null),
                task -> Thread.ofPlatform().daemon().start(task))
            : CompletableFuture.completedFuture(null);
    send(receiver, "quiet", quiet, answers);
    loudOne.get(2, TimeUnit.MINUTES);
  }

  private void send(URI receiver, String key, int perSecond, @Nullable Histogram times) {
    List<CompletableFuture<Void>> sent = new ArrayList<>();
    long step = TimeUnit.SECONDS.toNanos(1) / perSecond;
    long start = System.nanoTime();
    for (int i = 0; i < perSecond * seconds; i++) {
      long due = start + i * step;
      OpenLoop.waitUntil(due);
      Request request = requests.get(i % requests.size());
      sent.add(
          http.sendAsync(
                  HttpRequest.newBuilder(receiver.resolve(request.path()))
                      .timeout(Duration.ofSeconds(60))
                      .header("Content-Type", request.contentType())
                      .header("Authorization", "Bearer " + key)
                      .POST(BodyPublishers.ofByteArray(request.body()))
                      .build(),
                  HttpResponse.BodyHandlers.discarding())
              .handle(
                  (response, _) -> {
                    count(times != null, response != null && response.statusCode() == 200);
                    if (times != null) {
                      times.recordValue(OpenLoop.micros(due));
                    }
                    return null;
                  }));
    }
    CompletableFuture.allOf(sent.toArray(CompletableFuture[]::new)).join();
  }

  private void count(boolean ofQuiet, boolean accepted) {
    if (ofQuiet && !accepted) {
      refusedQuiet.incrementAndGet();
    } else if (!ofQuiet) {
      (accepted ? acceptedLoud : refusedLoud).incrementAndGet();
    }
  }

  private static long p99(Histogram micros) {
    return micros.getValueAtPercentile(99);
  }
}
