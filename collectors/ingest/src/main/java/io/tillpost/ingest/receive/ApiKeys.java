package io.tillpost.ingest.receive;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Who may send. A sender shows its key as {@code Authorization: Bearer <key>}; only the keys'
 * SHA-256 is known here, which is enough for keys that are long and random.
 */
public final class ApiKeys {
  private static final String PREFIX = "sha256:";
  private static final Pattern HASH = Pattern.compile("sha256:[0-9a-fA-F]{64}");
  private static final String SCHEME = "bearer ";

  private final List<byte[]> hashes;

  private ApiKeys(List<byte[]> hashes) {
    this.hashes = hashes;
  }

  /**
   * Keys by their hashes as configured; with none, everybody may send.
   *
   * @param hashes each {@code sha256:} and 64 hexadecimal digits
   * @throws IllegalArgumentException if one has another shape
   */
  public static ApiKeys of(List<String> hashes) {
    return new ApiKeys(hashes.stream().map(ApiKeys::parse).toList());
  }

  private static byte[] parse(String hash) {
    if (!HASH.matcher(hash).matches()) {
      throw new IllegalArgumentException(
          "A key of tillpost.ingest.api-keys is written as sha256: and 64 hexadecimal digits");
    }
    return HexFormat.of().parseHex(hash.substring(PREFIX.length()));
  }

  /** Whether the value of the Authorization header lets its sender in. */
  public boolean admits(@Nullable String authorization) {
    if (hashes.isEmpty()) {
      return true;
    }
    if (authorization == null || !authorization.toLowerCase(Locale.ROOT).startsWith(SCHEME)) {
      return false;
    }
    byte[] shown = sha256(authorization.substring(SCHEME.length()).strip());
    boolean known = false;
    for (byte[] hash : hashes) {
      known |= MessageDigest.isEqual(hash, shown);
    }
    return known;
  }

  private static byte[] sha256(String key) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return "ApiKeys[" + hashes.size() + "]";
  }
}
