package io.tillpost.store.elasticsearch;

import io.tillpost.message.Message;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads the newest failed message of each group. A search of its own: read inside the groups it
 * would be read from every shard for every group, and the shards could not keep their answers.
 *
 * @param query which failures were grouped
 */
record NewestFailures(Search search, Query query) {
  /**
   * The newest messages by fingerprint.
   *
   * @param groups by fingerprint what says when the {@code last} message failed
   * @param all whether there are no other groups
   */
  Map<String, Message> of(Map<String, JsonNode> groups, boolean all) {
    Map<String, Message> newest = new HashMap<>();
    if (groups.isEmpty()) {
      return newest;
    }
    // No newest message is older, so that few days are looked at.
    Instant since =
        groups.values().stream()
            .map(group -> Aggregation.moment(group.path("last")))
            .min(Comparator.naturalOrder())
            .orElseThrow();
    Set<String> missing = new TreeSet<>(groups.keySet());
    Query recent = query.copy().between("failed_at", since, null);
    // Where there are others, these must not take their place.
    read(all ? recent : recent.any("fingerprint", missing), newest, missing);
    if (!missing.isEmpty()) {
      // Their newest message was mended meanwhile; the one before is older than expected.
      read(query.copy().any("fingerprint", missing), newest, missing);
    }
    return newest;
  }

  private void read(Query which, Map<String, Message> newest, Set<String> missing) {
    ObjectNode body =
        Json.object(
            "size",
            missing.size(),
            "track_total_hits",
            false,
            "query",
            which.build(),
            "collapse",
            Json.object("field", "fingerprint"),
            "_source",
            "state",
            "sort",
            Json.array(Json.object("failed_at", "desc"), Json.object("message_id", "desc")));
    for (JsonNode hit :
        search.in(search.schema().messages().all(), body).path("hits").path("hits")) {
      String fingerprint = hit.path("fields").path("fingerprint").path(0).asString();
      newest.put(fingerprint, StateReader.read(hit.path("_source").path("state")));
      missing.remove(fingerprint);
    }
  }
}
