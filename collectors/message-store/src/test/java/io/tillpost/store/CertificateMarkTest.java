package io.tillpost.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillpost.store.CertificateMark.Known;
import io.tillpost.store.CertificateMark.Wrong;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CertificateMarkTest {
  private static final String DIGITS =
      "4f1b0e54fdb2a7f2a3f4a8b1e2e4f0e0aa45c6fd0c29a1dd5f0d7a1b2c3d4e5f";
  private static final String COLONS =
      DIGITS.toUpperCase(Locale.ROOT).replaceAll("(..)(?!$)", "$1:");

  /** Made for this test; its fingerprint is that of {@code openssl x509 -fingerprint -sha256}. */
  private static final String PEM =
      """
      -----BEGIN CERTIFICATE-----
      MIIBsTCCAVegAwIBAgIUa5N2PMadWMaCWhgBXexLSMRcpO4wCgYIKoZIzj0EAwIw
      LTEUMBIGA1UECgwLQ2hhaW4sIEluYy4xFTATBgNVBAMMDHRpbGwtZ2F0ZXdheTAg
      Fw0yNjExMjgxNjU1MjBaGA8yMTI2MTEwNDE2NTUyMFowLTEUMBIGA1UECgwLQ2hh
      aW4sIEluYy4xFTATBgNVBAMMDHRpbGwtZ2F0ZXdheTBZMBMGByqGSM49AgEGCCqG
      SM49AwEHA0IABGIzJJFX8MDu8bYOMugET9B19P+t4lkU2F0AV1UjfCSAH29xOZok
      bgoYDe3rko+T2f4++o8SfWDJqZqRJ39ooM6jUzBRMB0GA1UdDgQWBBSama/eOYMv
      M6uciOvEANcOoCYGETAfBgNVHSMEGDAWgBSama/eOYMvM6uciOvEANcOoCYGETAP
      BgNVHRMBAf8EBTADAQH/MAoGCCqGSM49BAMCA0gAMEUCIAeEoY9b5y1LtK8pFoDB
      8Bu7i8IQlUy4Kizau0JggupkAiEAji/aJGLjKS0tFgrSD+LFFmEtw7uCwXTlc0yy
      4hxH5jI=
      -----END CERTIFICATE-----
      """;

  @Test
  void aFingerprintIsReadHoweverItIsWritten() {
    for (String written :
        new String[] {
          DIGITS,
          COLONS,
          "sha256:" + DIGITS,
          "SHA256:" + COLONS,
          "SHA-256:" + DIGITS,
          " sha256 Fingerprint=" + COLONS + "\n"
        }) {
      assertThat(CertificateMark.of(written)).isEqualTo(new Known("sha256:" + DIGITS));
    }
  }

  @Test
  void ofTheCertificateItselfTheFingerprintIsTaken() {
    assertThat(CertificateMark.of(PEM))
        .isEqualTo(
            new Known("sha256:2c1c30f5ad1c054330aef56a77c8b060471eab5e6b49110ea9614e813877a4cb"));
    // As many programs write it, with words before it.
    assertThat(CertificateMark.of("subject=CN = till\n" + PEM)).isInstanceOf(Known.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "till-gateway.0412.example",
        "spiffe://chain/store/0412",
        "Till Gateway",
        "cafe",
        "00:1b:44:11:3a:b7",
        "02:1b:44:ff:fe:11:3a:b7",
        "2001:db8:12:34:56:78:9a:bc"
      })
  void aNameIsTakenAsItIs(String name) {
    assertThat(CertificateMark.of(" " + name + " ")).isEqualTo(new Known(name));
  }

  @Test
  void whatIsNoCertificateIsSaid() {
    for (String wrong :
        new String[] {
          "",
          "sha256:abc",
          "sha1 Fingerprint=AB:CD",
          // The fingerprint of another kind, and the beginning of one.
          "AB:CD:EF:01:23:45:67:89:AB:CD:EF:01:23:45:67:89:AB:CD:EF:01",
          "AB:CD:EF:01:23:45:67:89:AB",
          "CN=till,O=Chain",
          "o = Chain",
          "a\nb",
          "x".repeat(256),
          PEM + PEM,
          PEM.replace("MII", "MIX"),
          "-----BEGIN CERTIFICATE-----",
        }) {
      assertThat(CertificateMark.of(wrong)).as(wrong).isInstanceOf(Wrong.class);
    }
    assertThat(CertificateMark.of("-----BEGIN EC PRIVATE KEY-----\nsecret"))
        .isInstanceOfSatisfying(
            Wrong.class,
            why -> assertThat(why.reason()).contains("private key").doesNotContain("secret"));
  }
}
