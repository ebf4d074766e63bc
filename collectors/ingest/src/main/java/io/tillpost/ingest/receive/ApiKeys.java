package io.tillpost.ingest.receive;

import io.tillpost.store.IngestSender;
import io.tillpost.store.RefusalReason;
import io.tillpost.store.SenderCertificate;
import io.tillpost.store.SenderKey;
import io.tillpost.store.SenderKey.State;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Who may send. A sender shows its key as {@code Authorization: Bearer <key>}, or a client
 * certificate that is known as its own; only the keys' SHA-256 is known here, which is enough for
 * keys that are long and random. Some senders are configured, others are made in the console and
 * may change at any time. A sender may have several keys and certificates, so that a new one can be
 * given out before the old one is taken back.
 */
public final class ApiKeys {
  private static final String PREFIX = "sha256:";
  private static final Pattern HASH = Pattern.compile("sha256:[0-9a-fA-F]{64}");
  private static final String SCHEME = "bearer ";
  private static final Admission KEYS_ARE_READ =
      new Admission.NotYet("The keys of senders are being read");

  private final Map<String, Sender> configured;
  private final Map<String, Sender> certified;
  private final @Nullable Sender everybody;
  private final Revocations revocations;
  private final Clock clock;

  /** What was made in the console; null until it was read for the first time. */
  private volatile @Nullable Managed managed;

  /** A sender made in the console, with what its quota is used up to. */
  private record Known(Sender sender, IngestSender.Bounds bounds) {}

  private record OfKey(Sender sender, SenderKey key) {}

  private record OfCertificate(Sender sender, SenderCertificate certificate) {}

  /**
   * @param byMark the certificates of that mark: more than one where one sender lost it to another
   */
  private record Managed(
      Map<String, Known> byName,
      Map<String, OfKey> byHash,
      Map<String, List<OfCertificate>> byMark) {
    List<OfCertificate> of(String mark) {
      return byMark.getOrDefault(mark, List.of());
    }
  }

  private ApiKeys(
      Map<String, Sender> configured,
      Map<String, Sender> certified,
      @Nullable Sender everybody,
      Revocations revocations,
      Clock clock) {
    this.configured = configured;
    this.certified = Map.copyOf(certified);
    this.everybody = everybody;
    this.revocations = revocations;
    this.clock = clock;
  }

  /**
   * Senders with their keys by their hashes as configured.
   *
   * @param hashes each {@code sha256:} and 64 hexadecimal digits
   * @param certified senders by a name in their client certificates, or by the fingerprint of one
   * @param keyless whether those without a key may send everything
   * @param revocations what authorities of certificates have taken back
   * @throws IllegalArgumentException if one has another shape, or two senders have the same key
   */
  public static ApiKeys of(
      Map<Sender, ? extends Collection<String>> hashes,
      Map<String, Sender> certified,
      boolean keyless,
      Revocations revocations,
      Clock clock) {
    Map<String, Sender> byHash = new HashMap<>();
    hashes.forEach(
        (sender, ofSender) ->
            ofSender.forEach(
                hash -> {
                  Sender other = byHash.putIfAbsent(parse(hash), sender);
                  if (other != null && other != sender) {
                    throw new IllegalArgumentException(
                        "The senders '%s' and '%s' have the same key"
                            .formatted(other.name(), sender.name()));
                  }
                }));
    return new ApiKeys(
        byHash, certified, keyless ? Sender.unbound("everybody") : null, revocations, clock);
  }

  private static String parse(String hash) {
    if (!HASH.matcher(hash).matches()) {
      throw new IllegalArgumentException(
          "A key of a sender is written as sha256: and 64 hexadecimal digits");
    }
    return hash.substring(PREFIX.length()).toLowerCase(Locale.ROOT);
  }

  /**
   * Takes what was made in the console into use, in place of what was before. Who has the same
   * bounds as before goes on with what is left of its quota.
   */
  public void manage(List<IngestSender> senders) {
    Managed before = managed;
    Map<String, Known> byName = new HashMap<>();
    Map<String, OfKey> byHash = new HashMap<>();
    Map<String, List<OfCertificate>> byMark = new HashMap<>();
    for (IngestSender sender : senders) {
      Known same = before == null ? null : before.byName().get(sender.name());
      Known known =
          same != null && same.bounds().equals(sender.bounds())
              ? same
              : new Known(sender(sender), sender.bounds());
      byName.put(sender.name(), known);
      sender.keys().forEach(key -> byHash.put(key.hash(), new OfKey(known.sender(), key)));
      sender
          .certificates()
          .forEach(
              each ->
                  byMark
                      .computeIfAbsent(each.mark(), _ -> new ArrayList<>())
                      .add(new OfCertificate(known.sender(), each)));
    }
    // Two administrators may have given it to two senders at once: whose it was first has it.
    byMark
        .values()
        .forEach(all -> all.sort(Comparator.comparing(each -> each.certificate().addedAt())));
    managed = new Managed(byName, byHash, byMark);
  }

