package io.tillpost.ingest.bench;

import io.tillpost.elasticsearch.embedded.ElasticsearchNode;
import io.tillpost.elasticsearch.embedded.EmbeddedElasticsearch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An Elasticsearch of the benchmark's own, on a free port of the loopback address. */
final class BenchNode implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();

  private final HttpClient http = HttpClient.newHttpClient();
  private final ElasticsearchNode node;

  BenchNode(Path home, int heapMebibytes) {
    node =
        EmbeddedElasticsearch.builder().home(home).heap(heapMebibytes).httpPort(0).build().start();
  }

  URI uri() {
    return node.uri();
  }

  long pid() {
    return node.pid();
  }

  /** It stands still, and answers nobody, until it goes on. */
  void pause() throws IOException, InterruptedException {
    signal("-STOP");
  }

  /** It goes on where it stood still. */
  void resume() throws IOException, InterruptedException {
    signal("-CONT");
  }

  private void signal(String name) throws IOException, InterruptedException {
    int code = new ProcessBuilder("kill", name, Long.toString(pid())).inheritIO().start().waitFor();
    if (code != 0) {
      throw new IllegalStateException("kill " + name + " ended with " + code);
    }
  }

  /** Sends JSON, and fails on any answer but yes. */
  JsonNode send(String method, String path, String json) {
    byte[] answer =
        send(
            HttpRequest.newBuilder(uri().resolve(path))
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(json))
                .build());
    return JSON.readTree(answer);
  }

  /** Sends a bulk body; fails unless every action is done. */
  void bulk(byte[] lines) {
    Senders.Answer answer =
        Senders.post(uri().resolve("/_bulk?filter_path=errors"), "application/x-ndjson", lines);
    if (answer.status() != 200 || JSON.readTree(answer.text()).path("errors").asBoolean(true)) {
      throw new IllegalStateException("A document was not written: " + answer);
    }
  }

  private byte[] send(HttpRequest request) {
    return checked(answer(request));
  }

  private static byte[] checked(HttpResponse<byte[]> response) {
    if (response.statusCode() >= 300) {
      throw new IllegalStateException(
          response.request() + ": " + new String(response.body(), StandardCharsets.UTF_8));
    }
    return response.body();
  }

  private HttpResponse<byte[]> answer(HttpRequest request) {
    try {
      return http.send(request, HttpResponse.BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** How many documents were written to the indices so far, versions of the same one included. */
  long written(String indices) {
    return work(indices).writes();
  }

  /** What Elasticsearch did for the indices so far. */
  Work work(String indices) {
    JsonNode all =
        send(
                "GET",
                "/" + indices + "/_stats/indexing,bulk,refresh,merge?ignore_unavailable=true",
                "")
            .path("_all")
            .path("primaries");
    return new Work(
        all.path("indexing").path("index_total").asLong(),
        all.path("bulk").path("total_operations").asLong(),
        all.path("refresh").path("total").asLong(),
        all.path("merges").path("total_docs").asLong());
  }

  /**
   * What Elasticsearch did for indices.
   *
   * @param writes of documents, versions of the same one included
   * @param requests to a shard
   * @param refreshes of a shard
   * @param merged documents that were written once more to merge segments
   */
  record Work(long writes, long requests, long refreshes, long merged) {}

  /** How many documents a search sees in the indices. */
  long count(String indices) {
    return send("GET", "/" + indices + "/_count?ignore_unavailable=true", "")
        .path("count")
        .asLong();
  }

  /** Which of these messages' states a search finds; none while an index is just being made. */
  List<String> found(String indices, List<String> messages) {
    Map<String, Object> query =
        Map.of(
            "size",
            messages.size(),
            "_source",
            false,
            "track_total_hits",
            false,
            "fields",
            List.of("message_id"),
            "query",
            Map.of("terms", Map.of("message_id", messages)));
    HttpResponse<byte[]> response =
        answer(
            HttpRequest.newBuilder(
                    uri().resolve("/" + indices + "/_search?ignore_unavailable=true"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(JSON.writeValueAsBytes(query)))
                .build());
    if (response.statusCode() == 503) {
      return List.of();
    }
    List<String> found = new ArrayList<>();
    for (JsonNode hit : JSON.readTree(checked(response)).path("hits").path("hits")) {
      found.add(hit.path("fields").path("message_id").path(0).asString());
    }
    return found;
  }

  /** Lets a search find all that was written. */
  void refresh(String indices) {
    send("POST", "/" + indices + "/_refresh", "");
  }

  /** Returns once it has merged what it wants to merge and uses next to no processor time. */
  void settle(String indices) throws InterruptedException {
    refresh(indices);
    for (int i = 0; i < 20; i++) {
      double before = Cpu.seconds(List.of(pid()));
      Thread.sleep(Duration.ofMillis(500));
      if (Cpu.seconds(List.of(pid())) - before < 0.06) {
        return;
      }
    }
  }

  @Override
  public void close() {
    node.stop();
    http.close();
  }
}
