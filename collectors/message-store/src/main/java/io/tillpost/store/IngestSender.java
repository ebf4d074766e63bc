package io.tillpost.store;

import io.tillpost.store.DocumentKind.FieldType;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A store or system that may send, as an administrator made it; its id is its name. Ingest reads
 * these every few seconds. Its keys and certificates only ever get an end or are taken back; they
 * stay known, so that a refused one can be told apart from one that nobody has made.
 *
 * @param name like {@code store-0412} or {@code middleware}
 * @param bounds what it may send
 * @param keys oldest first, never empty
 * @param certificates oldest first; none where it has keys alone
 * @param madeAt when it was made
 * @param madeBy the operator who made it
 */
public record IngestSender(
    String name,
    Bounds bounds,
    List<SenderKey> keys,
    List<SenderCertificate> certificates,
    Instant madeAt,
    String madeBy) {
  /** The most keys that open at the same time. */
  public static final int MOST_KEYS = 5;

  /** The most certificates that open at the same time: a middleware has one for each machine. */
  public static final int MOST_CERTIFICATES = 20;

  /** What opens no more is forgotten beyond so many, the oldest first. */
  private static final int MOST_REMEMBERED = 50;

  /** All senders, by {@link #name}. */
  public static final DocumentKind<IngestSender> DOCUMENTS =
      new DocumentKind<>(
          "ingest-senders", IngestSender.class, Map.of("name", FieldType.KEYWORD), true);

  public IngestSender {
    keys = List.copyOf(keys);
    certificates = List.copyOf(certificates);
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
    return new IngestSender(name, bounds, List.of(key), List.of(), key.madeAt(), key.madeBy());
  }

  /** The same with other bounds. */
  public IngestSender bounded(Bounds newBounds) {
    return new IngestSender(name, newBounds, keys, certificates, madeAt, madeBy);
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
    forget(next, k -> !k.opens(now), Comparator.comparing(SenderKey::madeAt));
    return Optional.of(new IngestSender(name, bounds, next, certificates, madeAt, madeBy));
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

  /**
   * The same with one more certificate; one of the same mark that was removed or replaced gives way
   * to it.
   *
   * @return empty where it opens already, or so many do that one of them has to be removed first
   */
  public Optional<IngestSender> certified(SenderCertificate certificate) {
    Instant now = certificate.addedAt();
    if (certificates.stream().filter(c -> c.opens(now)).count() >= MOST_CERTIFICATES
        || certificates.stream().anyMatch(c -> c.id().equals(certificate.id()) && c.opens(now))) {
      return Optional.empty();
    }
    List<SenderCertificate> next =
        new ArrayList<>(
            certificates.stream().filter(c -> !c.id().equals(certificate.id())).toList());
    next.add(certificate);
    forget(next, c -> !c.opens(now), Comparator.comparing(SenderCertificate::addedAt));
    return Optional.of(withCertificates(next));
  }

  /**
   * The same with a certificate in the place of another.
   *
   * @param overlap how long the other goes on to open; zero or more
   * @return empty where the other does not open any more, or as in {@link #certified}
   */
  public Optional<IngestSender> replaced(
      String certificateId, SenderCertificate by, Duration overlap) {
    Instant now = by.addedAt();
    return certificate(certificateId)
        .filter(before -> before.opens(now) && !before.id().equals(by.id()))
        .flatMap(
            before ->
                withCertificates(
                        certificates.stream()
                            .map(c -> c.equals(before) ? c.endingAt(now.plus(overlap)) : c)
                            .toList())
                    .certified(by));
  }

  /** The same without that certificate; empty where there is none that is not removed already. */
  public Optional<IngestSender> decertified(String certificateId, Instant now) {
    return certificate(certificateId)
        .filter(found -> found.removedAt() == null)
        .map(
            found ->
                withCertificates(
                    certificates.stream().map(c -> c.equals(found) ? c.removed(now) : c).toList()));
  }

  /** The certificate with that id. */
  public Optional<SenderCertificate> certificate(String certificateId) {
    return certificates.stream().filter(c -> c.id().equals(certificateId)).findFirst();
  }

  private static <T> void forget(List<T> all, Predicate<T> over, Comparator<T> oldestFirst) {
    all.stream()
        .filter(over)
        .sorted(oldestFirst)
        .limit(Math.max(0, all.size() - MOST_REMEMBERED))
        .toList()
        .forEach(all::remove);
  }

  private IngestSender withKeys(UnaryOperator<SenderKey> change) {
    return new IngestSender(
        name, bounds, keys.stream().map(change).toList(), certificates, madeAt, madeBy);
  }

  private IngestSender withCertificates(List<SenderCertificate> next) {
    return new IngestSender(name, bounds, keys, next, madeAt, madeBy);
  }
}
