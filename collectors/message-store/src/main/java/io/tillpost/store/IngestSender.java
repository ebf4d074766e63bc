package io.tillpost.store;

import io.tillpost.store.DocumentKind.FieldType;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A store or system that may send, as an administrator made it; its id is its name. Ingest reads
 * these every few seconds. Its keys only ever get an end or are revoked; they are never removed, so
 * that a refused one can be told apart from one that nobody has made.
 *
 * @param name like {@code store-0412} or {@code middleware}
 * @param bounds what it may send
 * @param keys oldest first, never empty
 * @param madeAt when it was made
 * @param madeBy the operator who made it
 */
public record IngestSender(
    String name, Bounds bounds, List<SenderKey> keys, Instant madeAt, String madeBy) {
  /** The most keys that open at the same time. */
  public static final int MOST_KEYS = 5;

  /** Keys that open no more are forgotten beyond so many, the oldest first. */
  private static final int MOST_REMEMBERED = 50;

  /** All senders, by {@link #name}. */
  public static final DocumentKind<IngestSender> DOCUMENTS =
      new DocumentKind<>(
          "ingest-senders", IngestSender.class, Map.of("name", FieldType.KEYWORD), true);

  public IngestSender {
    keys = List.copyOf(keys);
  }

  /**
   * What a sender may send.
   *
   * @param stores the ids of the only stores it may send for; empty for all
   * @param eventsPerSecond events, log records and spans; null for any number
   * @param bytesPerSecond of requests as they come; null for any number
   */
  public record Bounds(
      List<String> stores, @Nullable Long eventsPerSecond, @Nullable Long bytesPerSecond) {
    /** Everything. */
    public static final Bounds NONE = new Bounds(List.of(), null, null);

    public Bounds {
      stores = stores.stream().sorted().distinct().toList();
    }
  }

  /** A sender with its first key. */
  public static IngestSender made(String name, Bounds bounds, SenderKey key) {
    return new IngestSender(name, bounds, List.of(key), key.madeAt(), key.madeBy());
  }

  /** The same with other bounds. */
  public IngestSender bounded(Bounds newBounds) {
    return new IngestSender(name, newBounds, keys, madeAt, madeBy);
  }

  /**
   * The same with a new key, after which the others end.
   *
   * @param overlap how long the others go on to open; zero or more
   * @return empty where so many keys open already that one of them has to be revoked first
   */
  public Optional<IngestSender> rotated(SenderKey key, Duration overlap) {
    Instant now = key.madeAt();
    if (keys.stream().filter(k -> k.opens(now)).count() >= MOST_KEYS) {
      return Optional.empty();
    }
    List<SenderKey> next =
        new ArrayList<>(keys.stream().map(k -> k.endingAt(now.plus(overlap))).toList());
    next.add(key);
    next.stream()
        .filter(k -> !k.opens(now))
        .sorted(Comparator.comparing(SenderKey::madeAt))
        .limit(Math.max(0, next.size() - MOST_REMEMBERED))
        .toList()
        .forEach(next::remove);
    return Optional.of(new IngestSender(name, bounds, next, madeAt, madeBy));
  }

  /** The same with that key revoked; empty where there is no such key or it is revoked already. */
  public Optional<IngestSender> revoked(String keyId, Instant now) {
    return key(keyId)
        .filter(key -> key.revokedAt() == null)
        .map(_ -> withKeys(key -> key.id().equals(keyId) ? key.revoked(now) : key));
  }

  /** The key with that id. */
  public Optional<SenderKey> key(String keyId) {
    return keys.stream().filter(key -> key.id().equals(keyId)).findFirst();
  }

  private IngestSender withKeys(UnaryOperator<SenderKey> change) {
    return new IngestSender(name, bounds, keys.stream().map(change).toList(), madeAt, madeBy);
  }
}
