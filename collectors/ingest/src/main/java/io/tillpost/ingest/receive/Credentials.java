package io.tillpost.ingest.receive;

import com.linecorp.armeria.server.ServiceRequestContext;
import java.security.cert.Certificate;
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
 * @param names of its client certificate, which a trusted authority signed; none without one
 */
public record Credentials(@Nullable String authorization, List<String> names) {
  /** Where a session keeps the names, so that a certificate is taken apart once a connection. */
  private static final String NAMES = "tillpost.names";

  /** DNS names and URIs among the subject's alternative names (RFC 5280, 4.2.1.6). */
  private static final List<Integer> NAMED = List.of(2, 6);

  public Credentials {
    names = List.copyOf(names);
  }

  /** Those of a request. */
  public static Credentials of(ServiceRequestContext request, @Nullable String authorization) {
    SSLSession session = request.sslSession();
    return new Credentials(authorization, session == null ? List.of() : names(session));
  }

  private static List<String> names(SSLSession session) {
    if (session.getValue(NAMES) instanceof Names(var known)) {
      return known;
    }
    List<String> names = read(session);
    session.putValue(NAMES, new Names(names));
    return names;
  }

  private static List<String> read(SSLSession session) {
    try {
      Certificate[] chain = session.getPeerCertificates();
      return chain.length > 0 && chain[0] instanceof X509Certificate own ? names(own) : List.of();
    } catch (SSLPeerUnverifiedException none) {
      return List.of();
    }
  }

  /** Its alternative names, or where it has none its common name. */
  static List<String> names(X509Certificate certificate) {
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

  /** Names in a session, told from what others may keep there. */
  private record Names(List<String> names) {}

  @Override
  public String toString() {
    return "Credentials[" + names + "]";
  }
}
