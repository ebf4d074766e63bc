package io.tillpost.ingest.bench;

import io.tillpost.ingest.bench.BenchEstate.Request;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * A backlog: the live heap of ingest while Elasticsearch stands still and what was accepted waits
 * in the ingest log, measured before, and after every tenth of the events of the first round; then,
 * in each round, how fast it is brought in once Elasticsearch goes on, beside the same documents in
 * prepared bulk requests, and how long live messages take until they are found meanwhile. Small
 * outages come before, until the machine code for one is made, so Elasticsearch is stopped as it
 * runs rather than started anew. With another outage in the midst of each ({@code --again}) live
 * messages alone are measured. Started by {@code ./tillpost bench backlog}.
 */
final class BacklogBench {
  private static final int EVENTS_PER_MESSAGE = 7;
  private static final int EVENTS_PER_REQUEST = 500;
  private static final int ROUND_MESSAGES = 20_000;

  /** The backlog comes in so many parts, the heap is looked at after each. */
  private static final int PARTS = 10;

  /** A round of prepared documents is sent in so many requests. */
  private static final int BODIES = 40;

  private static final long TELL_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private static final Pattern USED =
      Pattern.compile("(?m)^\\s*garbage-first heap .*? used (\\d+)K");

  private final LocalDate day = LocalDate.now(ZoneOffset.UTC).minusDays(1);
  private final LocalDate before = day.minusDays(1);
  private final Path directory;
  private final BenchNode node;
  private final IngestChild ingest;

  private BacklogBench(Path directory, BenchNode node, IngestChild ingest) {
    this.directory = directory;
    this.node = node;
    this.ingest = ingest;
  }

  /** Prints the heap for every tenth of the first backlog, a line for each round, and medians. */
  public static void main(String[] arguments) throws Exception {
    BenchOptions options =
        BenchOptions.parse(arguments, Set.of("events", "again", "rounds", "warm-up", "kafka"));
    int events = Math.max(options.get("events", 1_000_000), PARTS * EVENTS_PER_MESSAGE);
    try (BenchTopic topic = BenchTopic.of(options);
        ScratchDirectory scratch = ScratchDirectory.create();
        BenchNode node = new BenchNode(scratch.path().resolve("es"), 1_024);
        IngestChild ingest =
            IngestChild.ofThisBuild(scratch.path(), node.uri(), topic.settings())) {
      BacklogBench bench = new BacklogBench(scratch.path(), node, ingest);
      bench.warmUp(options.get("warm-up", 18));
      int rounds = options.get("rounds", 5);
      int again = options.get("again", 0);
      if (again > 0) {
        bench.runAgain(events, again, rounds);
      } else {
        bench.run(events, rounds);
      }
    }
    System.exit(0);
  }

  private void run(int events, int rounds) throws Exception {
    int messages = events / PARTS / EVENTS_PER_MESSAGE;
    List<Brought> drained = new ArrayList<>();
    List<Brought> raw = new ArrayList<>();
    for (int round = 1; round <= rounds; round++) {
      node.pause();
      try {
        fill(messages, round);
      } finally {
        node.resume();
      }
      Brought ours = drain((long) messages * PARTS * EVENTS_PER_MESSAGE, round);
      node.refresh(String.join(",", eventsAndStates(day)));
      Path directory = Files.createDirectory(this.directory.resolve("bodies-" + round));
      List<Path> bodies =
          RawBodies.inFiles(
              node,
              eventsAndStates(day),
              new String[] {"ours-", "raw-"},
              Math.ceilDiv(messages * PARTS, ROUND_MESSAGES) * BODIES,
              directory);
      node.send("DELETE", "/" + String.join(",", eventsAndStates(day)), "");
      Brought prepared = raw(bodies);
      node.send("DELETE", "/" + IngestBench.indices("raw-", day), "");
      for (Path body : bodies) {
        Files.delete(body);
      }
      tell("round " + round, ours, prepared);
      drained.add(ours);
      raw.add(prepared);
    }
    tell("medians", Brought.median(drained), Brought.median(raw));
  }

