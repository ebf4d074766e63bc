package io.tillpost.ingest.log;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** The log cannot be opened, read or written; the message says why in a sentence. */
public final class IngestLogException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  IngestLogException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
