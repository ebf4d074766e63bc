package io.tillpost.ingest.masking;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Replaces the middle digits of payment card numbers by {@code *}: the first six and the last four
 * stay, as PCI DSS allows. A card number has 13 to 19 digits, in one run or in the groups in which
 * cards are printed, begins like a card brand's and passes the Luhn check. Its groups may be
 * written with blanks, hyphens or dots between them, or be values of JSON or XML that follow each
 * other. In a number of JSON the digits become {@code 0}, so that the JSON stays JSON. See
 * RATIONALE.md, "Card numbers".
 */
public final class CardNumbers {
  private static final int MIN_DIGITS = 13;
  private static final int MAX_DIGITS = 19;
  private static final int SHORTEST_GROUP = 4;

  /** JSON that begins behind more blanks than these is not told from other texts. */
  private static final int MOST_BLANKS = 1_000;

  private static final int FIRST_KEPT = 6;
  private static final int LAST_KEPT = 4;

  private CardNumbers() {}

  /** The text with its card numbers masked; the same object where there is none. */
  public static String mask(String text) {
    return mask("", text, Masking.CARDS);
  }

  /**
   * The value of a field with its card numbers masked.
   *
   * @param name of the field; may be empty
   */
  public static String mask(String name, String value) {
    return mask(name, value, Masking.CARDS);
  }

  static String mask(String name, String text, Masking rules) {
    if (text.length() < MIN_DIGITS || !hasDigitsOfCard(text)) {
      return text;
    }
    UnescapedText unescaped = UnescapedText.of(text);
    if (unescaped == null) {
      return maskRead(name, text, rules);
    }
    String masked = maskRead(name, unescaped.read(), rules);
    return masked.equals(unescaped.read()) ? text : unescaped.written(masked);
  }

  private static String maskRead(String name, String text, Masking rules) {
    StringBuilder masked = null;
    int at = 0;
    // The end of a value of four digits that comes right before, or -1.
    int valueBefore = -1;
    while (at < text.length()) {
      if (!Separators.isDigit(text.charAt(at))) {
        at++;
        continue;
      }
      int end = endOfCard(text, at, valueBefore);
      if (end > 0 && isNone(name, text, at, end, rules)) {
        at = end;
        valueBefore = -1;
        continue;
      }
      if (end > 0) {
        masked = masked == null ? new StringBuilder(text) : masked;
        maskCard(masked, text, at, end);
        valueBefore = -1;
        at = end;
      } else {
        int group = endOfGroup(text, at);
        int next = Separators.endOfMarkup(text, group);
        valueBefore = next > 0 && group - at == SHORTEST_GROUP ? group : -1;
        at = next > 0 ? next : group;
      }
    }
    return masked == null ? text : masked.toString();
  }

  /** Whether there are digits for a card at all, wherever they stand: most texts have fewer. */
  private static boolean hasDigitsOfCard(String text) {
    int digits = 0;
    for (int i = 0; i < text.length(); i++) {
      digits += Separators.isDigit(text.charAt(i)) ? 1 : 0;
    }
    return digits >= MIN_DIGITS;
  }

  /** Whether what has the shape of a card's number is known to be another. */
  private static boolean isNone(String name, String text, int from, int to, Masking rules) {
    StringBuilder digits = new StringBuilder(MAX_DIGITS);
    for (int i = from; i < to; i++) {
      if (Separators.isDigit(text.charAt(i))) {
        digits.append(text.charAt(i));
      }
    }
    String number = digits.toString();
    return rules.keeps(number)
        || (number.length() == to - from
            && CardBrands.beginsWithDate(number)
            && (NumberNames.isOfDocument(name) || NumberNames.isBefore(text, from)));
  }

  /** Bytes of text in UTF-8 or of anything else, masked; the same object where there is no card. */
  public static byte[] mask(byte[] bytes) {
    return mask(bytes, Masking.CARDS);
  }

