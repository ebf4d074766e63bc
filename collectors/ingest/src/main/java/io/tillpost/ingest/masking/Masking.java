package io.tillpost.ingest.masking;

import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * What is masked for one workflow: card numbers, but for those that a pattern keeps, and whatever
 * further patterns find.
 */
public final class Masking {
  /** Card numbers alone. */
  public static final Masking CARDS = new Masking(List.of(), List.of());

  private static final int LONGEST_PATTERN = 200;

  /** Published for tests by the brands; a pattern that keeps one of them keeps cards. */
  private static final List<String> CARDS_OF_BRANDS =
      List.of(
          "4111111111111111",
          "4222222222222",
          "5555555555554444",
          "2223003122003222",
          "2720994326581252",
          "378282246310005",
          "36227206271667",
          "6011111111111117",
          "3566002020360505",
          "6200000000000005",
          "6304000000000000");

  private final List<Pattern> keep;
  private final List<Pattern> mask;

  private Masking(List<Pattern> keep, List<Pattern> mask) {
    this.keep = List.copyOf(keep);
    this.mask = List.copyOf(mask);
  }

  /**
   * From regular expressions.
   *
   * @param keep match the whole of a number, in digits alone, that is none of a card
   * @param mask find what is to be masked, in any text
   * @throws IllegalArgumentException if one is none, would keep every card of a brand, or would
   *     mask nothing at all
   */
  public static Masking of(List<String> keep, List<String> mask) {
    List<Pattern> kept = keep.stream().map(Masking::compile).toList();
    for (Pattern pattern : kept) {
      for (String card : CARDS_OF_BRANDS) {
        if (pattern.matcher(card).matches()) {
          throw new IllegalArgumentException(
              "The pattern '" + pattern + "' would keep cards, as that of " + card);
        }
      }
    }
    List<Pattern> masked = mask.stream().map(Masking::compile).toList();
    for (Pattern pattern : masked) {
      if (pattern.matcher("").find()) {
        throw new IllegalArgumentException("The pattern '" + pattern + "' finds nothing at all");
      }
    }
    return new Masking(kept, masked);
  }

  /** What any of these masks, and nothing that only some of them keep. */
  public static Masking all(Collection<Masking> maskings) {
    return new Masking(
        List.of(), maskings.stream().flatMap(masking -> masking.mask.stream()).toList());
  }

  private static Pattern compile(String regex) {
    if (regex.isBlank() || regex.length() > LONGEST_PATTERN) {
      throw new IllegalArgumentException("A pattern has 1 to 200 characters");
    }
    try {
      return Pattern.compile(regex);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "'" + regex + "' is not a regular expression: " + e.getDescription(), e);
    }
  }

  /** The text with everything masked; the same object where there is nothing. */
  public String mask(String text) {
    return mask("", text);
  }

  /**
   * The value of a field, masked.
   *
   * @param name of the field, which tells numbers that begin with a date from cards; may be empty
   */
  public String mask(String name, String value) {
    String cards = CardNumbers.mask(name, value, this);
    return mask.isEmpty() ? cards : others(cards);
  }

  private String others(String text) {
    StringBuilder masked = null;
    for (Pattern pattern : mask) {
      Matcher matcher = pattern.matcher(text);
      while (matcher.find()) {
        masked = masked == null ? new StringBuilder(text) : masked;
        for (int i = matcher.start(); i < matcher.end(); i++) {
          char mask = CardNumbers.isInJsonNumber(text, i) ? '0' : '*';
          if (Character.isLetterOrDigit(text.charAt(i))) {
            masked.setCharAt(i, mask);
          }
        }
      }
    }
    return masked == null ? text : masked.toString();
  }

  /** Bytes of text in UTF-8 or of anything else, masked; the same object where there is nothing. */
  public byte[] mask(byte[] bytes) {
    return CardNumbers.mask(bytes, this);
  }

  /** Whether a number that could be a card's is none here. */
  boolean keeps(String digits) {
    return keep.stream().anyMatch(pattern -> pattern.matcher(digits).matches());
  }
}
