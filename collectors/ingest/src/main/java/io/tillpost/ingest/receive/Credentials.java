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
 */
public record Credentials(@Nullable String authorization, List<String> marks) {
  /** Where a session keeps the marks, so that a certificate is taken apart once a connection. */
  private static final String MARKS = "tillpost.marks";

  /** DNS names and URIs among the subject's alternative names (RFC 5280, 4.2.1.6). */
  private static final List<Integer> NAMED = List.of(2, 6);

  public Credentials {
    marks = List.copyOf(marks);
  }

  /** Those of a request. */
  public static Credentials of(ServiceRequestContext request, @Nullable String authorization) {
    SSLSession session = request.sslSession();
    return new Credentials(authorization, session == null ? List.of() : marks(session));
  }

  private static List<String> marks(SSLSession session) {
    if (session.getValue(MARKS) instanceof Marks(var known)) {
      return known;
    }
    List<String> marks = read(session);
    session.putValue(MARKS, new Marks(marks));
    return marks;
  }

  private static List<String> read(SSLSession session) {
    try {
      Certificate[] chain = session.getPeerCertificates();
      return chain.length > 0 && chain[0] instanceof X509Certificate own ? marks(own) : List.of();
    } catch (SSLPeerUnverifiedException none) {
      return List.of();
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

  /** Marks in a session, told from what others may keep there. */
  private record Marks(List<String> marks) {}

  @Override
  public String toString() {
    return "Credentials[" + marks + "]";
  }
}
