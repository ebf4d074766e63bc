package io.tillpost.ingest.bench;

import io.tillpost.ingest.bench.BenchEstate.Request;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/**
 * What ingest costs over Elasticsearch itself: the same documents once through OTLP and message
 * events, ingest log and indexer, once as bulk bodies prepared beforehand, in turns on the same
 * node. Started by {@code ./tillpost bench ingest}; ends by itself, leaves nothing behind.
 */
final class IngestBench {
  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("uuuu.MM.dd");
  private static final List<String> KINDS = List.of("events-", "spans-", "messages-");
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final int messages;
  private final int open;
  private final int rounds;
  private final int warmUp;
  private final int rawConnections;
  private final int rawActions;
  private final boolean kafka;
  private final LocalDate day = LocalDate.now(ZoneOffset.UTC).minusDays(1);
  private final List<Measured> ours = new ArrayList<>();
  private final List<Measured> raw = new ArrayList<>();

  private IngestBench(BenchOptions options) {
    messages = options.get("messages", 12_000);
    open = options.get("open", 300);
    rounds = options.get("rounds", 7);
    warmUp = options.get("warm-up", 34);
    rawConnections = options.get("raw-connections", 2);
    rawActions = options.get("raw-actions", 5_000);
    kafka = BenchTopic.of(options).isInKafka();
  }

  /**
   * One way, once.
   *
   * @param documents that stand in the indices afterwards
   * @param work of Elasticsearch for them
   * @param seconds until a search finds all of them: ingest pays for a refresh each second while it
   *     writes, prepared bodies are done before the first one
   * @param ingestCpu processor seconds of the ingest process
   * @param nodeCpu processor seconds of Elasticsearch
   * @param compilers processor seconds that the compilers of both took, which are in these
   */
  record Measured(
      long documents,
      BenchNode.Work work,
      double seconds,
      double ingestCpu,
      double nodeCpu,
      double compilers) {
    double perSecond() {
      return documents / seconds;
    }

    /** As {@link #cpuPerDocument}, of code that is compiled to the end. */
    double compiledCpuPerDocument() {
      return (ingestCpu + nodeCpu - compilers) * 1e6 / documents;
    }

    /** Microseconds of processor time a document. */
    double cpuPerDocument() {
      return (ingestCpu + nodeCpu) * 1e6 / documents;
    }
  }

  /** Prints a line for each round, and the medians. */
  public static void main(String[] arguments) throws Exception {
    BenchOptions options =
        BenchOptions.parse(
            arguments,
            Set.of(
                "messages",
                "open",
                "rounds",
                "warm-up",
                "raw-connections",
                "raw-actions",
                "heap",
                "ingest-heap",
                "kafka"));
    IngestBench bench = new IngestBench(options);
    try (BenchTopic topic = BenchTopic.of(options);
        ScratchDirectory scratch = ScratchDirectory.create();
        BenchNode node = new BenchNode(scratch.path().resolve("es"), options.get("heap", 1_024));
        IngestChild ingest =
            IngestChild.ofThisBuild(
                scratch.path(), node.uri(), options.get("ingest-heap", 1_024), topic.settings())) {
      bench.run(node, ingest);
    }
    bench.report();
    System.exit(0);
  }

  private void run(BenchNode node, IngestChild ingest) throws Exception {
    say("%,d messages a round, %d of them under way at one time", messages, open);
    BenchEstate estate = new BenchEstate(day, messages, open, "r");
    List<Request> requests = estate.requests();
    List<byte[]> bodies = List.of();
    for (int round = 1 - warmUp; round <= rounds; round++) {
      Measured through = throughIngest(node, ingest, estate, requests);
      if (bodies.isEmpty()) {
        putRawTemplates(node);
        bodies = bodies(node, through.documents());
      }
      Measured direct = direct(node, bodies);
      node.send("DELETE", "/" + indices("ours-", day), "");
      node.send("DELETE", "/" + indices("raw-", day), "");
      say("%s %s", round <= 0 ? "warm-up" : "round " + round, line(through, direct));
      if (round > 0) {
        ours.add(through);
        raw.add(direct);
      }
    }
  }

