package io.tillpost.ingest.masking;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Every way in which a card number may come, and a million numbers that are none. */
class CardNumbersCorpusTest {
  private static final long SEED = 20261124;
  private static final int CARDS = 400;
  private static final int OTHERS = 1_000_000;

  /** First digits and length, of every brand and range. */
  private static final String[][] BRANDS = {
    {"4", "16"},
    {"4", "19"},
    {"4", "13"},
    {"51", "16"},
    {"55", "16"},
    {"2221", "16"},
    {"2720", "16"},
    {"261124", "16"},
    {"34", "15"},
    {"37", "15"},
    {"6011", "16"},
    {"644", "16"},
    {"65", "16"},
    {"6011", "19"},
    {"3528", "16"},
    {"3589", "16"},
    {"300", "14"},
    {"305", "14"},
    {"36", "14"},
    {"38", "14"},
    {"3095", "14"},
    {"36", "16"},
    {"62", "16"},
    {"62", "19"},
    {"81", "16"},
    {"5018", "16"},
    {"6759", "16"},
    {"6304", "19"},
    {"2200", "16"},
    {"508", "16"}
  };

  private static final String[] SEPARATORS = {
    " ", "-", ".", "/", "_", "  ", " - ", "\u00A0", "\u202F", "\u2011", "\u2013", "\t", "\n",
    "\r\n", "%20", "+", "%2D", "&nbsp;", "\\u00a0", "\\n", "\\\\t"
  };

  private static final List<Function<String, String>> PLACES =
      List.of(
          card -> card,
          card -> "Card " + card + " was refused",
          card -> "pan=" + card + "&expiry=12/27",
          card -> card + " 12/27 123",
          card -> "till 3 " + card + " 4711",
          card -> "x" + card + "y",
          card -> "(" + card + ").",
          card -> "{\"pan\":\"" + card + "\",\"cvv\":\"123\"}",
          card -> "{\"payload\":\"{\\\"pan\\\":\\\"" + card + "\\\"}\"}",
          card -> "{\"raw\":\"{\\u0022pan\\u0022:\\u0022" + card + "\\u0022}\"}",
          card -> "{\"text\":\"Stra\\u00dfe\\u00a0" + card + "\\u0027 \\u00e4\"}",
          card -> "<pan>" + card + "</pan>",
          card -> "<card number=\"" + card + "\" expiry='1227'/>",
          card -> "%B" + card + "^DOE/JANE^2712101",
          card -> ";" + card + "=27121010000?");

  private static final List<Function<List<String>, String>> SPLITS =
      List.of(
          groups -> "{\"pan\":[\"" + String.join("\",\"", groups) + "\"]}",
          groups -> "{\"pan\": [ " + String.join(" , ", groups) + " ]}",
          groups -> "{" + members(groups, "\"p%c\":\"%s\"", ",") + ",\"cvv\":\"123\"}",
          groups ->
              "{ \"a\": 1, " + members(groups, "\"p%c\" : %s", ",\n  ") + ", \"year\": 2027 }",
          groups -> "{\\\"x\\\":{" + members(groups, "\\\"p%c\\\":\\\"%s\\\"", ",") + "}}",
          groups -> "<pan>" + members(groups, "<p%c>%s</p%1$c>", "") + "<year>2027</year></pan>",
          groups -> "<pan>\n" + members(groups, "  <p n=\"x\">%2$s</p>", "\n") + "\n</pan>");

  private static String members(List<String> groups, String format, String separator) {
    List<String> members = new ArrayList<>();
    for (int i = 0; i < groups.size(); i++) {
      members.add(format.formatted((char) ('a' + i), groups.get(i)));
    }
    return String.join(separator, members);
  }

  private static String card(Random random, String[] brand) {
    int length = Integer.parseInt(brand[1]);
    while (true) {
      StringBuilder digits = new StringBuilder(brand[0]);
      while (digits.length() < length - 1) {
        digits.append(random.nextInt(10));
      }
      String card = digits.toString() + checkDigit(digits);
      // A GTIN-13 is left alone on purpose.
      if (length != 13 || !CardNumbers.mask(card).equals(card)) {
        return card;
      }
    }
  }

