package io.tillpost.message;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Identifies one message event: {@code (source, id)} of a CloudEvent. The same event sent twice
 * counts once.
 *
 * @param source who reports, for example {@code /middleware/erp-adapter}
 * @param id unique within the source
 */
public record EventId(String source, String id) implements Comparable<EventId> {
  public EventId {
    if (source.isBlank() || id.isBlank()) {
      throw new IllegalArgumentException("An event id has a source and an id");
    }
  }

  /** A fixed-length id for storage: 40 hexadecimal digits, the same for the same event for ever. */
  public String documentId() {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      sha.update(source.getBytes(StandardCharsets.UTF_8));
      sha.update((byte) 0);
      byte[] hash = sha.digest(id.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, 20);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }

  @Override
  public int compareTo(EventId other) {
    int bySource = source.compareTo(other.source);
    return bySource != 0 ? bySource : id.compareTo(other.id);
  }
}
