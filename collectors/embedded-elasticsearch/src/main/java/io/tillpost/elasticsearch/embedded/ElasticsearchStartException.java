package io.tillpost.elasticsearch.embedded;

import org.jspecify.annotations.Nullable;

/** The node did not start. The message is one sentence for an operator and names the log file. */
public final class ElasticsearchStartException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Reason reason;

  ElasticsearchStartException(Reason reason, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  /** Why, for a caller that can do something about it. */
  public Reason reason() {
    return reason;
  }

  /** What stood in the way of a start. */
  public enum Reason {
    /** Another process listens on the asked port, or the port may not be opened. */
    PORT_UNAVAILABLE,
    /** No room to unpack the server or to write its data. */
    DISK_FULL,
    /** Another living node works on the same home. */
    HOME_IN_USE,
    /** The data was written by a version this server cannot read. */
    DATA_VERSION,
    /** It did not answer in time. */
    TIMEOUT,
    /** The starting thread was interrupted; its interrupt flag is set. */
    INTERRUPTED,
    /** Anything else; the message carries the server's own words. */
    OTHER
  }
}