  static byte[] mask(byte[] bytes, Masking rules) {
    Charset charset = isUtf8(bytes) ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1;
    String text = new String(bytes, charset);
    String masked = rules.mask(text);
    return masked.equals(text) ? bytes : masked.getBytes(charset);
  }

  private static boolean isUtf8(byte[] bytes) {
    try {
      var _ = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return true;
    } catch (CharacterCodingException _) {
      return false;
    }
  }

  /** Whether the number is that of a card. */
  public static boolean isCardNumber(long number) {
    String text = Long.toString(number);
    return text.length() >= MIN_DIGITS && isCard(text, 0, endOfGroup(text, 0));
  }

  /** The end of the card number that begins with the group of digits here, or -1. */
  private static int endOfCard(String text, int from, int valueBefore) {
    int first = endOfGroup(text, from);
    int length = first - from;
    if (length < SHORTEST_GROUP || length > MAX_DIGITS) {
      return -1;
    }
    if (length >= MIN_DIGITS) {
      return isCard(text, from, first) ? first : -1;
    }
    int written = endOfWrittenCard(text, from, first);
    return written > 0 ? written : endOfSplitCard(text, from, first, valueBefore);
  }

  /** The longest card whose groups follow each other as people write them, or -1. */
  private static int endOfWrittenCard(String text, int from, int first) {
    int found = -1;
    int end = first;
    int digits = first - from;
    for (int next = Separators.endOfWritten(text, end);
        next > 0 && digits <= MAX_DIGITS;
        next = Separators.endOfWritten(text, end)) {
      end = endOfGroup(text, next);
      digits += end - next;
      if (digits >= MIN_DIGITS && digits <= MAX_DIGITS && isCard(text, from, end)) {
        found = end;
      }
    }
    return found;
  }

  /**
   * The longest card whose groups are values of JSON or XML, or -1. A longer list of such values,
   * as one of store ids, is none.
   */
  private static int endOfSplitCard(String text, int from, int first, int valueBefore) {
    int found = -1;
    int end = first;
    int digits = first - from;
    int separator = valueBefore;
    int separatorEnd = from;
    boolean listBefore = false;
    for (int next = Separators.endOfMarkup(text, end);
        next > 0 && digits <= MAX_DIGITS;
        next = Separators.endOfMarkup(text, end)) {
      boolean same =
          separator >= 0
              && separatorEnd - separator == next - end
              && text.regionMatches(separator, text, end, next - end);
      listBefore |= same && separatorEnd == from;
      int group = endOfGroup(text, next);
      if (listBefore || (found > 0 && same && group - next == SHORTEST_GROUP)) {
        return -1;
      }
      separator = end;
      separatorEnd = next;
      end = group;
      digits += group - next;
      if (digits >= MIN_DIGITS && digits <= MAX_DIGITS && isCard(text, from, end)) {
        found = end;
      }
    }
    return found;
  }

  private static int endOfGroup(String text, int from) {
    int end = from;
    while (end < text.length() && Separators.isDigit(text.charAt(end))) {
      end++;
    }
    return end;
  }

  /** Whether the groups of digits from here to there, whatever stands between them, are a card. */
  private static boolean isCard(String text, int from, int to) {
    byte[] digits = new byte[MAX_DIGITS];
    int count = 0;
    StringBuilder groups = new StringBuilder();
    int at = from;
    while (at < to) {
      int end = endOfGroup(text, at);
      for (int i = at; i < end; i++) {
        digits[count++] = (byte) (text.charAt(i) - '0');
      }
      groups.append(groups.isEmpty() ? "" : " ").append(end - at);
      at = nextGroup(text, end, to);
    }
    return CardBrands.hasBrand(digits, count)
        && CardBrands.isPrintedSo(groups.toString(), count)
        && passesLuhn(digits, count)
        && !(count == MIN_DIGITS && isArticleNumber(digits));
  }

