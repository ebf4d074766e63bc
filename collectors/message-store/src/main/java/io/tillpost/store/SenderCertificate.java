package io.tillpost.store;

import io.tillpost.store.SenderKey.State;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * What a client certificate of a sender is known by. It lets in where no key is shown and ingest
 * trusts the authority that signed the certificate.
 *
 * @param id names it on screen, and tells it apart from ids of keys
 * @param mark a DNS name or URI of the certificate's alternative names, its common name where it
 *     has neither, or {@link #FINGERPRINT} and the 64 lower-case hexadecimal digits of its SHA-256
 * @param addedAt when it was added
 * @param addedBy the operator who added it
 * @param validUntil from when on it is refused, because another took its place; null for no end
 * @param removedAt when an operator removed it; null while it was not
 */
public record SenderCertificate(
    String id,
    String mark,
    Instant addedAt,
    String addedBy,
    @Nullable Instant validUntil,
    @Nullable Instant removedAt) {
  /** What a fingerprint begins with; no name of a certificate that does is ever believed. */
  public static final String FINGERPRINT = "sha256:";

  private static final int ID_DIGITS = 8;

  /** A new one without an end. */
  public static SenderCertificate added(String mark, Instant at, String by) {
    return new SenderCertificate(
        "cert-" + digest(mark.getBytes(StandardCharsets.UTF_8)).substring(0, ID_DIGITS),
        mark,
        at,
        by,
        null,
        null);
  }

  /**
   * The mark of the certificate with this content.
   *
   * @param der the whole certificate, as in {@code openssl x509 -fingerprint -sha256}
   */
  public static String fingerprint(byte[] der) {
    return FINGERPRINT + digest(der);
  }

  private static String digest(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }

  /** What it is good for at that moment. */
  public State state(Instant now) {
    return State.of(now, validUntil, removedAt);
  }

  /** Whether it lets its sender in at that moment. */
  public boolean opens(Instant now) {
    return state(now).opens();
  }

  /** The same with an end, if it had a later one or none. */
  SenderCertificate endingAt(Instant end) {
    return removedAt != null || (validUntil != null && validUntil.isBefore(end))
        ? this
        : new SenderCertificate(id, mark, addedAt, addedBy, end, null);
  }

  /** The same, removed. */
  SenderCertificate removed(Instant at) {
    return new SenderCertificate(id, mark, addedAt, addedBy, validUntil, at);
  }
}
