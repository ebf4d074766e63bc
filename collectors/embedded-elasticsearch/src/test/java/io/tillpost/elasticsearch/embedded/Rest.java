package io.tillpost.elasticsearch.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A node as any HTTP client sees it. */
record Rest(URI node) {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final JsonMapper JSON = new JsonMapper();

  static Rest of(ElasticsearchNode node) {
    return new Rest(node.uri());
  }

  JsonNode get(String path) throws IOException, InterruptedException {
    return ok("GET", path, "");
  }

  JsonNode ok(String method, String path, String body) throws IOException, InterruptedException {
    HttpResponse<String> answer = send(method, path, body);
    assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 299);
    return JSON.readTree(answer.body());
  }

  HttpResponse<String> send(String method, String path, String body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(node.resolve(path))
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(body))
            .build();
    return HTTP.send(request, BodyHandlers.ofString());
  }

  /** Makes an index of the given name with that many documents, searchable when this returns. */
  void fill(String index, int documents) throws IOException, InterruptedException {
    StringBuilder bulk = new StringBuilder();
    for (int i = 0; i < documents; i++) {
      bulk.append("{\"create\":{\"_id\":\"").append(i).append("\"}}\n");
      bulk.append("{\"store\":\"S").append(i % 7).append("\",\"amount\":").append(i).append("}\n");
    }
    JsonNode result = ok("POST", "/" + index + "/_bulk?refresh=true", bulk.toString());
    assertThat(result.get("errors").asBoolean()).isFalse();
  }

  long count(String index) throws IOException, InterruptedException {
    return get("/" + index + "/_count").get("count").asLong();
  }
}
