package io.tillpost.ingest.receive;

import com.linecorp.armeria.server.ServiceRequestContext;
import io.tillpost.store.SenderCertificate;
import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * What a sender shows of itself.
 *
 * @param authorization the header of that name, or null
 * @param marks what its client certificate, which a trusted authority signed, may be known by: its
 *     fingerprint, then its names, as in {@link SenderCertificate#mark}; none without one
 * @param chain the certificate and those that came with it, its own first; empty without one
 */
public record Credentials(
    @Nullable String authorization, List<String> marks, List<X509Certificate> chain) {
  /** Where a session keeps what it showed, so that it is taken apart once a connection. */
  private static final String SHOWN = "tillpost.shown";

  /** DNS names and URIs among the subject's alternative names (RFC 5280, 4.2.1.6). */
  private static final List<Integer> NAMED = List.of(2, 6);

  public Credentials {
    marks = List.copyOf(marks);
    chain = List.copyOf(chain);
  }

  /** The same without the certificate. */
  Credentials withoutCertificate() {
    return new Credentials(authorization, List.of(), List.of());
  }

  /** Those of a request. */
  public static Credentials of(ServiceRequestContext request, @Nullable String authorization) {
    SSLSession session = request.sslSession();
    Shown shown = session == null ? Shown.NOTHING : shown(session);
    return new Credentials(authorization, shown.marks(), shown.chain());
  }

  private static Shown shown(SSLSession session) {
    if (session.getValue(SHOWN) instanceof Shown known) {
      return known;
    }
    Shown shown = read(session);
    session.putValue(SHOWN, shown);
    return shown;
  }

  private static Shown read(SSLSession session) {
    try {
      List<X509Certificate> chain = new ArrayList<>();
      for (Certificate each : session.getPeerCertificates()) {
        if (each instanceof X509Certificate certificate) {
          chain.add(certificate);
        }
      }
      return chain.isEmpty() ? Shown.NOTHING : new Shown(marks(chain.getFirst()), chain);
    } catch (SSLPeerUnverifiedException none) {
      return Shown.NOTHING;
    }
  }

  /**
   * Its fingerprint, and its alternative names, or where it has none its common name. A name that
   * looks like a fingerprint is left out: whoever signs names must not thereby sign fingerprints.
   */
  static List<String> marks(X509Certificate certificate) {
    List<String> marks = new ArrayList<>();
    try {
      marks.add(SenderCertificate.fingerprint(certificate.getEncoded()));
    } catch (CertificateEncodingException unreadable) {
      return List.of();
    }
    names(certificate).stream()
        .filter(name -> !name.startsWith(SenderCertificate.FINGERPRINT))
        .forEach(marks::add);
    return marks;
  }

  private static List<String> names(X509Certificate certificate) {
    List<String> names = new ArrayList<>();
    try {
      var alternatives = certificate.getSubjectAlternativeNames();
      if (alternatives != null) {
        for (List<?> alternative : alternatives) {
          if (NAMED.contains(alternative.get(0))) {
            names.add(String.valueOf(alternative.get(1)));
          }
        }
      }
      if (names.isEmpty()) {
        new LdapName(certificate.getSubjectX500Principal().getName())
            .getRdns().stream()
                .filter(part -> part.getType().equalsIgnoreCase("CN"))
                .forEach(part -> names.add(String.valueOf(part.getValue())));
      }
    } catch (CertificateParsingException | InvalidNameException unreadable) {
      return List.of();
    }
    return names;
  }

  /** What a session showed. */
  private record Shown(List<String> marks, List<X509Certificate> chain) {
    private static final Shown NOTHING = new Shown(List.of(), List.of());
  }

  @Override
  public String toString() {
    return "Credentials[" + marks + "]";
  }
}
