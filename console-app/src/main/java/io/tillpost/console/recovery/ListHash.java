package io.tillpost.console.recovery;

import io.tillpost.recovery.RecoveryItem;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;

/**
 * Names a frozen list by its content: which attempt of which message, with which corrected content.
 */
final class ListHash {
  private ListHash() {}

  /** The same for the same messages, attempts and contents, in whatever order. */
  static String of(Collection<RecoveryItem> items) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      items.stream()
          .map(ListHash::line)
          .sorted()
          .forEach(key -> digest.update((key + "\n").getBytes(StandardCharsets.UTF_8)));
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }

  private static String line(RecoveryItem item) {
    String content = item.contentHash();
    return content == null ? item.idempotencyKey() : item.idempotencyKey() + " " + content;
  }
}
