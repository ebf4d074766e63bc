package io.tillpost.store;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * The storage does not answer, or answers that it cannot for now. Thrown by reading ports and
 * {@link Documents}; what was asked may be asked again later. ({@link IngestWriter} returns this as
 * a value instead.)
 */
public final class StoreUnavailableException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  public StoreUnavailableException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
