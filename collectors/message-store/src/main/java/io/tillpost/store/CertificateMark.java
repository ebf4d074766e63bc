package io.tillpost.store;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a person writes for a client certificate, as the mark that it is known by. */
public sealed interface CertificateMark {
  /** The longest name, as of hosts. */
  int LONGEST = 255;

  /** As in {@link SenderCertificate#mark}. */
  record Known(String mark) implements CertificateMark {}

  /** It is none; why, as a sentence. */
  record Wrong(String reason) implements CertificateMark {}

  /**
   * Reads a fingerprint as OpenSSL prints it or without colons, the certificate itself in PEM, of
   * which the fingerprint is taken, or a name.
   */
  static CertificateMark of(String text) {
    String written = text.strip();
    if (written.contains("PRIVATE KEY-----")) {
      return new Wrong("That is a private key, which nobody else may have: take the certificate.");
    }
    if (written.contains("-----BEGIN")) {
      return ofPem(written);
    }
    Matcher fingerprint = Written.FINGERPRINT.matcher(written);
    if (fingerprint.matches()) {
      String digits = fingerprint.group(1).replace(":", "").toLowerCase(Locale.ROOT);
      return new Known(SenderCertificate.FINGERPRINT + digits);
    }
    if (Written.OTHER_FINGERPRINT.matcher(written).matches()) {
      return new Wrong("A fingerprint is sha256: and 64 hexadecimal digits.");
    }
    return ofName(written);
  }

  private static CertificateMark ofName(String name) {
    if (name.isEmpty()) {
      return new Wrong("Give a name in the certificate, its SHA-256 fingerprint, or itself.");
    }
    if (Written.SUBJECT.matcher(name).lookingAt()) {
      return new Wrong("Give the name alone, like till-gateway.example, not the whole subject.");
    }
    return name.length() <= LONGEST && name.chars().noneMatch(Character::isISOControl)
        ? new Known(name)
        : new Wrong("A name in a certificate has at most 255 characters, in one line.");
  }

  private static CertificateMark ofPem(String pem) {
    try {
      Collection<? extends Certificate> all =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(
                  new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
      return all.size() == 1
          ? new Known(SenderCertificate.fingerprint(all.iterator().next().getEncoded()))
          : new Wrong("Give the sender's own certificate alone, without those that signed it.");
    } catch (CertificateException e) {
      return new Wrong("This is no certificate in PEM that can be read.");
    }
  }

  /** How things are written. */
  final class Written {
    private static final Pattern FINGERPRINT =
        Pattern.compile("(?i)(?:sha-?256(?::| fingerprint=))?((?:[0-9a-f]{2}:?){31}[0-9a-f]{2})");

    /**
     * Nine pairs of digits or more: the addresses of devices and hosts have at most eight groups.
     */
    private static final Pattern OTHER_FINGERPRINT =
        Pattern.compile("(?i)sha-?(?:1|256)(?::| fingerprint=).*|(?:[0-9a-f]{2}:){8,}[0-9a-f]{2}");

    private static final Pattern SUBJECT = Pattern.compile("(?i)(?:CN|O|OU|C|L|ST)\\s*=");

    private Written() {}
  }
}