  private static int nextGroup(String text, int from, int to) {
    if (from >= to) {
      return to;
    }
    int written = Separators.endOfWritten(text, from);
    return written > 0 ? written : Separators.endOfMarkup(text, from);
  }

  private static boolean passesLuhn(byte[] digits, int count) {
    int sum = 0;
    for (int i = 0; i < count; i++) {
      int digit = digits[count - 1 - i];
      if (i % 2 == 1) {
        digit *= 2;
        if (digit > 9) {
          digit -= 9;
        }
      }
      sum += digit;
    }
    return sum % 10 == 0;
  }

  /**
   * A GTIN-13 by its own check digit: every tenth one passes Luhn too, and no card is that short.
   */
  private static boolean isArticleNumber(byte[] digits) {
    int sum = 0;
    for (int i = 0; i < 12; i++) {
      sum += digits[i] * (i % 2 == 0 ? 1 : 3);
    }
    return (10 - sum % 10) % 10 == digits[12];
  }

  private static void maskCard(StringBuilder masked, String text, int from, int to) {
    int digits = 0;
    for (int at = from; at < to; at = nextGroup(text, endOfGroup(text, at), to)) {
      digits += endOfGroup(text, at) - at;
    }
    int seen = 0;
    for (int at = from; at < to; at = nextGroup(text, endOfGroup(text, at), to)) {
      int end = endOfGroup(text, at);
      boolean number = isJsonNumber(text, at, end);
      for (int i = at; i < end; i++) {
        if (seen >= FIRST_KEPT && seen < digits - LAST_KEPT) {
          // No number of JSON begins with a zero, but zero itself.
          masked.setCharAt(i, number ? (i == at && end - at > 1 ? '1' : '0') : '*');
        }
        seen++;
      }
    }
  }

  /**
   * Whether the digits are a number of JSON, or all of one before its point: after a colon, a
   * bracket or a comma, not in quotes.
   */
  private static boolean isJsonNumber(String text, int from, int to) {
    boolean negative = from > 0 && text.charAt(from - 1) == '-';
    Character before = neighbour(text, negative ? from - 2 : from - 1, -1);
    Character after = neighbour(text, endOfFraction(text, to), 1);
    return before != null
        && after != null
        && ":[,".indexOf(before) >= 0
        && ",]}".indexOf(after) >= 0
        && isJson(text);
  }

  /** Whether the character belongs to a number of JSON. */
  static boolean isInJsonNumber(String text, int at) {
    int from = at;
    while (from > 0 && Separators.isDigit(text.charAt(from - 1))) {
      from--;
    }
    return Separators.isDigit(text.charAt(at)) && isJsonNumber(text, from, endOfGroup(text, from));
  }

  /** Behind what a number of JSON may have behind its whole part. */
  private static int endOfFraction(String text, int from) {
    int end = from;
    if (end + 1 < text.length()
        && text.charAt(end) == '.'
        && Separators.isDigit(text.charAt(end + 1))) {
      end = endOfGroup(text, end + 1);
    }
    if (end < text.length() && (text.charAt(end) == 'e' || text.charAt(end) == 'E')) {
      int exponent = end + 1;
      if (exponent < text.length() && "+-".indexOf(text.charAt(exponent)) >= 0) {
        exponent++;
      }
      int behind = endOfGroup(text, exponent);
      end = behind > exponent ? behind : end;
    }
    return end;
  }

  /** Looked at for each card, so not behind a text that is nothing but blanks. */
  private static boolean isJson(String text) {
    Character first = neighbour(text.substring(0, Math.min(text.length(), MOST_BLANKS)), 0, 1);
    return first != null && (first == '{' || first == '[');
  }

  private static @Nullable Character neighbour(String text, int from, int step) {
    for (int i = from; i >= 0 && i < text.length(); i += step) {
      if (!Character.isWhitespace(text.charAt(i))) {
        return text.charAt(i);
      }
    }
    return null;
  }
}
