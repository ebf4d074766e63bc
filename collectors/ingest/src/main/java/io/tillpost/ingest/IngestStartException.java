package io.tillpost.ingest;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** Ingest cannot start; the message is a sentence that tells an administrator why. */
public final class IngestStartException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  IngestStartException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