  private Measured throughIngest(
      BenchNode node, IngestChild ingest, BenchEstate estate, List<Request> requests)
      throws Exception {
    String indices = indices("ours-", day);
    if (node.send("GET", "/_index_template?filter_path=index_templates.name", "")
        .toString()
        .contains("ours-")) {
      create(node, "ours-", day);
      node.settle(indices);
    }
    List<Long> processes = List.of(ingest.pid(), node.pid());
    double cpu = Cpu.seconds(processes);
    double nodeCpu = Cpu.seconds(List.of(node.pid()));
    double compilers = Cpu.compilers(processes);
    long start = System.nanoTime();
    Senders.all(requests, 4, request -> Senders.post(ingest.uri(), request));
    if (kafka) {
      awaitFound(node, estate);
    } else {
      awaitWritten(ingest);
    }
    node.refresh(indices);
    long end = System.nanoTime();
    node.settle(indices);
    nodeCpu = Cpu.seconds(List.of(node.pid())) - nodeCpu;
    cpu = Cpu.seconds(processes) - cpu;
    compilers = Cpu.compilers(processes) - compilers;
    long documents = node.count(indices);
    if (documents != estate.records() + messages) {
      throw new IllegalStateException(documents + " documents are there");
    }
    return new Measured(
        documents, node.work(indices), (end - start) / 1e9, cpu - nodeCpu, nodeCpu, compilers);
  }

  /** The same as {@link #awaitWritten}; what waits in a topic is told a second late. */
  private void awaitFound(BenchNode node, BenchEstate estate) throws Exception {
    long giveUp = System.nanoTime() + PATIENCE.toNanos();
    String ofRecords = String.join(",", names("ours-", day).subList(0, 2));
    while (node.written(ofRecords) < estate.records() && System.nanoTime() < giveUp) {
      Thread.sleep(100);
    }
    String indices = indices("ours-", day);
    while (node.count(indices) < estate.records() + messages && System.nanoTime() < giveUp) {
      Thread.sleep(50);
      node.refresh(indices);
    }
  }

  /** Until the last of them is there, with the states of all messages. */
  private static void awaitWritten(IngestChild ingest) throws Exception {
    long before = ingest.backlog();
    long at = System.nanoTime();
    long giveUp = at + PATIENCE.toNanos();
    long wait = 50;
    while (before > 0 && System.nanoTime() < giveUp) {
      Thread.sleep(wait);
      long backlog = ingest.backlog();
      long now = System.nanoTime();
      // Asking costs something too: half of the time that is probably left.
      double perMilli = (before - backlog) * 1e6 / (now - at);
      wait = Math.clamp((long) (backlog / Math.max(perMilli, 1) / 2), 10, 1_000);
      before = backlog;
      at = now;
    }
    if (before > 0) {
      throw new IllegalStateException("Ingest did not bring everything into Elasticsearch");
    }
  }

  private Measured direct(BenchNode node, List<byte[]> bodies) throws Exception {
    String indices = indices("raw-", day);
    create(node, "raw-", day);
    List<Long> processes = List.of(node.pid());
    node.settle(indices);
    double cpu = Cpu.seconds(processes);
    double compilers = Cpu.compilers(processes);
    long start = System.nanoTime();
    Senders.all(bodies, rawConnections, node::bulk);
    node.refresh(indices);
    long end = System.nanoTime();
    node.settle(indices);
    cpu = Cpu.seconds(processes) - cpu;
    compilers = Cpu.compilers(processes) - compilers;
    return new Measured(
        node.count(indices), node.work(indices), (end - start) / 1e9, 0, cpu, compilers);
  }