  private static Sender sender(IngestSender made) {
    IngestSender.Bounds bounds = made.bounds();
    return new Sender(
        made.name(),
        Set.copyOf(bounds.stores()),
        bounds.eventsPerSecond(),
        bounds.bytesPerSecond(),
        System::nanoTime);
  }

  /**
   * Whether somebody who shows this may send. Where there is a key, it alone decides; but a
   * certificate that its authority has taken back lets nobody in, whatever else is shown.
   */
  public Admission admit(Credentials credentials) {
    return switch (revocations.standing(credentials.chain())) {
      case Revocations.Standing.Good() -> decide(credentials);
      case Revocations.Standing.Revoked() ->
          new Admission.Out(RefusalReason.REVOKED_CERTIFICATE, owner(credentials.marks()));
      case Revocations.Standing.Unknown(var why) ->
          revocations.needed() || (key(credentials) == null && everybody == null)
              ? new Admission.NotYet(why)
              : decide(credentials.withoutCertificate());
    };
  }

  private static @Nullable String key(Credentials credentials) {
    String authorization = credentials.authorization();
    return authorization == null || !authorization.toLowerCase(Locale.ROOT).startsWith(SCHEME)
        ? null
        : authorization.substring(SCHEME.length()).strip();
  }

  /** Whose certificate it is or was; empty where it is nobody's. */
  private String owner(List<String> marks) {
    Managed now = managed;
    for (String mark : marks) {
      Sender sender = certified.get(mark);
      if (sender != null) {
        return sender.name();
      }
      for (OfCertificate each : now == null ? List.<OfCertificate>of() : now.of(mark)) {
        return each.sender().name();
      }
    }
    return "";
  }

  private Admission decide(Credentials credentials) {
    String key = key(credentials);
    if (key == null) {
      return withCertificate(credentials.marks());
    }
    // Looking up a hash tells nothing about a key by the time it takes: nobody can choose hashes.
    String hash = sha256(key);
    Sender sender = configured.get(hash);
    if (sender != null) {
      return new Admission.In(sender, "");
    }
    Managed now = managed;
    OfKey ofKey = now == null ? null : now.byHash().get(hash);
    if (ofKey != null) {
      return withKey(ofKey);
    }
    return now == null && everybody == null ? KEYS_ARE_READ : withoutKey();
  }

  /** Its fingerprint before its names, wherever each is known: it is the one that is meant. */
  private Admission withCertificate(List<String> marks) {
    Managed now = managed;
    Instant at = clock.instant();
    List<OfCertificate> shut = new ArrayList<>();
    for (String mark : marks) {
      Sender sender = certified.get(mark);
      if (sender != null) {
        return new Admission.In(sender, "");
      }
      for (OfCertificate each : now == null ? List.<OfCertificate>of() : now.of(mark)) {
        if (each.certificate().opens(at)) {
          return new Admission.In(each.sender(), each.certificate().id());
        }
        shut.add(each);
      }
    }
    if (now == null) {
      return marks.isEmpty() || everybody != null ? withoutKey() : KEYS_ARE_READ;
    }
    return shut.isEmpty() ? withoutKey() : shut(shut.getFirst(), at);
  }

  private static Admission shut(OfCertificate known, Instant at) {
    return new Admission.Out(
        known.certificate().state(at) == State.REVOKED
            ? RefusalReason.REMOVED_CERTIFICATE
            : RefusalReason.REPLACED_CERTIFICATE,
        known.sender().name());
  }

  private Admission withoutKey() {
    return everybody == null
        ? new Admission.Out(RefusalReason.UNKNOWN_KEY, "")
        : new Admission.In(everybody, "");
  }

  private Admission withKey(OfKey ofKey) {
    return switch (ofKey.key().state(clock.instant())) {
      case VALID, ENDING -> new Admission.In(ofKey.sender(), ofKey.key().id());
      case REVOKED -> new Admission.Out(RefusalReason.REVOKED_KEY, ofKey.sender().name());
      case EXPIRED -> new Admission.Out(RefusalReason.EXPIRED_KEY, ofKey.sender().name());
    };
  }

  private static String sha256(String key) {
    try {
      byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return "ApiKeys[" + configured.size() + "]";
  }
}
