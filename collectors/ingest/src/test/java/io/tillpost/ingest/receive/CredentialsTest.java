package io.tillpost.ingest.receive;

import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.common.TlsKeyPair;
import io.tillpost.store.SenderCertificate;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import org.junit.jupiter.api.Test;

class CredentialsTest {
  /** Its common name is till-gateway, like that of the next. */
  private static final String WITH_ALTERNATIVES =
      """
      -----BEGIN CERTIFICATE-----
      MIICBDCCAaugAwIBAgIUeZF0rs4KEZV11R7qlABQmZvKRIYwCgYIKoZIzj0EAwIw
      LTEUMBIGA1UECgwLQ2hhaW4sIEluYy4xFTATBgNVBAMMDHRpbGwtZ2F0ZXdheTAg
      Fw0yNjExMjgwOTExNTRaGA8yMTI2MTEwNDA5MTE1NFowLTEUMBIGA1UECgwLQ2hh
      aW4sIEluYy4xFTATBgNVBAMMDHRpbGwtZ2F0ZXdheTBZMBMGByqGSM49AgEGCCqG
      SM49AwEHA0IABP/0mj/ghk0mXICJvFYjZXT/ockuBeG9YbGBzhYn67iJQ96FTx6V
      37vGLeU16ayEzKBjPdm1kiUuzGAvwld17a2jgaYwgaMwHQYDVR0OBBYEFCiIX+Ai
      QWS6AI3be260A6GGL+IkMB8GA1UdIwQYMBaAFCiIX+AiQWS6AI3be260A6GGL+Ik
      MA8GA1UdEwEB/wQFMAMBAf8wUAYDVR0RBEkwR4ISc3RvcmUtMDQxMi5leGFtcGxl
      hhlzcGlmZmU6Ly9jaGFpbi9zdG9yZS8wNDEygRB0aWxsQGV4YW1wbGUuY29thwTA
      AAIBMAoGCCqGSM49BAMCA0cAMEQCIFOgMlu4s7y08vmpmURkGhJSc/JsQ4XDG6lV
      /evHXiCtAiAOCUQJAxft/pzHZ2Y1v7r1WuP33JhdD/OhAElbtA2NwA==
      -----END CERTIFICATE-----
      """;

  private static final String WITHOUT =
      """
      -----BEGIN CERTIFICATE-----
      MIIBrjCCAVSgAwIBAgIUObom2lx2/249vWqd8ui4XQCy6/EwCgYIKoZIzj0EAwIw
      LTEUMBIGA1UECgwLQ2hhaW4sIEluYy4xFTATBgNVBAMMDHRpbGwtZ2F0ZXdheTAg
      Fw0yNjExMjgwOTExNTVaGA8yMTI2MTEwNDA5MTE1NVowLTEUMBIGA1UECgwLQ2hh
      aW4sIEluYy4xFTATBgNVBAMMDHRpbGwtZ2F0ZXdheTBZMBMGByqGSM49AgEGCCqG
      SM49AwEHA0IABDIGaU9YAl22tjqv+95cOyOArs2zkSkUoTXsSHIbfgFcj2e1bBW+
      IkXddX2NVYUd27BwxSTeOMlwyIlGuLYNZSmjUDBOMB0GA1UdDgQWBBS6fnCDqrh4
      yuwvssng6zvCK0bGdDAfBgNVHSMEGDAWgBS6fnCDqrh4yuwvssng6zvCK0bGdDAM
      BgNVHRMBAf8EAjAAMAoGCCqGSM49BAMCA0gAMEUCIQDmHGJto1RJZYGbzMS2d0oO
      nYEwuwoukK6qtmBVY7GR1QIgALW+SsnV3sgLvP4Fl2ae/mzfApSgoiykcKrYnX4c
      AeM=
      -----END CERTIFICATE-----
      """;

  @Test
  void aCertificateIsKnownByItsFingerprintAndItsAlternativeNamesOfServersAlone() throws Exception {
    X509Certificate certificate = read(WITH_ALTERNATIVES);
    assertThat(Credentials.marks(certificate))
        .containsExactly(
            SenderCertificate.fingerprint(certificate.getEncoded()),
            "store-0412.example",
            "spiffe://chain/store/0412");
  }

  @Test
  void aNameThatLooksLikeAFingerprintIsNone() {
    TlsKeyPair pretender = TlsKeyPair.ofSelfSigned("sha256:" + "0".repeat(64));
    X509Certificate certificate = pretender.certificateChain().getFirst();
    assertThat(certificate.getSubjectX500Principal().getName()).contains("sha256:000");
    assertThat(Credentials.marks(certificate))
        .hasSize(1)
        .first()
        .isNotEqualTo("sha256:" + "0".repeat(64));
  }

  @Test
  void theCommonNameCountsWhereThereIsNoOther() throws Exception {
    assertThat(Credentials.marks(read(WITHOUT))).hasSize(2).endsWith("till-gateway");
  }

  @Test
  void aKeyIsNotWrittenToLogs() {
    assertThat(new Credentials("Bearer secret", List.of("a"), List.of()).toString())
        .isEqualTo("Credentials[[a]]");
  }

  private static X509Certificate read(String pem) throws CertificateException {
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
  }
}
