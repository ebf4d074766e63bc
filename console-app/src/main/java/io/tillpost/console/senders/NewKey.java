package io.tillpost.console.senders;

import io.tillpost.store.SenderKey;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;

/**
 * A key at the only moment at which it is known: it is shown once, and only its hash is kept.
 *
 * @param text the key, 52 characters that need no quoting anywhere
 * @param key what is kept of it
 */
public record NewKey(String text, SenderKey key) {
  /** So that a key is known for one wherever it turns up. */
  private static final String PREFIX = "tillpost_";

  private static final int RANDOM_BYTES = 32;
  private static final int ID_LENGTH = 8;
  private static final SecureRandom RANDOM = new SecureRandom();

  /** A key that nobody can guess. */
  static NewKey make(Instant at, String by) {
    byte[] random = new byte[RANDOM_BYTES];
    RANDOM.nextBytes(random);
    String text = PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    String hash = sha256(text);
    return new NewKey(text, SenderKey.made(hash.substring(0, ID_LENGTH), hash, at, by));
  }

  private static String sha256(String text) {
    try {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return "NewKey[" + key.id() + "]";
  }
}
