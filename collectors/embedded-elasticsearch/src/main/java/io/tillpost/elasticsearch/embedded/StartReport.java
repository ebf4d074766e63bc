package io.tillpost.elasticsearch.embedded;

import io.tillpost.elasticsearch.embedded.ElasticsearchStartException.Reason;
import java.util.Optional;

/** The one thing a child tells its parent, as one line on its standard output. */
sealed interface StartReport {
  /** Begins every such line; a line that the virtual machine prints does not. */
  String MARK = "tillpost-node";

  /**
   * The node runs and answers.
   *
   * @param httpPort the port it got, on the loopback address
   */
  record Started(int httpPort) implements StartReport {}

  /**
   * The node did not start, and its process ends.
   *
   * @param reason what kind of failure
   * @param clause the rest of a sentence that begins with “Elasticsearch did not start:”, without a
   *     full stop
   */
  record Failed(Reason reason, String clause) implements StartReport {}

  /** This report as one line without its end of line. */
  default String toLine() {
    return switch (this) {
      case Started started -> MARK + " started " + started.httpPort();
      case Failed failed ->
          MARK + " " + failed.reason() + " " + failed.clause().replaceAll("\\s+", " ").strip();
    };
  }

  /** Reads what {@link #toLine()} wrote; empty for any other line. */
  static Optional<StartReport> parse(String line) {
    String[] words = line.split(" ", 3);
    if (words.length < 3 || !words[0].equals(MARK)) {
      return Optional.empty();
    }
    return Optional.of(
        words[1].equals("started")
            ? new Started(Integer.parseInt(words[2]))
            : new Failed(Reason.valueOf(words[1]), words[2]));
  }
}
