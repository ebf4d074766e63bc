package io.tillpost.console.recovery;

import io.tillpost.console.audit.TimeOrderedId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Ids of operations: the same for every repeat of one request by one person. */
public final class OperationIds {
  private static final int BYTES = 14;

  private OperationIds() {}

  /**
   * 28 hexadecimal digits of a person's key; without a key a new id, later ones after earlier ones.
   *
   * @param key the {@code Idempotency-Key} of the request, or null
   */
  public static String of(String actor, @Nullable String key, Instant now) {
    if (key == null) {
      return TimeOrderedId.at(now);
    }
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest((actor + "\u0000" + key).getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
