package io.tillpost.ingest.faults;

import com.linecorp.armeria.common.TlsKeyPair;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateEncodingException;
import java.util.Base64;

/** Who is who between a {@linkplain KafkaBroker broker} and its clients, and none of them a CA. */
final class KafkaCertificates {
  /** The name by which the broker knows {@link #INGEST}. */
  static final String INGEST_PRINCIPAL = "User:CN=ingest.example";

  static final TlsKeyPair BROKER = TlsKeyPair.ofSelfSigned("localhost");
  static final TlsKeyPair INGEST = TlsKeyPair.ofSelfSigned("ingest.example");
  static final TlsKeyPair NOBODY = TlsKeyPair.ofSelfSigned("nobody.example");

  private KafkaCertificates() {}

  static String certificate(TlsKeyPair of) {
    try {
      return pem("CERTIFICATE", of.certificateChain().getFirst().getEncoded());
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException(e);
    }
  }

  static String key(TlsKeyPair of) {
    return pem("PRIVATE KEY", of.privateKey().getEncoded());
  }

  private static String pem(String kind, byte[] content) {
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(
            kind,
            Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(content),
            kind);
  }
}
