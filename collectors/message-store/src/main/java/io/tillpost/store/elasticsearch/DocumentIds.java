package io.tillpost.store.elasticsearch;

import io.tillpost.message.MessageId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Turns ids of any length into ids that Elasticsearch takes: at most 512 bytes. */
final class DocumentIds {
  private static final int MAX_BYTES = 512;
  private static final int MAX_BYTES_PER_CHARACTER = 3;
  private static final String HASHED = "sha256-";

  private DocumentIds() {}

  /**
   * The message id itself, or its hash where it is too long. Ids that look like a hash are hashed
   * too, so that no two messages share a document.
   */
  static String of(MessageId message) {
    String id = message.value();
    if (id.length() * MAX_BYTES_PER_CHARACTER <= MAX_BYTES && !id.startsWith(HASHED)) {
      return id;
    }
    byte[] bytes = id.getBytes(StandardCharsets.UTF_8);
    return bytes.length <= MAX_BYTES && !id.startsWith(HASHED) ? id : hash(bytes);
  }

  /**
   * The id, if it is one.
   *
   * @throws IllegalArgumentException otherwise
   */
  static String checked(String id) {
    int bytes = id.getBytes(StandardCharsets.UTF_8).length;
    if (bytes < 1 || bytes > MAX_BYTES) {
      throw new IllegalArgumentException("A document id has 1 to 512 bytes");
    }
    return id;
  }

  private static String hash(byte[] bytes) {
    try {
      return HASHED + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
