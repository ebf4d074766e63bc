package io.tillpost.estate.channel;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** Checks {@code Tillpost-Signature: t=<unix seconds>,v1=<hex HMAC-SHA256 of "t.body">}. */
public final class Signature {
  private static final Duration TOLERANCE = Duration.ofMinutes(5);
  private static final Pattern HEADER = Pattern.compile("t=(\\d{1,12}),v1=([0-9a-fA-F]{64})");
  private static final String HMAC = "HmacSHA256";

  private final SecretKeySpec key;
  private final Clock clock;

  /** Checks signatures made with this secret. */
  public Signature(String secret, Clock clock) {
    this.key = new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), HMAC);
    this.clock = clock;
  }

  /** Why a request is not to be trusted, or null where it is. */
  public @Nullable String objection(@Nullable String header, byte[] body) {
    if (header == null) {
      return "The header Tillpost-Signature is missing";
    }
    Matcher parts = HEADER.matcher(header);
    if (!parts.matches()) {
      return "The header Tillpost-Signature is not of the form t=<seconds>,v1=<hex>";
    }
    Instant signedAt = Instant.ofEpochSecond(Long.parseLong(parts.group(1)));
    if (Duration.between(signedAt, clock.instant()).abs().compareTo(TOLERANCE) > 0) {
      return "The signature is older or newer than 5 minutes";
    }
    byte[] given = HexFormat.of().parseHex(parts.group(2));
    return MessageDigest.isEqual(given, hmac(parts.group(1), body))
        ? null
        : "The signature does not match the body";
  }

  /** The header for a body, as a sender would write it. */
  public String sign(byte[] body) {
    String seconds = Long.toString(clock.instant().getEpochSecond());
    return "t=" + seconds + ",v1=" + HexFormat.of().formatHex(hmac(seconds, body));
  }

  private byte[] hmac(String seconds, byte[] body) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(key);
      mac.update(seconds.getBytes(StandardCharsets.UTF_8));
      mac.update((byte) '.');
      return mac.doFinal(body);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every JDK has " + HMAC, e);
    }
  }
}
