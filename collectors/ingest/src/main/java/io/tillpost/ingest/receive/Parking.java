package io.tillpost.ingest.receive;

import io.tillpost.ingest.log.IngestRecord.OfParked;
import io.tillpost.ingest.masking.Masking;
import io.tillpost.store.ParkedRecord;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** Makes parked records: masked, bounded, under an id that follows from their content. */
public final class Parking {
  /** A usual event with its payload stays whole, so that it can be sent again. */
  private static final int MAX_TEXT = 32 * 1_024;

  private static final int MAX_REASON = 500;

  /** How Java writes a number with a point that has 13 to 19 digits before it. */
  private static final Pattern LONG_WHOLE = Pattern.compile("\\b\\d\\.\\d{1,18}E1[2-8]\\b");

  private static final int ID_BYTES = 20;

  private Parking() {}

  /**
   * A parked record whose text is masked already.
   *
   * @param masking what is masked in the rest of it
   */
  public static OfParked parkMasked(
      Masking masking,
      ParkedRecord.Kind kind,
      String reason,
      String source,
      Instant acceptedAt,
      boolean toldSender,
      String text) {
    return new OfParked(
        id(kind, source, text),
        ParkedRecord.of(
            kind,
            cut(masking.mask(plain(reason)), MAX_REASON),
            cut(masking.mask(source), MAX_REASON),
            acceptedAt,
            toldSender,
            cut(text, MAX_TEXT)));
  }

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
    return parkMasked(
        masking, kind, reason, source, acceptedAt, toldSender, masking.mask(plain(text)));
  }

  /** With all its digits, a number of cards' length is seen to be that of one. */
  private static String plain(String text) {
    return text.contains("E1")
        ? LONG_WHOLE
            .matcher(text)
            .replaceAll(number -> new BigDecimal(number.group()).toPlainString())
        : text;
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
