package io.tillpost.console.exceptions;

import io.tillpost.failure.Fingerprint;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads fingerprints that people typed or sent. */
public final class Fingerprints {
  private static final Pattern SHAPE = Pattern.compile("[0-9a-f]{16}");

  private Fingerprints() {}

  /** The fingerprint, or empty where the text is none. */
  public static Optional<Fingerprint> read(@Nullable String text) {
    return text != null && SHAPE.matcher(text).matches()
        ? Optional.of(new Fingerprint(text))
        : Optional.empty();
  }
}
