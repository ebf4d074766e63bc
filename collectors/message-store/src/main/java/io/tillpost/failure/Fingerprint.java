package io.tillpost.failure;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * What makes failures alike: workflow, target, failure code and failure text with its variable
 * parts taken out. Equal fingerprints make one exception, unless people put it together with others
 * or split messages off ({@link Grouping}).
 *
 * @param value 16 hexadecimal digits, stable for ever; the id of the exception
 */
public record Fingerprint(String value) {
  public Fingerprint {
    if (value.length() != 16 || !value.chars().allMatch(c -> Character.digit(c, 16) >= 0)) {
      throw new IllegalArgumentException("A fingerprint has 16 hexadecimal digits");
    }
  }

  /** The fingerprint of a failure with these properties. */
  public static Fingerprint of(String workflow, @Nullable String target, String code, String text) {
    String parts =
        String.join("\u0000", workflow, target == null ? "" : target, code, template(text));
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(parts.getBytes(StandardCharsets.UTF_8));
      return new Fingerprint(HexFormat.of().formatHex(hash, 0, 8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }

  /** The failure text as it is compared: {@code *} for numbers, ids, dates and quoted values. */
  public static String template(String text) {
    return FailureText.template(text);
  }

  @Override
  public String toString() {
    return value;
  }
}