  /** While it is brought in, Elasticsearch stands still once more, and so many events come in. */
  private void runAgain(int events, int again, int rounds) throws Exception {
    int messages = events / EVENTS_PER_MESSAGE;
    String ofEvents = IngestBench.names("ours-", day).getFirst();
    for (int round = 1; round <= rounds; round++) {
      whileItStandsStill(day, 0, messages, "t" + round + "x");
      awaitWritten(ofEvents, (long) events / PARTS);
      LiveProbes probes = new LiveProbes(node, ingest.uri(), day, "v" + round);
      probes.start();
      TimeUnit.NANOSECONDS.sleep(TELL_NANOS / 2);
      probes.end();
      probes.tell();
      System.out.printf("again, with %,d events done%n", node.written(ofEvents));
      whileItStandsStill(day, messages, again / EVENTS_PER_MESSAGE, "t" + round + "x");
      probes = new LiveProbes(node, ingest.uri(), day, "u" + round);
      probes.start();
      awaitNoBacklog();
      probes.end();
      probes.tell();
      node.send("DELETE", "/" + String.join(",", eventsAndStates(day)), "");
    }
  }

  private void awaitWritten(String indices, long documents) throws Exception {
    long giveUp = System.nanoTime() + PATIENCE.toNanos();
    while (node.written(indices) < documents && System.nanoTime() < giveUp) {
      Thread.sleep(100);
    }
  }

  private static void tell(String what, Brought drained, Brought raw) {
    System.out.printf(
        "%s: drained %s, raw %s: %.2f%n",
        what, drained, raw, drained.perSecond() / raw.perSecond());
  }

  /**
   * Both ways in turns, into indices that grow: small outages, so that what brings in a backlog,
   * overtakes it, merges and asks for live messages is as warm as what is measured. The bodies are
   * what came through ingest in the first round, under other ids each time.
   */
  private void warmUp(int rounds) throws Exception {
    List<String> written = eventsAndStates(before);
    List<byte[]> bodies = List.of();
    for (int round = 0; round < rounds; round++) {
      whileItStandsStill(before, 0, ROUND_MESSAGES, run(round));
      LiveProbes probes = new LiveProbes(node, ingest.uri(), before, "w" + round);
      probes.start();
      awaitNoBacklog();
      probes.end();
      if (bodies.isEmpty()) {
        node.refresh(String.join(",", written));
        IngestBench.putRawTemplates(node);
        bodies = RawBodies.of(node, written, new String[] {"ours-", "raw-"}, BODIES);
        IngestBench.create(node, "raw-", before);
      }
      String next = run(round);
      Senders.all(bodies, 2, body -> node.bulk(RawBodies.ofAnotherRun(body, run(0), next)));
      System.out.printf("warm-up %d of %d%n", round + 1, rounds);
    }
    node.send("DELETE", "/" + String.join(",", written), "");
    node.send("DELETE", "/" + IngestBench.indices("raw-", before), "");
  }

  private void whileItStandsStill(LocalDate day, int first, int messages, String run)
      throws Exception {
    node.pause();
    try {
      int end = first + messages;
      for (int next = first; next < end; next += ROUND_MESSAGES) {
        send(new BenchEstate(day, next, Math.min(ROUND_MESSAGES, end - next), 300, run));
      }
    } finally {
      node.resume();
    }
  }

  /** There are no spans. */
  private static List<String> eventsAndStates(LocalDate day) {
    List<String> names = IngestBench.names("ours-", day);
    return List.of(names.get(0), names.get(2));
  }

  /** Names of runs are equally long, so that one can stand in the place of another. */
  private static String run(int number) {
    return "r%03dx".formatted(number);
  }

  private void awaitNoBacklog() throws Exception {
    // What waits in a topic is told a second late.
    Thread.sleep(1_500);
    long giveUp = System.nanoTime() + PATIENCE.toNanos();
    while (ingest.backlog() > 0 && System.nanoTime() < giveUp) {
      Thread.sleep(100);
    }
  }

  /** Looks at the live heap in the first round only: each look is a full collection. */
  private void fill(int messages, int round) throws Exception {
    if (round > 1) {
      for (int part = 0; part < PARTS; part++) {
        send(part(part, messages, round));
      }
      return;
    }
    long heapBefore = liveKibibytes(ingest.pid());
    System.out.printf("live heap before: %,d MiB%n", heapBefore >> 10);
    Sent sent = new Sent(0, 0);
    for (int part = 0; part < PARTS; part++) {
      sent = sent.and(send(part(part, messages, round)));
      long now = liveKibibytes(ingest.pid());
      System.out.printf(
          "%,d events of %,d bytes wait: live heap %,d MiB, %+,d MiB%n",
          sent.events(), sent.bytes() / sent.events(), now >> 10, (now - heapBefore) >> 10);
    }
  }

  private BenchEstate part(int part, int messages, int round) {
    return new BenchEstate(day, part * messages, messages, 300, "t" + round + "x");
  }

