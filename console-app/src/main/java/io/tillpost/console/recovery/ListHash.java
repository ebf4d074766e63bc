package io.tillpost.console.recovery;

import io.tillpost.recovery.EarlierPassed;
import io.tillpost.recovery.RecoveryItem;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;

/**
 * Names a frozen list by its content: which attempt of which message, with which corrected content,
 * before which earlier ones and in spite of which newer one. The same for the same of these, in
 * whatever order they are added.
 */
public final class ListHash {
  private final List<String> lines = new ArrayList<>();

  /** This item is on the list too. */
  public void add(RecoveryItem item) {
    String content = item.contentHash();
    String line = content == null ? item.idempotencyKey() : item.idempotencyKey() + " " + content;
    EarlierPassed passes = item.passes();
    String ahead =
        passes == null
            ? line
            : "%s ahead of %s and %d".formatted(line, passes.messages(), passes.more());
    String newer = item.supersededBy();
    lines.add(newer == null ? ahead : ahead + " in spite of " + newer);
  }

  /** The name of the list of all that were added. */
  public String value() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      Collections.sort(lines);
      lines.forEach(line -> digest.update((line + "\n").getBytes(StandardCharsets.UTF_8)));
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
