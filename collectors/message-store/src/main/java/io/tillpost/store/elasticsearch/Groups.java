package io.tillpost.store.elasticsearch;

import io.tillpost.failure.Fingerprint;
import io.tillpost.failure.Grouping;
import io.tillpost.failure.Grouping.Share;
import io.tillpost.failure.SplitCondition;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a grouping means for searches.
 *
 * @param grouping what people did
 * @param regrouped the fingerprints that do not simply stand for themselves
 * @param queries of each exception that any of these belong to, which messages are its own
 */
record Groups(Grouping grouping, Set<Fingerprint> regrouped, Map<Fingerprint, ObjectNode> queries) {
  static Groups of(Grouping grouping) {
    Map<Fingerprint, List<ObjectNode>> shares = new LinkedHashMap<>();
    for (Share share : grouping.shares()) {
      shares.computeIfAbsent(share.exception(), _ -> new ArrayList<>()).add(query(share));
    }
    Map<Fingerprint, ObjectNode> queries = new LinkedHashMap<>();
    shares.forEach(
        (exception, ways) ->
            queries.put(
                exception, ways.size() == 1 ? ways.getFirst() : Query.anyOf(ways.toArray())));
    return new Groups(grouping, grouping.regrouped(), queries);
  }

  /** Which messages belong to the exception, or to the one into which it went. */
  ObjectNode query(Fingerprint exception) {
    Fingerprint root = grouping.root(exception);
    ObjectNode own = queries.get(root);
    if (own != null) {
      return own;
    }
    return regrouped.contains(root)
        ? Json.object("match_none", Json.MAPPER.createObjectNode())
        : Query.term("fingerprint", root.value());
  }

  /** Which messages belong to any of these exceptions, or to those into which they went. */
  ObjectNode query(Set<Fingerprint> exceptions) {
    if (exceptions.size() == 1) {
      return query(exceptions.iterator().next());
    }
    Set<String> plain = new TreeSet<>();
    Map<Fingerprint, ObjectNode> ways = new TreeMap<>(Comparator.comparing(Fingerprint::value));
    for (Fingerprint exception : exceptions) {
      Fingerprint root = grouping.root(exception);
      if (regrouped.contains(root) || queries.containsKey(root)) {
        ways.put(root, query(root));
      } else {
        plain.add(root.value());
      }
    }
    List<ObjectNode> all = new ArrayList<>(ways.values());
    if (!plain.isEmpty()) {
      all.add(Query.terms("fingerprint", plain));
    }
    return all.size() == 1 ? all.getFirst() : Query.anyOf(all.toArray());
  }

  /** The fingerprints of those that stand for nothing but themselves are all but these. */
  Set<String> regroupedValues() {
    return regrouped.stream().map(Fingerprint::value).collect(Collectors.toSet());
  }

  /** What the condition asks of a message. */
  static ObjectNode query(SplitCondition condition) {
    Query query =
        new Query()
            .any("store_id", condition.storeIds())
            .is("workflow", condition.workflow())
            .is("failure_code", condition.code())
            .words(condition.text(), "failure_words");
    String prefix = condition.keyPrefix();
    if (prefix != null) {
      query.and(Json.object("prefix", Json.object("keys." + condition.key(), prefix)));
    }
    return query.build();
  }

  private static ObjectNode query(Share share) {
    Query query =
        new Query()
            .any("fingerprint", share.fingerprints().stream().map(Fingerprint::value).toList());
    share.with().forEach(condition -> query.and(query(condition)));
    share.without().forEach(condition -> query.and(Query.not(query(condition))));
    return query.build();
  }
}
