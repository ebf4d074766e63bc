package io.tillpost.ingest.bench;

import io.tillpost.ingest.bench.BenchEstate.Request;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * What a message and a span take on disk: bytes a document of each daily index, merged as it will
 * be after a while, under several index settings, and the processor time that writing takes under
 * each. Started by {@code ./tillpost bench size}.
 */
final class SizeBench {
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  /** What records of a kind that are asked for together have in common. */
  private static final Map<String, String> SORTED_BY =
      Map.of("events", "message_id", "spans", "trace_id", "messages", "store_id");

  /** By name; what is set besides what the templates say, @ for the field above. */
  private static final Map<String, String> SETTINGS =
      new TreeMap<>(
          Map.of(
              "1 as shipped", "{}",
              "2 codec legacy_best_compression", "{\"codec\": \"legacy_best_compression\"}",
              "3 sorted", "{\"sort.field\": \"@\"}",
              "4 sorted, legacy_best_compression",
                  "{\"sort.field\": \"@\", \"codec\": \"legacy_best_compression\"}",
              "5 refresh 5s", "{\"refresh_interval\": \"5s\"}",
              "6 refresh 30s", "{\"refresh_interval\": \"30s\"}",
              "7 two shards", "{\"number_of_shards\": 2}",
              "8 four shards", "{\"number_of_shards\": 4}"));

  private final LocalDate day = LocalDate.now(ZoneOffset.UTC).minusDays(1);

  private SizeBench() {}

  /** Prints a line for each kind of data and setting. */
  public static void main(String[] arguments) throws Exception {
    BenchOptions options = BenchOptions.parse(arguments, Set.of("messages", "rounds"));
    int messages = options.get("messages", 20_000);
    int rounds = options.get("rounds", 3);
    SizeBench bench = new SizeBench();
    try (ScratchDirectory scratch = ScratchDirectory.create();
        BenchNode node = new BenchNode(scratch.path().resolve("es"), 1_024);
        IngestChild ingest = IngestChild.ofThisBuild(scratch.path(), node.uri())) {
      List<byte[]> bodies = bench.bodies(node, ingest, messages);
      for (int round = 1; round <= rounds; round++) {
        for (Map.Entry<String, String> setting : SETTINGS.entrySet()) {
          bench.measure(node, bodies, messages, setting.getKey(), setting.getValue(), round);
        }
      }
    }
    System.exit(0);
  }

  private List<byte[]> bodies(BenchNode node, IngestChild ingest, int messages) throws Exception {
    BenchEstate estate = new BenchEstate(day, messages, 300, "s");
    List<Request> requests = estate.requests();
    Senders.all(requests, 4, request -> Senders.post(ingest.uri(), request));
    List<String> names = IngestBench.names("ours-", day);
    String records = names.get(0) + "," + names.get(1);
    long giveUp = System.nanoTime() + PATIENCE.toNanos();
    while (node.written(records) < estate.records() && System.nanoTime() < giveUp) {
      Thread.sleep(Duration.ofMillis(200));
    }
    node.settle(String.join(",", names));
    IngestBench.putRawTemplates(node);
    return RawBodies.of(node, names, new String[] {"ours-", "raw-"}, Math.max(2, messages / 400));
  }

  private void measure(
      BenchNode node, List<byte[]> bodies, int messages, String name, String setting, int round)
      throws Exception {
    List<String> names = IngestBench.names("raw-", day);
    String indices = String.join(",", names);
    for (String index : names) {
      String own = setting.replace("@", SORTED_BY.getOrDefault(kind(index), ""));
      node.send("PUT", "/" + index, "{\"settings\": {\"index\": " + own + "}}");
    }
    node.settle(indices);
    double cpu = Cpu.seconds(List.of(node.pid()));
    Senders.all(bodies, 2, node::bulk);
    node.settle(indices);
    cpu = Cpu.seconds(List.of(node.pid())) - cpu;
    long documents = node.count(indices);
    node.send("POST", "/" + indices + "/_forcemerge?max_num_segments=1&flush=true", "");
    StringBuilder line = new StringBuilder();
    double perMessage = 0;
    for (String index : names) {
      JsonNode of =
          node.send("GET", "/" + index + "/_stats/store,docs", "").path("_all").path("primaries");
      double bytes = of.path("store").path("size_in_bytes").asDouble();
      double each = bytes / of.path("docs").path("count").asDouble();
      line.append("%s %,.0f bytes each, ".formatted(kind(index), each));
      perMessage += bytes / messages;
    }
    System.out.printf(
        "round %d, %s: %sa message with all of it %,.0f; %.1f us CPU a document to write%n",
        round, name, line, perMessage, cpu * 1e6 / documents);
    if (round == 1) {
      usage(node, names);
    }
    node.send("DELETE", "/" + indices, "");
  }

  /** Which parts of an index take most. */
  private static void usage(BenchNode node, List<String> names) {
    for (String index : names) {
      JsonNode answer =
          node.send("POST", "/" + index + "/_disk_usage?run_expensive_tasks=true", "");
      JsonNode fields = answer.path(index).path("fields");
      Map<Long, String> largest = new TreeMap<>(Comparator.reverseOrder());
      fields
          .properties()
          .forEach(
              field ->
                  largest.put(field.getValue().path("total_in_bytes").asLong(), field.getKey()));
      double all = answer.path(index).path("store_size_in_bytes").asDouble();
      StringBuilder line = new StringBuilder();
      largest.entrySet().stream()
          .limit(6)
          .forEach(
              field ->
                  line.append(
                      " %s %.0f%%".formatted(field.getValue(), 100 * field.getKey() / all)));
      System.out.printf("  %s:%s%n", kind(index), line);
    }
  }

  private static String kind(String index) {
    return index.replaceFirst("^raw-", "").replaceFirst("-.*", "");
  }
}
