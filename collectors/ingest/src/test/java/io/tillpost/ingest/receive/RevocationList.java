package io.tillpost.ingest.receive;

import com.linecorp.armeria.common.TlsKeyPair;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** A list of revoked certificates, written byte by byte: the JDK reads them but makes none. */
public record RevocationList(
    TlsKeyPair issuer,
    TlsKeyPair signer,
    List<BigInteger> revoked,
    Instant from,
    Instant until,
    boolean part) {
  private static final int INTEGER = 0x02;
  private static final int BITS = 0x03;
  private static final int UTC_TIME = 0x17;
  private static final int SEQUENCE = 0x30;
  private static final int EXTENSIONS = 0xa0;

  /** As in {@code 1.2.840.113549.1.1.11}, and {@code 1.2.840.10045.4.3.2} of elliptic curves. */
  private static final byte[] RSA = hex("300d06092a864886f70d01010b0500");

  private static final byte[] EC = hex("300a06082a8648ce3d040302");

  /** A critical DeltaCRLIndicator. */
  private static final byte[] DELTA = hex("300d0603551d1b0101ff0403020101");

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);

  /** An empty one that holds for a day. */
  public static RevocationList of(TlsKeyPair issuer) {
    Instant now = Instant.now();
    return new RevocationList(
        issuer, issuer, List.of(), now.minusSeconds(60), now.plus(Duration.ofDays(1)), false);
  }

  /** With this certificate on it too. */
  public RevocationList revoking(TlsKeyPair certificate) {
    List<BigInteger> more = new ArrayList<>(revoked);
    more.add(certificate.certificateChain().getFirst().getSerialNumber());
    return new RevocationList(issuer, signer, more, from, until, part);
  }

  RevocationList between(Instant newFrom, Instant newUntil) {
    return new RevocationList(issuer, signer, revoked, newFrom, newUntil, part);
  }

  /** Signed by somebody else. */
  RevocationList signedBy(TlsKeyPair other) {
    return new RevocationList(issuer, other, revoked, from, until, part);
  }

  /** Of what changed since another one. */
  RevocationList delta() {
    return new RevocationList(issuer, signer, revoked, from, until, true);
  }

  /** As authorities publish it. */
  public String pem() {
    return "-----BEGIN X509 CRL-----\n%s\n-----END X509 CRL-----\n"
        .formatted(Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der()));
  }

  byte[] der() {
    boolean rsa = signer.privateKey().getAlgorithm().equals("RSA");
    byte[] algorithm = rsa ? RSA : EC;
    byte[] content =
        of(
            SEQUENCE,
            of(INTEGER, new byte[] {1}),
            algorithm,
            issuer.certificateChain().getFirst().getSubjectX500Principal().getEncoded(),
            time(from),
            time(until),
            entries(),
            part ? of(EXTENSIONS, of(SEQUENCE, DELTA)) : new byte[0]);
    try {
      Signature signature = Signature.getInstance(rsa ? "SHA256withRSA" : "SHA256withECDSA");
      signature.initSign(signer.privateKey());
      signature.update(content);
      return of(SEQUENCE, content, algorithm, of(BITS, new byte[1], signature.sign()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Where there are none, their list is left out. */
  private byte[] entries() {
    return revoked.isEmpty()
        ? new byte[0]
        : of(
            SEQUENCE,
            revoked.stream()
                .map(serial -> of(SEQUENCE, of(INTEGER, serial.toByteArray()), time(from)))
                .toArray(byte[][]::new));
  }

  private static byte[] time(Instant at) {
    return of(UTC_TIME, TIME.format(at).getBytes(StandardCharsets.US_ASCII));
  }

  private static byte[] of(int tag, byte[]... parts) {
    int length = Stream.of(parts).mapToInt(part -> part.length).sum();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(tag);
    if (length < 0x80) {
      out.write(length);
    } else {
      byte[] digits = BigInteger.valueOf(length).toByteArray();
      int skipped = digits[0] == 0 ? 1 : 0;
      out.write(0x80 | (digits.length - skipped));
      out.write(digits, skipped, digits.length - skipped);
    }
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  private static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits);
  }
}
