package io.tillpost.ingest.masking;

import java.util.Locale;
import java.util.Set;

/**
 * Names of fields that hold numbers of documents, which often begin with the date. Words that speak
 * of cards count for more.
 */
final class NumberNames {
  private static final Set<String> OF_DOCUMENTS =
      Set.of(
          "receipt",
          "receipts",
          "order",
          "orders",
          "transaction",
          "transactions",
          "document",
          "invoice",
          "delivery",
          "shipment",
          "booking",
          "ticket",
          "slip",
          "journal",
          "voucher",
          "return",
          "returns",
          "sale",
          "parcel",
          "consignment",
          "bon",
          "beleg",
          "rechnung",
          "auftrag",
          "bestellung",
          "lieferschein",
          "retoure");
  private static final Set<String> OF_CARDS =
      Set.of(
          "card", "cards", "pan", "karte", "credit", "debit", "payment", "tender", "account",
          "funding", "primary", "track", "cc");

  /** Stand between the word that says what it is and the number itself. */
  private static final Set<String> FILL = Set.of("no", "nr", "num", "number", "id", "nummer");

  private static final int LOOK_BACK = 80;

  private NumberNames() {}

  /** Whether a field of this name holds numbers of documents. */
  static boolean isOfDocument(String name) {
    boolean document = false;
    for (String word : words(name)) {
      if (OF_CARDS.contains(word)) {
        return false;
      }
      document |= OF_DOCUMENTS.contains(word);
    }
    return document;
  }

  private static String[] words(String name) {
    return name.replaceAll("([a-z])([A-Z])", "$1 $2").toLowerCase(Locale.ROOT).split("[^a-z]+", -1);
  }

  /**
   * Whether the name right before the number, as in JSON, XML, a query or a sentence, is one of
   * these.
   */
  static boolean isBefore(String text, int number) {
    int end = number;
    int least = Math.max(0, number - LOOK_BACK);
    while (true) {
      while (end > least && isBetween(text.charAt(end - 1))) {
        end--;
      }
      int start = end;
      while (start > least && isOfName(text.charAt(start - 1))) {
        start--;
      }
      if (start == end) {
        return false;
      }
      String name = text.substring(start, end);
      if (!FILL.contains(name.toLowerCase(Locale.ROOT))) {
        return isOfDocument(name);
      }
      end = start;
    }
  }

  /** What may stand between a name and its value; a comma or a bracket begins something else. */
  private static boolean isBetween(char c) {
    return c == '"'
        || c == '\''
        || c == '\\'
        || c == ':'
        || c == '='
        || c == '>'
        || c == '#'
        || c == '.'
        || Character.isWhitespace(c);
  }

  private static boolean isOfName(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '-';
  }
}
