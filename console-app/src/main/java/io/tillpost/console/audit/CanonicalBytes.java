package io.tillpost.console.audit;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The bytes that a record is hashed by: one line for each member in a fixed order, with the length
 * of its UTF-8, so that no two different records have the same bytes, whatever their texts hold.
 */
final class CanonicalBytes {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  /** Begins with the name of the form, so that another form can never give the same bytes. */
  CanonicalBytes(String form) {
    line(form);
  }

  /** A member; null differs from an empty text. */
  CanonicalBytes text(String name, @Nullable String value) {
    if (value == null) {
      return line(name + "-");
    }
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    write(name + ":" + utf8.length + ":");
    bytes.writeBytes(utf8);
    return line("");
  }

  CanonicalBytes number(String name, long value) {
    return text(name, Long.toString(value));
  }

  /** SHA-256 of all that was written, in hexadecimal. */
  String sha256() {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes.toByteArray()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }

  private CanonicalBytes line(String text) {
    write(text);
    bytes.write('\n');
    return this;
  }

  private void write(String text) {
    bytes.writeBytes(text.getBytes(StandardCharsets.UTF_8));
  }
}