  private List<byte[]> bodies(BenchNode node, long documents) throws Exception {
    int count = (int) Math.max(rawConnections, Math.ceilDiv(documents, (long) rawActions));
    List<byte[]> bodies =
        RawBodies.of(node, names("ours-", day), new String[] {"ours-", "raw-"}, count);
    node.settle(indices("ours-", day));
    return bodies;
  }

  static void create(BenchNode node, String prefix, LocalDate day) {
    for (String index : names(prefix, day)) {
      node.send("PUT", "/" + index, "{}");
    }
  }

  static void putRawTemplates(BenchNode node) {
    String paths =
        String.join(
            ",",
            Stream.of("index_patterns", "priority", "template")
                .map(member -> "index_templates.index_template." + member)
                .toList());
    var templates =
        node.send("GET", "/_index_template/ours-*?filter_path=index_templates.name," + paths, "")
            .path("index_templates");
    for (var template : templates) {
      node.send(
          "PUT",
          "/_index_template/" + template.path("name").asString().replace("ours-", "raw-"),
          template.path("index_template").toString().replace("\"ours-", "\"raw-"));
    }
  }

  static String indices(String prefix, LocalDate day) {
    return String.join(",", names(prefix, day));
  }

  static List<String> names(String prefix, LocalDate day) {
    return KINDS.stream().map(kind -> prefix + kind + DAY.format(day)).toList();
  }

  private void report() {
    Measured a = median(ours);
    Measured b = median(raw);
    say("median of %d: %s", rounds, line(a, b));
    say(
        "ratio of medians: %.2f of the documents a second, %.2f of the documents a CPU second (%.2f"
            + " without the compilers of both)",
        a.perSecond() / b.perSecond(),
        b.cpuPerDocument() / a.cpuPerDocument(),
        b.compiledCpuPerDocument() / a.compiledCpuPerDocument());
  }

  /** Each value's own median. */
  private static Measured median(List<Measured> all) {
    int middle = all.size() / 2;
    return new Measured(
        all.getFirst().documents(),
        new BenchNode.Work(
            median(all, BenchNode.Work::writes),
            median(all, BenchNode.Work::requests),
            median(all, BenchNode.Work::refreshes),
            median(all, BenchNode.Work::merged)),
        all.stream().map(Measured::seconds).sorted().toList().get(middle),
        all.stream().map(Measured::ingestCpu).sorted().toList().get(middle),
        all.stream().map(Measured::nodeCpu).sorted().toList().get(middle),
        all.stream().map(Measured::compilers).sorted().toList().get(middle));
  }

  private static long median(List<Measured> all, ToLongFunction<BenchNode.Work> of) {
    return all.stream()
        .mapToLong(one -> of.applyAsLong(one.work()))
        .sorted()
        .toArray()[all.size() / 2];
  }

  private static String line(Measured ours, Measured raw) {
    return ("ingest %,.0f documents/s, %.1f us CPU each (ingest %.1f, Elasticsearch %.1f; of"
            + " both %.1f to compile; %s) | raw %,.0f/s, %.1f us CPU (%.1f to compile; %s)")
        .formatted(
            ours.perSecond(),
            ours.cpuPerDocument(),
            ours.ingestCpu() * 1e6 / ours.documents(),
            ours.nodeCpu() * 1e6 / ours.documents(),
            ours.compilers() * 1e6 / ours.documents(),
            work(ours),
            raw.perSecond(),
            raw.cpuPerDocument(),
            raw.compilers() * 1e6 / raw.documents(),
            work(raw));
  }

  private static String work(Measured of) {
    return "%.2f writes a document, %d requests to shards, %d refreshes, %.2f merged"
        .formatted(
            (double) of.work().writes() / of.documents(),
            of.work().requests(),
            of.work().refreshes(),
            (double) of.work().merged() / of.documents());
  }

  private static void say(String format, Object... values) {
    System.out.printf(format + "%n", values);
  }
}
