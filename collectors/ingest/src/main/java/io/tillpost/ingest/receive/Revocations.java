package io.tillpost.ingest.receive;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CRL;
import java.security.cert.CRLException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which client certificates were taken back by the authorities that signed them, as lists of theirs
 * in a file tell (RFC 5280, 5). The file is read again from time to time; what was read last holds
 * while it cannot be read. Each list says itself until when it holds: where that is over, nobody
 * knows what was taken back since, so nobody comes in by a certificate of that authority.
 */
public final class Revocations {
  private static final Logger LOG = LoggerFactory.getLogger(Revocations.class);

  /** Nothing is ever taken back. */
  public static final Revocations NONE = new Revocations(null, List.of(), false, Clock.systemUTC());

  private final @Nullable Path file;
  private final Set<X509Certificate> authorities;
  private final boolean needed;
  private final Clock clock;
  private volatile Map<X500Principal, X509CRL> lists = Map.of();

  private Revocations(
      @Nullable Path file, List<X509Certificate> authorities, boolean needed, Clock clock) {
    this.file = file;
    this.authorities = Set.copyOf(authorities);
    this.needed = needed;
    this.clock = clock;
  }

  /**
   * Reads the lists for the first time.
   *
   * @param file lists in PEM one after the other, or one in DER
   * @param authorities those that client certificates are trusted for; each list is of one of them
   * @param needed whether nobody is to come in without a certificate, not even with a key
   * @throws IOException if it cannot be read
   * @throws CRLException if it holds anything else than whole lists of these authorities
   */
  public static Revocations read(
      Path file, List<X509Certificate> authorities, boolean needed, Clock clock)
      throws IOException, CRLException {
    Revocations revocations = new Revocations(file, authorities, needed, clock);
    revocations.lists = revocations.lists(file);
    revocations.tellOfOldLists();
    return revocations;
  }

  /** How a certificate stands. */
  sealed interface Standing {
    /** It was not taken back, or none was shown. */
    record Good() implements Standing {}

    /** Its authority has taken it back. */
    record Revoked() implements Standing {}

    /** Nobody knows for now; why, as a sentence. */
    record Unknown(String reason) implements Standing {}
  }

  /** Whether nobody is to come in without a certificate that stands well. */
  boolean needed() {
    return needed;
  }

  /**
   * How a certificate stands at this moment, on a connection that may be open for long.
   *
   * @param chain the certificate and those that lead from it towards its authority, as they were
   *     shown; empty for none
   */
  Standing standing(List<X509Certificate> chain) {
    if (file == null || chain.isEmpty()) {
      return new Standing.Good();
    }
    Map<X500Principal, X509CRL> known = lists;
    Standing standing = new Standing.Good();
    for (X509Certificate each : chain) {
      X509CRL list = known.get(each.getIssuerX500Principal());
      if (list == null) {
        // Whoever is trusted by itself needs no list; nor do those between, if they have none.
        if (each.equals(chain.getFirst()) && !authorities.contains(each)) {
          standing = new Standing.Unknown("There is no list of revoked certificates of its issuer");
        }
      } else if (list.isRevoked(each)) {
        return new Standing.Revoked();
      } else if (isOver(list)) {
        standing = new Standing.Unknown("The list of revoked certificates is out of date");
      }
    }
    return standing;
  }

  private boolean isOver(X509CRL list) {
    return !clock.instant().isBefore(end(list));
  }

  private static Instant begin(X509CRL list) {
    return list.getThisUpdate().toInstant();
  }

  private static Instant end(X509CRL list) {
    return list.getNextUpdate().toInstant();
  }

  /** Takes what the file holds now into use. */
  public void readAgain() {
    if (file == null) {
      return;
    }
    try {
      lists = lists(file);
    } catch (IOException | CRLException | RuntimeException | OutOfMemoryError e) {
      // Whatever it is, thrown out of here it would silently end the schedule.
      LOG.warn(
          "The revoked client certificates in {} cannot be read: {}; the lists from before hold as"
              + " long as they say",
          file,
          String.valueOf(e.getMessage()));
    }
    tellOfOldLists();
  }

  private void tellOfOldLists() {
    lists.values().stream()
        .filter(this::isOver)
        .forEach(
            list ->
                LOG.error(
                    "The list of revoked client certificates of {} in {} ended at {}: nobody comes"
                        + " in by a certificate of that authority until there is a newer one",
                    list.getIssuerX500Principal(),
                    file,
                    end(list)));
  }

  private Map<X500Principal, X509CRL> lists(Path from) throws IOException, CRLException {
    Map<X500Principal, X509CRL> read = new HashMap<>();
    try (InputStream in = Files.newInputStream(from)) {
      for (CRL each : CertificateFactory.getInstance("X.509").generateCRLs(in)) {
        X509CRL list = checked((X509CRL) each);
        read.merge(
            list.getIssuerX500Principal(), list, (a, b) -> begin(a).isAfter(begin(b)) ? a : b);
      }
    } catch (CertificateException | RuntimeException e) {
      // Of what is no list at all the parser makes this or that.
      throw new CRLException(e.getMessage(), e);
    }
    if (read.isEmpty()) {
      throw new CRLException("it holds no list");
    }
    return read;
  }

  private X509CRL checked(X509CRL list) throws CRLException {
    X500Principal issuer = list.getIssuerX500Principal();
    if (list.getNextUpdate() == null) {
      throw new CRLException("the list of " + issuer + " does not say until when it holds");
    }
    // Delta lists, and those of some certificates only, say what they are in such an extension.
    Set<String> critical = list.getCriticalExtensionOIDs();
    if (critical != null && !critical.isEmpty()) {
      throw new CRLException("the list of " + issuer + " is not of all of its certificates");
    }
    if (authorities.stream().noneMatch(authority -> hasSigned(authority, list))) {
      throw new CRLException(
          "the list of " + issuer + " is not signed by an authority that clients are trusted for");
    }
    return list;
  }

  private static boolean hasSigned(X509Certificate authority, X509CRL list) {
    if (!authority.getSubjectX500Principal().equals(list.getIssuerX500Principal())) {
      return false;
    }
    try {
      list.verify(authority.getPublicKey());
      return true;
    } catch (GeneralSecurityException _) {
      return false;
    }
  }
}
