package io.tillpost.ingest.log;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.SslAuthenticationException;

/** Tells what Kafka complains of. */
final class KafkaErrors {
  private KafkaErrors() {}

  /** In words, the innermost reason that has some. */
  static String say(Throwable failure) {
    Throwable told = failure;
    boolean ofTls = false;
    for (Throwable t = failure; t != null; t = t.getCause()) {
      ofTls |= t instanceof SslAuthenticationException;
      if (t.getMessage() != null) {
        told = t;
      }
    }
    String message = told.getMessage();
    String words = message == null ? told.getClass().getSimpleName() : message;
    return ofTls ? "the TLS handshake failed: " + words : words;
  }

  /** What was asked for failed, for a reason that may pass by itself. */
  static boolean mayPass(Throwable failure) {
    Throwable cause = unwrapped(failure);
    return cause instanceof RetriableException
        || cause instanceof TimeoutException
        || cause instanceof InterruptedException;
  }

  /** The failure itself, not that it came over a future. */
  static Throwable unwrapped(Throwable failure) {
    Throwable cause = failure.getCause();
    boolean wraps =
        failure instanceof ExecutionException || failure.getClass().equals(KafkaException.class);
    return wraps && cause != null ? cause : failure;
  }
}
