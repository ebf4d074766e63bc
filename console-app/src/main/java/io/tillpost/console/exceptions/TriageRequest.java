package io.tillpost.console.exceptions;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * One request of a caller who may send it again.
 *
 * @param beginning stands for who sent it and the key, whatever it asks for
 * @param name stands for the whole request
 */
record TriageRequest(String beginning, String name) {
  private static final ScopedValue<String> CURRENT = ScopedValue.newInstance();

  /**
   * Names a request.
   *
   * @param content what it asks for; equal contents read alike
   */
  static TriageRequest of(String actor, String key, Object content) {
    String beginning = hash(actor + "\u0000" + key) + ":";
    return new TriageRequest(
        beginning, beginning + hash(content.getClass().getSimpleName() + content));
  }

  /** Does it in its name: {@link Triage} writes that down together with what is done. */
  TriageAnswer doing(Supplier<TriageAnswer> act) {
    return ScopedValue.where(CURRENT, name).call(act::get);
  }

  /** The name of the request that this thread is working on; empty where it has none. */
  static Optional<String> current() {
    return CURRENT.isBound() ? Optional.of(CURRENT.get()) : Optional.empty();
  }

  private static String hash(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, 12);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
