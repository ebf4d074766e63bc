package io.tillpost.console.recovery.channel;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** What a channel's requests are signed with. Never shown: its text is always the same. */
public final class ChannelSecret {
  private static final String ALGORITHM = "HmacSHA256";

  private final byte[] key;

  /** A secret of at least one character. */
  public ChannelSecret(String secret) {
    if (secret.isBlank()) {
      throw new IllegalArgumentException("A channel's secret is not blank");
    }
    this.key = secret.getBytes(StandardCharsets.UTF_8);
  }

  /**
   * The value of {@code Tillpost-Signature}: {@code t=<unix seconds>,v1=<hex HMAC-SHA256 of
   * "t.body">}.
   */
  String signature(long unixSeconds, byte[] body) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
      mac.update((unixSeconds + ".").getBytes(StandardCharsets.UTF_8));
      return "t=" + unixSeconds + ",v1=" + HexFormat.of().formatHex(mac.doFinal(body));
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException("Every Java platform has HMAC-SHA256", e);
    }
  }

  @Override
  public String toString() {
    return "(secret)";
  }
}
