package io.tillpost.store.elasticsearch;

import io.tillpost.message.Message;
import io.tillpost.message.MessageId;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * Reads the states of messages as they are now, whether a search sees them yet or not. The one
 * place where they are read before they are written; {@link StateCache} stands in front of it.
 */
final class States {
  private static final String PATHS =
      "docs._index,docs._id,docs._seq_no,docs._primary_term,docs._source,docs.error.type,docs.error.reason";

  private final Http http;
  private final DailyIndex indices;

  States(Http http, DailyIndex indices) {
    this.http = http;
    this.indices = indices;
  }

  /** Where a message's state is kept. */
  record Key(String index, String id) {}

  /** A state as it was read. */
  record Stored(Message message, BulkBody.Version version) {}

  /** The indices in which states are kept, by the day of capture. */
  DailyIndex indices() {
    return indices;
  }

  /** Where the state of a message captured then is kept. */
  Key key(MessageId message, Instant capturedAt) {
    return new Key(indices.at(capturedAt), DocumentIds.of(message));
  }

  /** The states that there are, by key. */
  Map<Key, Stored> read(Collection<Key> keys) {
    if (keys.isEmpty()) {
      return Map.of();
    }
    List<JsonNode> wanted =
        keys.stream()
            .map(key -> (JsonNode) Json.object("_index", key.index(), "_id", key.id()))
            .toList();
    JsonNode answer =
        http.read(
            "/_mget",
            Map.of("_source_includes", "state", "filter_path", PATHS),
            Json.object("docs", wanted));
    Map<Key, Stored> states = new HashMap<>();
    for (JsonNode found : answer.path("docs")) {
      checkAnswered(found);
      JsonNode state = found.path("_source").path("state");
      if (!state.isMissingNode()) {
        states.put(
            new Key(found.path("_index").asString(), found.path("_id").asString()),
            new Stored(
                StateReader.read(state),
                new BulkBody.Version(
                    found.path("_seq_no").asLong(), found.path("_primary_term").asLong())));
      }
    }
    return states;
  }

  /** A day without an index has no states; any other failure is one. */
  private static void checkAnswered(JsonNode found) {
    JsonNode error = found.path("error");
    if (!error.isMissingNode()
        && !error.path("type").asString().equals("index_not_found_exception")) {
      throw Http.refused(new Http.Answer(503, Json.object("error", error)));
    }
  }
}
