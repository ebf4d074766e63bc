package io.tillpost.ingest.receive;

import io.tillpost.ingest.log.IngestRecord.OfParked;
import io.tillpost.ingest.masking.Masking;
import io.tillpost.store.ParkedRecord;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;

/** Makes parked records: masked, bounded, under an id that follows from their content. */
public final class Parking {
  /** A usual event with its payload stays whole, so that it can be sent again. */
  private static final int MAX_TEXT = 32 * 1_024;

  private static final int MAX_REASON = 500;
  private static final int ID_BYTES = 20;

  private Parking() {}

  /** A parked record in which only card numbers are masked. */
  public static OfParked park(
      ParkedRecord.Kind kind,
      String reason,
      String source,
      Instant acceptedAt,
      boolean toldSender,
      String text) {
    return park(Masking.CARDS, kind, reason, source, acceptedAt, toldSender, text);
  }

  /**
   * A parked record.
   *
   * @param masking what is masked in it
   * @param source who sent it, as far as it says
   * @param toldSender whether the answer says so
   * @param text its content, whole
   */
  public static OfParked park(
      Masking masking,
      ParkedRecord.Kind kind,
      String reason,
      String source,
      Instant acceptedAt,
      boolean toldSender,
      String text) {
    String masked = masking.mask(text);
    return new OfParked(
        id(kind, source, masked),
        ParkedRecord.of(
            kind,
            cut(masking.mask(reason), MAX_REASON),
            cut(masking.mask(source), MAX_REASON),
            acceptedAt,
            toldSender,
            cut(masked, MAX_TEXT)));
  }

  private static String id(ParkedRecord.Kind kind, String source, String text) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      for (String part : new String[] {kind.name(), source, text}) {
        sha.update(part.getBytes(StandardCharsets.UTF_8));
        sha.update((byte) 0);
      }
      return HexFormat.of().formatHex(sha.digest(), 0, ID_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }

  private static String cut(String text, int max) {
    if (text.length() <= max) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(max - 2)) ? max - 2 : max - 1;
    return text.substring(0, end) + ParkedRecord.CUT;
  }
}
