package io.tillpost.ingest.otlp;

import java.io.Serial;

/**
 * A request that would become too much, however small it is itself; its sender has to send less at
 * once. It ends the reading and never leaves the receivers.
 */
final class TooMuchException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  /** Why, as a sentence without its full stop. */
  TooMuchException(String reason) {
    super(reason, null, false, false);
  }

  /** The reason for the sender. */
  String reason() {
    return String.valueOf(getMessage());
  }
}
