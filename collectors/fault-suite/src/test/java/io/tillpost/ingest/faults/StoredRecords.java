package io.tillpost.ingest.faults;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Counts what stands in Elasticsearch, over all days, without any code of the product. */
final class StoredRecords implements AutoCloseable {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final int PAGE = 5_000;

  private final HttpClient client = HttpClient.newHttpClient();
  private final URI elasticsearch;
  private final String prefix;

  /** Below that prefix of indices. */
  StoredRecords(URI elasticsearch, String prefix) {
    this.elasticsearch = elasticsearch;
    this.prefix = prefix;
  }

  /** How often each event and span is there, by its id. */
  Map<String, Long> records() throws IOException, InterruptedException {
    SortedMap<String, Long> counts = new TreeMap<>();
    count("events-*", counts, "message_id", "stage");
    count("spans-*", counts, "trace_id");
    return counts;
  }

  /** How many spans there are: much quicker to count than to look at. */
  long spans() throws IOException, InterruptedException {
    var _ = send("POST", "spans-*/_refresh", "");
    return send("GET", "spans-*/_count", "").path("count").longValue();
  }

  /** How many states of messages there are for each value of these fields, joined by blanks. */
  Map<String, Long> messages(String... fields) throws IOException, InterruptedException {
    SortedMap<String, Long> counts = new TreeMap<>();
    count("messages-*", counts, fields);
    return counts;
  }

  /** Whether so many nodes form the cluster and every shard has all its copies. */
  boolean isGreen(int nodes) throws IOException, InterruptedException {
    JsonNode health = request("GET", "/_cluster/health", "");
    return health.path("status").asString().equals("green")
        && health.path("number_of_nodes").intValue() == nodes;
  }

  private void count(String indices, Map<String, Long> counts, String... fields)
      throws IOException, InterruptedException {
    var _ = send("POST", indices + "/_refresh", "");
    @Nullable JsonNode after = null;
    do {
      JsonNode all =
          send("POST", indices + "/_search", search(after, fields)).at("/aggregations/all");
      for (JsonNode bucket : all.path("buckets").values()) {
        StringBuilder id = new StringBuilder();
        for (String field : fields) {
          id.append(id.isEmpty() ? "" : " ").append(bucket.at("/key/" + field).asString());
        }
        counts.merge(id.toString(), bucket.path("doc_count").longValue(), Long::sum);
      }
      after = all.get("after_key");
    } while (after != null);
  }

  private static String search(@Nullable JsonNode after, String... fields) {
    StringBuilder sources = new StringBuilder();
    for (String field : fields) {
      sources
          .append(sources.isEmpty() ? "" : ",")
          .append("{\"%s\":{\"terms\":{\"field\":\"%s\"}}}".formatted(field, field));
    }
    return "{\"size\":0,\"aggs\":{\"all\":{\"composite\":{\"size\":%d,\"sources\":[%s]%s}}}}"
        .formatted(PAGE, sources, after == null ? "" : ",\"after\":" + after);
  }

  private JsonNode send(String method, String path, String body)
      throws IOException, InterruptedException {
    return request(method, "/" + prefix + path, body);
  }

  private JsonNode request(String method, String path, String body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(elasticsearch.resolve(path))
            .header("Content-Type", "application/json")
            .method(
                method,
                body.isEmpty()
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body))
            .build();
    HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IOException(method + " " + path + ": " + answer.body());
    }
    return MAPPER.readTree(answer.body());
  }

  @Override
  public void close() {
    client.close();
  }
}
