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
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.HdrHistogram.Histogram;

/**
 * How much slower the others are answered while one sender sends a hundred times its quota. Rounds
 * without the loud one, with it, and with it sending to a server that only says no, take turns on
 * one ingest process: the last tell what the loud sender itself costs a machine that it shares with
 * ingest, which no ingest can help. Requests leave by the clock and their time counts from when
 * they should have left. Elasticsearch is not there: what is accepted waits in the ingest log, so
 * that only receiving and syncing are seen. Started by {@code ./tillpost bench fairness}.
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
    try (NaySayer elsewhere = NaySayer.start()) {
      Map<Loud, Histogram> all = new EnumMap<>(Loud.class);
      Map<Loud, List<Double>> ratios = new EnumMap<>(Loud.class);
      for (int round = 0; round < WARM_UP_ROUNDS + rounds; round++) {
        Map<Loud, Histogram> now = round(receiver, elsewhere.uri(), round);
        if (round >= WARM_UP_ROUNDS) {
          now.forEach(
              (loud, times) -> all.computeIfAbsent(loud, _ -> OpenLoop.histogram()).add(times));
          for (Loud other : List.of(Loud.SILENT, Loud.ELSEWHERE)) {
            ratios
                .computeIfAbsent(other, _ -> new ArrayList<>())
                .add((double) p99(now.get(Loud.HERE)) / p99(now.get(other)));
          }
        }
      }
      all.forEach((loud, times) -> OpenLoop.print(loud.words, times));
      ratios.forEach((other, of) -> print(other, of, all));
    }
    System.out.printf(
        "Loud requests here: %,d accepted, %,d told to come back later; quiet ones not accepted: %d%n",
        acceptedLoud.get(), refusedLoud.get(), refusedQuiet.get());
  }

  private static void print(Loud other, List<Double> ratios, Map<Loud, Histogram> all) {
    List<Double> sorted = ratios.stream().sorted().toList();
    System.out.printf(
        "p99 %s, times p99 %s: %.2f over all, median of rounds %.2f, from %.2f to %.2f%n",
        Loud.HERE.words,
        other.words,
        (double) p99(all.get(Loud.HERE)) / p99(all.get(other)),
        sorted.get(sorted.size() / 2),
        sorted.getFirst(),
        sorted.getLast());
  }

  /** Where the loud sender sends to. */
  private enum Loud {
    SILENT("alone"),
    HERE("beside the loud one"),
    ELSEWHERE("beside the loud one that sends elsewhere");

    private final String words;

    Loud(String words) {
      this.words = words;
    }
  }

  /** Each way once; which comes first takes turns too. */
  private Map<Loud, Histogram> round(URI receiver, URI elsewhere, int number) throws Exception {
    Map<Loud, Histogram> times = new EnumMap<>(Loud.class);
    Loud[] ways = Loud.values();
    for (int i = 0; i < ways.length; i++) {
      Loud loud = ways[(number + i) % ways.length];
      Histogram answers = OpenLoop.histogram();
      CompletableFuture<Void> loudOne =
          switch (loud) {
            case SILENT -> CompletableFuture.completedFuture(null);
            case HERE -> loud(receiver, acceptedLoud, refusedLoud);
            case ELSEWHERE -> loud(elsewhere, new AtomicInteger(), new AtomicInteger());
          };
      send(receiver, "quiet", quiet, answers, new AtomicInteger(), refusedQuiet);
      loudOne.get(2, TimeUnit.MINUTES);
      times.put(loud, answers);
    }
    return times;
  }

  private CompletableFuture<Void> loud(URI to, AtomicInteger accepted, AtomicInteger refused) {
    int perSecond = quota * TIMES_THE_QUOTA / EVENTS_PER_REQUEST;
    return CompletableFuture.runAsync(
        () -> send(to, "loud", perSecond, OpenLoop.histogram(), accepted, refused),
        task -> Thread.ofPlatform().daemon().start(task));
  }

  private void send(
      URI receiver,
      String key,
      int perSecond,
      Histogram times,
      AtomicInteger accepted,
      AtomicInteger refused) {
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
                    boolean good = response != null && response.statusCode() == 200;
                    (good ? accepted : refused).incrementAndGet();
                    times.recordValue(OpenLoop.micros(due));
                    return null;
                  }));
    }
    CompletableFuture.allOf(sent.toArray(CompletableFuture[]::new)).join();
  }

  private static long p99(Histogram micros) {
    return micros.getValueAtPercentile(99);
  }
}
