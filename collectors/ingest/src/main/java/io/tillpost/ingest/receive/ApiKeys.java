package io.tillpost.ingest.receive;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Who may send. A sender shows its key as {@code Authorization: Bearer <key>}; only the keys'
 * SHA-256 is known here, which is enough for keys that are long and random. A sender may have
 * several keys, so that a new one can be given out before the old one is taken back.
 */
public final class ApiKeys {
  private static final String PREFIX = "sha256:";
  private static final Pattern HASH = Pattern.compile("sha256:[0-9a-fA-F]{64}");
  private static final String SCHEME = "bearer ";

  private final Map<String, Sender> byHash;
  private final @Nullable Sender everybody;

  private ApiKeys(Map<String, Sender> byHash, @Nullable Sender everybody) {
    this.byHash = byHash;
    this.everybody = everybody;
  }

  /**
   * Senders with their keys by their hashes as configured; with no key at all, everybody may send.
   *
   * @param hashes each {@code sha256:} and 64 hexadecimal digits
   * @throws IllegalArgumentException if one has another shape, or two senders have the same key
   */
  public static ApiKeys of(Map<Sender, ? extends Collection<String>> hashes) {
    Map<String, Sender> byHash = new HashMap<>();
    hashes.forEach(
        (sender, ofSender) ->
            ofSender.forEach(
                hash -> {
                  Sender other = byHash.putIfAbsent(parse(hash), sender);
                  if (other != null && other != sender) {
                    throw new IllegalArgumentException(
                        "The senders '%s' and '%s' have the same key"
                            .formatted(other.name(), sender.name()));
                  }
                }));
    return new ApiKeys(byHash, byHash.isEmpty() ? Sender.unbound("everybody") : null);
  }

  private static String parse(String hash) {
    if (!HASH.matcher(hash).matches()) {
      throw new IllegalArgumentException(
          "A key of a sender is written as sha256: and 64 hexadecimal digits");
    }
    return hash.substring(PREFIX.length()).toLowerCase(Locale.ROOT);
  }

  /** Whose key the value of the Authorization header shows; null if it is nobody's. */
  public @Nullable Sender sender(@Nullable String authorization) {
    if (everybody != null) {
      return everybody;
    }
    if (authorization == null || !authorization.toLowerCase(Locale.ROOT).startsWith(SCHEME)) {
      return null;
    }
    // Looking up a hash tells nothing about a key by the time it takes: nobody can choose hashes.
    return byHash.get(sha256(authorization.substring(SCHEME.length()).strip()));
  }

  private static String sha256(String key) {
    try {
      byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return "ApiKeys[" + byHash.size() + "]";
  }
}