  /** What waits, states included, while live messages come in. */
  private Brought drain(long events, int round) throws Exception {
    LiveProbes probes = new LiveProbes(node, ingest.uri(), day, "v" + round);
    String indices = IngestBench.indices("ours-", day);
    String ofEvents = IngestBench.names("ours-", day).getFirst();
    long giveUp = System.nanoTime() + PATIENCE.toNanos();
    long start = 0;
    long atStart = 0;
    long last = 0;
    long tellAt = 0;
    Spent spent = new Spent(0, 0, 0);
    long now = System.nanoTime();
    while (node.written(ofEvents) < events && now < giveUp) {
      Thread.sleep(200);
      now = System.nanoTime();
      if (start == 0 && node.written(ofEvents) > 0) {
        start = now;
        atStart = node.written(indices);
        last = atStart;
        spent = spent();
        tellAt = now + TELL_NANOS;
        probes.start();
      }
      if (start != 0 && now >= tellAt) {
        long written = node.written(indices);
        System.out.printf(
            "after %,d s: %,.0f documents/s%n",
            TimeUnit.NANOSECONDS.toSeconds(now - start),
            (written - last) * 1e9 / (now - tellAt + TELL_NANOS));
        last = written;
        tellAt = now + TELL_NANOS;
      }
    }
    Brought brought =
        new Brought(node.written(indices) - atStart, (now - start) / 1e9, spent().minus(spent));
    System.out.printf(
        "%,d events brought in, %.1f s after the first of them; %s%n",
        events, (now - start) / 1e9, node.work(indices));
    probes.end();
    probes.tell();
    awaitNoBacklog();
    return brought;
  }

  /** Prepared bodies of the same documents. */
  private Brought raw(List<Path> bodies) throws Exception {
    IngestBench.create(node, "raw-", day);
    String indices = IngestBench.indices("raw-", day);
    node.settle(indices);
    Spent spent = spent();
    long start = System.nanoTime();
    Senders.all(bodies, 2, body -> node.bulk(RawBodies.read(body)));
    double seconds = (System.nanoTime() - start) / 1e9;
    spent = spent().minus(spent);
    System.out.printf("raw: %s in %.1f s%n", node.work(indices), seconds);
    return new Brought(node.written(indices), seconds, spent);
  }

  private Spent spent() {
    return new Spent(
        Cpu.seconds(List.of(ingest.pid())),
        Cpu.seconds(List.of(node.pid())),
        Cpu.compilers(List.of(ingest.pid(), node.pid())));
  }

  /**
   * Processor seconds.
   *
   * @param ingest of ingest
   * @param node of Elasticsearch
   * @param compilers what the compilers of both took, which is in these
   */
  private record Spent(double ingest, double node, double compilers) {
    Spent minus(Spent before) {
      return new Spent(ingest - before.ingest, node - before.node, compilers - before.compilers);
    }
  }

  /** How quickly documents were brought in, and what it took. */
  private record Brought(long documents, double seconds, Spent spent) {
    double perSecond() {
      return documents / seconds;
    }

    /** The one in the middle by its rate. */
    static Brought median(List<Brought> rounds) {
      return rounds.stream()
          .sorted(Comparator.comparingDouble(Brought::perSecond))
          .toList()
          .get(rounds.size() / 2);
    }

    @Override
    public String toString() {
      double each = 1e6 / documents;
      return "%,.0f documents/s (%.1f us CPU each in ingest, %.1f in Elasticsearch, %.1f to compile)"
          .formatted(
              perSecond(), spent.ingest() * each, spent.node() * each, spent.compilers() * each);
    }
  }

  private record Sent(long events, long bytes) {
    Sent and(Sent more) {
      return new Sent(events + more.events, bytes + more.bytes);
    }
  }

  private Sent send(BenchEstate estate) throws Exception {
    List<Request> requests = estate.eventRequests(EVENTS_PER_REQUEST);
    Senders.all(requests, 4, request -> Senders.post(ingest.uri(), request));
    return new Sent(
        requests.stream().mapToLong(Request::records).sum(),
        requests.stream().mapToLong(request -> request.body().length).sum());
  }

  /** What a full collection leaves. */
  private static long liveKibibytes(long process) throws IOException, InterruptedException {
    jcmd(process, "GC.run");
    long used =
        USED.matcher(jcmd(process, "GC.heap_info"))
            .results()
            .mapToLong(result -> Long.parseLong(result.group(1)))
            .sum();
    if (used == 0) {
      throw new IllegalStateException("The heap of the process is not known");
    }
    return used;
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
