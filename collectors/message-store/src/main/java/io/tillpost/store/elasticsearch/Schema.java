package io.tillpost.store.elasticsearch;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.JsonNode;

/**
 * The index templates of the daily indices, put in place before the first use. Putting them again
 * changes nothing, so that any number of processes may do it at the same time.
 */
final class Schema {
  private static final List<String> KINDS = List.of("messages", "events", "spans");

  /** Above the templates that come with Elasticsearch. */
  private static final int PRIORITY = 300;

  private final Http http;
  private final String prefix;
  private volatile boolean ready;

  Schema(Http http, String prefix) {
    this.http = http;
    this.prefix = prefix;
  }

  /** Where the state of messages is kept, by the day of their capture. */
  DailyIndex messages() {
    return DailyIndex.of(prefix, "messages");
  }

  /** Where message events are kept, by the day on which they happened. */
  DailyIndex events() {
    return DailyIndex.of(prefix, "events");
  }

  /** Where spans are kept, by the day of their start. */
  DailyIndex spans() {
    return DailyIndex.of(prefix, "spans");
  }

  /** The index of a kind of documents, which must not look like one of the daily indices. */
  String documents(String kind) {
    if (!kind.matches("[a-z][a-z0-9-]*")
        || KINDS.stream().anyMatch(daily -> kind.equals(daily) || kind.startsWith(daily + "-"))) {
      throw new IllegalArgumentException("'" + kind + "' is no name for a kind of documents");
    }
    return prefix + kind;
  }

  /**
   * Puts the templates in place unless this was done before.
   *
   * @throws io.tillpost.store.StoreUnavailableException if that cannot be done now
   */
  void ensure() {
    if (ready) {
      return;
    }
    for (String kind : KINDS) {
      Http.Answer answer =
          http.call(
              "PUT",
              "/_index_template/" + prefix + kind,
              Json.object(
                  "index_patterns",
                  List.of(DailyIndex.of(prefix, kind).all()),
                  "priority",
                  PRIORITY,
                  "template",
                  template(kind)));
      if (!answer.isOk()) {
        throw Http.refused(answer);
      }
    }
    ready = true;
  }

  private static JsonNode template(String kind) {
    try (InputStream json = Schema.class.getResourceAsStream(kind + ".json")) {
      return Json.MAPPER.readTree(Objects.requireNonNull(json, kind));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
