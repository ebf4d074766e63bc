package io.tillpost.store.elasticsearch;

import io.tillpost.store.StoreUnavailableException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/** Sends bulk bodies and looks at the answer to every action. */
final class Bulk {
  private static final Set<String> PASSING =
      Set.of("validation_exception", "index_closed_exception");

  private final Http http;

  Bulk(Http http) {
    this.http = http;
  }

  /**
   * What became of one action.
   *
   * @param version of the document that was written; meaningless where none was
   */
  record Outcome<K>(K key, int status, BulkBody.Version version, String errorType, String reason) {
    boolean isDone() {
      return status < 300;
    }

    /** There is such a document already, or it has changed meanwhile. */
    boolean isConflict() {
      return status == 409;
    }
  }

  /**
   * Writes all of the body. Every action is done, in conflict, or refused because the content of
   * its document does not fit. On return nothing reads the body's array any more.
   *
   * @param refresh whether searches see it on return
   * @throws StoreUnavailableException if one could not be done for now; others may be done
   */
  <K> List<Outcome<K>> write(BulkBody<K> body, boolean refresh) {
    if (body.isEmpty()) {
      return List.of();
    }
    Map<String, String> parameters =
        refresh
            ? Map.of("filter_path", BulkAnswer.PATHS, "refresh", "true")
            : Map.of("filter_path", BulkAnswer.PATHS);
    List<BulkAnswer.Item> items = http.bulk(parameters, body.array(), body.size());
    if (items.size() != body.keys().size()) {
      throw new StoreUnavailableException(
          "Elasticsearch did not say what became of every document", null);
    }
    List<Outcome<K>> outcomes = new ArrayList<>(items.size());
    for (int i = 0; i < items.size(); i++) {
      outcomes.add(outcome(body.keys().get(i), items.get(i)));
    }
    return outcomes;
  }

  /**
   * Writes all of the body, and asks only how many actions were not done: an answer for each of
   * thousands would take Elasticsearch and us longer than is worth it where nearly all are new.
   *
   * @return how many were in conflict with what is there; empty if some were not done for another
   *     reason: writing the body again tells which
   */
  OptionalInt writeNew(BulkBody<?> body) {
    BulkAnswer.Errors errors = http.bulkErrors(body.array(), body.size());
    return errors.others() > 0 ? OptionalInt.empty() : OptionalInt.of(errors.conflicts());
  }

  private static <K> Outcome<K> outcome(K key, BulkAnswer.Item item) {
    Outcome<K> outcome =
        new Outcome<>(
            key,
            item.status(),
            item.version(),
            item.error().path("type").asString(""),
            item.error().path("reason").asString(""));
    if (!outcome.isDone() && !outcome.isConflict() && !isRefusal(outcome)) {
      throw Http.refused(new Http.Answer(outcome.status(), Json.object("error", item.error())));
    }
    return outcome;
  }

  /**
   * A limit of the cluster and an index that somebody has closed are status 400 too, but pass.
   * Nothing to delete is as good as done.
   */
  private static boolean isRefusal(Outcome<?> outcome) {
    return outcome.status() == 404
        ? outcome.errorType().isEmpty()
        : outcome.status() == 400 && !PASSING.contains(outcome.errorType());
  }
}
