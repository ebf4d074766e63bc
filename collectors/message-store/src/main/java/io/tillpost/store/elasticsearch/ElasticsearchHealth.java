package io.tillpost.store.elasticsearch;

import io.tillpost.store.StoreHealth;
import io.tillpost.store.StoreUnavailableException;
import java.util.Map;
import tools.jackson.databind.JsonNode;

final class ElasticsearchHealth implements StoreHealth {
  private final Http http;

  ElasticsearchHealth(Http http) {
    this.http = http;
  }

  @Override
  public State check() {
    try {
      Http.Answer answer = http.check("/_cluster/health", Map.of("timeout", "2s"));
      return answer.isOk()
          ? state(answer.body())
          : new State.Down(String.valueOf(Http.refused(answer).getMessage()));
    } catch (StoreUnavailableException e) {
      return new State.Down(String.valueOf(e.getMessage()));
    }
  }

  private static State state(JsonNode health) {
    String status = health.path("status").asString();
    String cluster =
        "Elasticsearch cluster '"
            + health.path("cluster_name").asString()
            + "' is "
            + status
            + " with "
            + health.path("number_of_nodes").asInt()
            + " node(s)";
    return status.equals("red")
        ? new State.Down(cluster + "; data is missing")
        : new State.Up(cluster);
  }
}
