package io.tillpost.store.elasticsearch;

import io.tillpost.store.StoreUnavailableException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads all that a search finds, part after part. While one part is looked at the next one is on
 * its way, so that Elasticsearch and we do not wait for each other.
 */
final class ReadAhead {
  private final Search search;

  ReadAhead(Search search) {
    this.search = search;
  }

  /**
   * Reads until the end, or until that is enough.
   *
   * @param body the search, sorted, after these sort values or from the start where they are null;
   *     its size and that nothing is counted are set here
   * @param size of a part, at least 1
   * @param each is asked with the hits of each part, at least one, whether to go on
   */
  void each(
      String indices,
      Function<@Nullable ArrayNode, ObjectNode> body,
      @Nullable ArrayNode after,
      int size,
      Predicate<JsonNode> each) {
    FutureTask<JsonNode> coming = begin(indices, body.apply(after), size);
    while (coming != null) {
      JsonNode hits = await(coming);
      coming =
          hits.size() < size
              ? null
              : begin(
                  indices, body.apply((ArrayNode) hits.get(hits.size() - 1).path("sort")), size);
      if (!hits.isEmpty() && !each.test(hits)) {
        return;
      }
    }
  }

  private FutureTask<JsonNode> begin(String indices, ObjectNode body, int size) {
    body.put("size", size).put("track_total_hits", false);
    FutureTask<JsonNode> reading =
        new FutureTask<>(() -> search.in(indices, body).path("hits").path("hits"));
    Thread.ofVirtual().name("read-ahead").start(reading);
    return reading;
  }

  private static JsonNode await(FutureTask<JsonNode> reading) {
    try {
      return reading.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreUnavailableException("Waiting for Elasticsearch was interrupted", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    }
  }
}
