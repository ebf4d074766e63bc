package io.tillpost.elasticsearch.embedded;

import io.tillpost.elasticsearch.embedded.ElasticsearchStartException.Reason;
import io.tillpost.elasticsearch.embedded.StartReport.Failed;
import java.net.BindException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Turns what was thrown into a reason and the words for an operator. Judges by the JDK's types and
 * the server's messages, because the parent, which uses it too, does not have the server's classes.
 */
final class StartFailures {
  private static final int LONGEST_MESSAGE = 400;

  private StartFailures() {}

  static Failed of(Throwable thrown, Path home) {
    List<Throwable> chain = chain(thrown);
    for (Throwable cause : chain) {
      String message = Objects.requireNonNullElse(cause.getMessage(), "");
      if (cause instanceof BindException) {
        return new Failed(Reason.PORT_UNAVAILABLE, port(chain, message));
      }
      if (message.contains("No space left on device") || message.contains("not enough space")) {
        return new Failed(Reason.DISK_FULL, "no space is left on the disk that holds " + home);
      }
      if (message.startsWith("failed to obtain node locks")) {
        return inUse(home, null);
      }
      if (message.startsWith("cannot upgrade a node")
          || message.startsWith("cannot downgrade a node")
          || message.contains("it holds metadata for indices with version")) {
        return new Failed(
            Reason.DATA_VERSION,
            "the data in " + home + " is of another version: " + bounded(message));
      }
    }
    return new Failed(Reason.OTHER, words(chain.getLast()));
  }

  /** Another node holds the home; its process id if it is known. */
  static Failed inUse(Path home, @Nullable String pid) {
    return new Failed(
        Reason.HOME_IN_USE,
        home
            + " is in use by another running node"
            + (pid == null ? "" : " (process " + pid + ")"));
  }

  private static String port(List<Throwable> chain, String bindMessage) {
    // The server's own wrapper says “Failed to bind to 127.0.0.1:9200”; the cause says why.
    String wrapper =
        chain.stream()
            .map(Throwable::getMessage)
            .filter(message -> message != null && message.startsWith("Failed to bind to "))
            .findFirst()
            .map(message -> message.substring("Failed to bind to ".length()))
            .orElse("its port");
    return bindMessage.contains("already in use")
        ? wrapper + " is already in use by another process"
        : "it cannot listen on " + wrapper + " (" + bounded(bindMessage) + ")";
  }

  private static String words(Throwable thrown) {
    String message = thrown.getMessage();
    String type = thrown.getClass().getSimpleName();
    return message == null ? type : type + ": " + bounded(message);
  }

  private static String bounded(String message) {
    return message.length() <= LONGEST_MESSAGE
        ? message
        : message.substring(0, LONGEST_MESSAGE) + "…";
  }

  private static List<Throwable> chain(Throwable thrown) {
    List<Throwable> chain = new ArrayList<>();
    for (Throwable t = thrown; t != null && !chain.contains(t); t = t.getCause()) {
      chain.add(t);
    }
    return chain;
  }
}
