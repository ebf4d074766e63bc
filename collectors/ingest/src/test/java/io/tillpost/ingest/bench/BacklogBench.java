package io.tillpost.ingest.bench;

import io.tillpost.ingest.bench.BenchEstate.Request;
import io.tillpost.testing.FreePorts;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A backlog: the live heap of ingest while Elasticsearch is away and what was accepted waits in the
 * ingest log, measured before, and after every tenth of the events; then how fast it is brought in
 * once Elasticsearch is there, beside prepared bulk requests, and how long live messages take until
 * they are found meanwhile. Started by {@code ./tillpost bench backlog}.
 */
final class BacklogBench {
  private static final int EVENTS_PER_MESSAGE = 7;
  private static final int EVENTS_PER_REQUEST = 500;
  private static final int RAW_MESSAGES = 5_000;
  private static final int RAW_ROUNDS = 5;
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final Pattern USED = Pattern.compile("used (\\d+)K");

  private final LocalDate day = LocalDate.now(ZoneOffset.UTC).minusDays(1);

  private BacklogBench() {}

  /** Prints a line for every tenth. */
  public static void main(String[] arguments) throws Exception {
    BenchOptions options = BenchOptions.parse(arguments, Set.of("events"));
    int events = options.get("events", 1_000_000);
    int port = FreePorts.next();
    BacklogBench bench = new BacklogBench();
    try (ScratchDirectory scratch = ScratchDirectory.create();
        IngestChild ingest =
            IngestChild.ofThisBuild(scratch.path(), URI.create("http://127.0.0.1:" + port))) {
      long waiting = bench.fill(ingest, Math.max(events, 10 * EVENTS_PER_MESSAGE));
      try (BenchNode node = new BenchNode(scratch.path().resolve("es"), 1_024, port)) {
        double drained = bench.drain(ingest, node, waiting);
        double raw = bench.raw(ingest, node);
        System.out.printf(
            "drained %,.0f documents/s, raw %,.0f documents/s: %.2f%n",
            drained, raw, drained / raw);
      }
    }
    System.exit(0);
  }

  /** How many events wait afterwards. */
  private long fill(IngestChild ingest, int events) throws Exception {
    int messages = events / 10 / EVENTS_PER_MESSAGE;
    // The first requests bring in classes and buffers, which are no part of the backlog.
    long warmUp = send(ingest, new BenchEstate(day, 500, 300, "w")).events();
    long before = liveKibibytes(ingest.pid());
    System.out.printf("live heap before: %,d MiB%n", before >> 10);
    Sent sent = new Sent(0, 0);
    for (int tenth = 0; tenth < 10; tenth++) {
      sent = sent.and(send(ingest, new BenchEstate(day, messages, 300, "t" + tenth + "x")));
      long now = liveKibibytes(ingest.pid());
      System.out.printf(
          "%,d events of %,d bytes wait: live heap %,d MiB, %+,d MiB%n",
          sent.events(), sent.bytes() / sent.events(), now >> 10, (now - before) >> 10);
    }
    return warmUp + sent.events();
  }

  /** Documents a second, states included, while live messages come in. */
  private double drain(IngestChild ingest, BenchNode node, long events) throws Exception {
    LiveProbes probes = new LiveProbes(node, ingest.uri());
    String indices = IngestBench.indices("ours-", day);
    String ofEvents = IngestBench.names("ours-", day).getFirst();
    long giveUp = System.nanoTime() + PATIENCE.toNanos();
    long start = 0;
    long atStart = 0;
    long now = System.nanoTime();
    while (node.written(ofEvents) < events && now < giveUp) {
      Thread.sleep(200);
      now = System.nanoTime();
      if (start == 0 && node.written(ofEvents) > 0) {
        start = now;
        atStart = node.written(indices);
        probes.start();
      }
    }
    double rate = (node.written(indices) - atStart) * 1e9 / (now - start);
    System.out.printf(
        "%,d events brought in, %.1f s after the first of them%n", events, (now - start) / 1e9);
    probes.end();
    return rate;
  }

  /** Documents a second of prepared bodies, with the same kinds of documents. */
  private double raw(IngestChild ingest, BenchNode node) throws Exception {
    LocalDate before = day.minusDays(1);
    BenchEstate estate = new BenchEstate(before, RAW_MESSAGES, 300, "raw");
    long events = send(ingest, estate).events();
    List<String> names = IngestBench.names("ours-", before);
    long giveUp = System.nanoTime() + PATIENCE.toNanos();
    while (node.written(names.getFirst()) < events && System.nanoTime() < giveUp) {
      Thread.sleep(200);
    }
    List<String> written = List.of(names.get(0), names.get(2));
    node.settle(String.join(",", written));
    IngestBench.putRawTemplates(node);
    List<byte[]> bodies = RawBodies.of(node, written, new String[] {"ours-", "raw-"}, 10);
    long documents = node.count(String.join(",", written));
    List<Double> rates = new ArrayList<>();
    for (int round = 0; round < RAW_ROUNDS; round++) {
      IngestBench.create(node, "raw-", before);
      long start = System.nanoTime();
      Senders.all(bodies, 2, node::bulk);
      rates.add(documents * 1e9 / (System.nanoTime() - start));
      node.send("DELETE", "/" + IngestBench.indices("raw-", before), "");
    }
    return rates.stream().sorted().toList().get(RAW_ROUNDS / 2);
  }

  private record Sent(long events, long bytes) {
    Sent and(Sent more) {
      return new Sent(events + more.events, bytes + more.bytes);
    }
  }

  private static Sent send(IngestChild ingest, BenchEstate estate) throws Exception {
    List<Request> requests = estate.eventRequests(EVENTS_PER_REQUEST);
    Senders.all(requests, 4, request -> Senders.post(ingest.uri(), request));
    return new Sent(
        requests.stream().mapToLong(Request::records).sum(),
        requests.stream().mapToLong(request -> request.body().length).sum());
  }

  /** What a full collection leaves. */
  private static long liveKibibytes(long process) throws IOException, InterruptedException {
    jcmd(process, "GC.run");
    Matcher used = USED.matcher(jcmd(process, "GC.heap_info"));
    if (!used.find()) {
      throw new IllegalStateException("The heap of the process is not known");
    }
    return Long.parseLong(used.group(1));
  }

  private static String jcmd(long process, String command)
      throws IOException, InterruptedException {
    Process jcmd =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(process),
                command)
            .redirectErrorStream(true)
            .start();
    String answer =
        new String(jcmd.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    if (jcmd.waitFor() != 0) {
      throw new IllegalStateException(answer);
    }
    return answer;
  }
}
