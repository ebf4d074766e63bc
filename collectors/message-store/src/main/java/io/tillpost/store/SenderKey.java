package io.tillpost.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A key of a sender, known by its hash alone.
 *
 * @param id names the key on screen; tells nothing about it
 * @param hash SHA-256 of the key in UTF-8, 64 lower-case hexadecimal digits
 * @param madeAt when it was made
 * @param madeBy the operator who made it
 * @param validUntil from when on it is refused, because a newer one took its place; null for no end
 * @param revokedAt when an operator took it back; null while it was not
 */
public record SenderKey(
    String id,
    String hash,
    Instant madeAt,
    String madeBy,
    @Nullable Instant validUntil,
    @Nullable Instant revokedAt) {
  /** How long a hash is. */
  public static final int HASH_LENGTH = 64;

  /** What it is good for. */
  public enum State {
    /** It lets its sender in. */
    VALID,
    /** It lets its sender in until a moment that is known already. */
    ENDING,
    /** A newer one has taken its place. */
    EXPIRED,
    /** An operator took it back. */
    REVOKED;

    /** Of something that ends then, or was taken back then. */
    static State of(Instant now, @Nullable Instant validUntil, @Nullable Instant revokedAt) {
      if (revokedAt != null) {
        return REVOKED;
      }
      if (validUntil == null) {
        return VALID;
      }
      return validUntil.isAfter(now) ? ENDING : EXPIRED;
    }

    /** Whether its sender is let in. */
    public boolean opens() {
      return this == VALID || this == ENDING;
    }
  }

  /** A new key without an end. */
  public static SenderKey made(String id, String hash, Instant at, String by) {
    return new SenderKey(id, hash, at, by, null, null);
  }

  /** What it is good for at that moment. */
  public State state(Instant now) {
    return State.of(now, validUntil, revokedAt);
  }

  /** Whether it lets its sender in at that moment. */
  public boolean opens(Instant now) {
    return state(now).opens();
  }

  /** The same with an end, if it had a later one or none. */
  SenderKey endingAt(Instant end) {
    return revokedAt != null || (validUntil != null && validUntil.isBefore(end))
        ? this
        : new SenderKey(id, hash, madeAt, madeBy, end, null);
  }

  /** The same, taken back. */
  SenderKey revoked(Instant at) {
    return new SenderKey(id, hash, madeAt, madeBy, validUntil, at);
  }

  @Override
  public String toString() {
    return "SenderKey[" + id + "]";
  }
}