  private static int checkDigit(CharSequence digits) {
    int sum = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = digits.charAt(digits.length() - 1 - i) - '0';
      int doubled = i % 2 == 0 ? digit * 2 : digit;
      sum += doubled > 9 ? doubled - 9 : doubled;
    }
    return (10 - sum % 10) % 10;
  }

  /** The groups in which a card of this length is printed, or one where it never is. */
  private static List<String> groups(String card) {
    int[] sizes =
        switch (card.length()) {
          case 14 -> new int[] {4, 6, 4};
          case 15 -> new int[] {4, 6, 5};
          case 16 -> new int[] {4, 4, 4, 4};
          case 19 -> new int[] {4, 4, 4, 4, 3};
          default -> new int[] {card.length()};
        };
    List<String> groups = new ArrayList<>();
    int at = 0;
    for (int size : sizes) {
      groups.add(card.substring(at, at + size));
      at += size;
    }
    return groups;
  }

  private static String digits(String text) {
    return text.replaceAll("[^0-9]", "");
  }

  @Test
  void everyCardNumberIsMaskedInEveryPlaceAndWithEverySeparator() {
    Random random = new Random(SEED);
    List<String> missed = new ArrayList<>();
    for (String[] brand : BRANDS) {
      for (int i = 0; i < CARDS / 20; i++) {
        String card = card(random, brand);
        List<String> written = new ArrayList<>(List.of(card));
        for (String separator : SEPARATORS) {
          written.add(String.join(separator, groups(card)));
        }
        for (String text : written) {
          for (Function<String, String> place : PLACES) {
            check(place.apply(text), card, missed);
          }
        }
        for (Function<List<String>, String> split : SPLITS) {
          check(split.apply(groups(card)), card, missed);
        }
        check("{\"pan\":" + card + "}", card, missed);
      }
    }
    assertThat(missed).isEmpty();
  }

  private static void check(String text, String card, List<String> missed) {
    String masked = CardNumbers.mask(text);
    if (masked.length() != text.length() || isThere(masked, card)) {
      missed.add(text);
    }
  }

  /** Whether the whole number can be read of the digits that are left, whatever is between them. */
  private static boolean isThere(String text, String card) {
    return digits(text.replace("%20", " ")).contains(card);
  }

  @Test
  void ofAMillionOrderNumbersAndUuidsHardlyOneIsTakenForACard() {
    Random random = new Random(SEED);
    int wrong = 0;
    List<String> examples = new ArrayList<>();
    for (int i = 0; i < OTHERS; i++) {
      String other = other(random, i);
      if (!CardNumbers.mask(other).equals(other)) {
        wrong++;
        examples.add(other);
      }
    }
    Collections.shuffle(examples, random);
    assertThat(wrong)
        .as("for example %s", examples.stream().limit(20).toList())
        .isLessThanOrEqualTo(OTHERS / 1_000);
  }

  /** Numbers of retail as they come in messages: each kind as often as any other. */
  private static String other(Random random, int index) {
    int store = 1 + random.nextInt(9_999);
    int register = 1 + random.nextInt(40);
    int number = random.nextInt(1_000_000);
    String day = "2026%02d%02d".formatted(1 + random.nextInt(12), 1 + random.nextInt(28));
    return switch (index % 14) {
      case 0 -> new UUID(random.nextLong(), random.nextLong()).toString();
      case 1 -> UUID.nameUUIDFromBytes(new byte[] {(byte) index}).toString().replace("-", "");
      case 2 -> "%04d-%02d-%s-%06d".formatted(store, register, day, number);
      case 3 -> "45%08d".formatted(random.nextInt(100_000_000));
      case 4 -> "WEB-%s-%07d".formatted(day, number);
      case 5 -> "{\"order\":\"SO%012d\",\"line\":%d}".formatted(random.nextLong(1L << 39), index);
      case 6 -> "%d".formatted(1_700_000_000_000L + random.nextLong(400_000_000_000L));
      case 7 -> "%s%04d%02d%04d".formatted(day, store, register, number % 10_000);
      case 8 -> "302-%07d-%07d".formatted(random.nextInt(10_000_000), random.nextInt(10_000_000));
      case 9 -> "{\"receipt\":\"%s\"}".formatted(dated(random));
      case 10 -> "{\"orderNumber\": %s, \"line\": 1}".formatted(dated(random));
      case 11 -> "<transaction>" + dated(random) + "</transaction>";
      case 12 -> "Receipt no. " + dated(random) + " is not known";
      default -> gtin(random);
    };
  }

  /** Sixteen digits: year, month, day, store, register, number. */
  private static String dated(Random random) {
    return "%02d%02d%02d%04d%02d%04d"
        .formatted(
            24 + random.nextInt(4),
            1 + random.nextInt(12),
            1 + random.nextInt(28),
            1 + random.nextInt(9_999),
            1 + random.nextInt(40),
            random.nextInt(10_000));
  }

  private static String gtin(Random random) {
    String twelve = "40%010d".formatted(random.nextLong(10_000_000_000L));
    int sum = 0;
    for (int i = 0; i < 12; i++) {
      sum += (twelve.charAt(i) - '0') * (i % 2 == 0 ? 1 : 3);
    }
    return String.format(Locale.ROOT, "%s%d", twelve, (10 - sum % 10) % 10);
  }
}
