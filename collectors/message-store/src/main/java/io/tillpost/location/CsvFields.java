package io.tillpost.location;

import java.util.ArrayList;
import java.util.List;

/** The fields of one line of comma-separated text (RFC 4180, without line breaks in fields). */
final class CsvFields {
  private CsvFields() {}

  /**
   * The fields, blanks around them taken off.
   *
   * @throws IllegalArgumentException with the reason if a quotation mark is out of place
   */
  static List<String> of(String line) {
    List<String> fields = new ArrayList<>();
    int at = 0;
    while (at <= line.length()) {
      int end = endOfField(line, at);
      fields.add(unquoted(line.substring(at, end).strip()));
      at = end + 1;
    }
    return fields;
  }

  private static int endOfField(String line, int from) {
    boolean quoted = false;
    for (int i = from; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '"') {
        quoted = !quoted;
      } else if (c == ',' && !quoted) {
        return i;
      }
    }
    if (quoted) {
      throw new IllegalArgumentException("a quotation mark is not closed");
    }
    return line.length();
  }

  private static String unquoted(String field) {
    if (!field.contains("\"")) {
      return field;
    }
    if (field.length() < 2 || !field.startsWith("\"") || !field.endsWith("\"")) {
      throw new IllegalArgumentException("a quotation mark stands inside a field");
    }
    String inner = field.substring(1, field.length() - 1);
    if (inner.replace("\"\"", "").contains("\"")) {
      throw new IllegalArgumentException("a quotation mark stands inside a field");
    }
    return inner.replace("\"\"", "\"").strip();
  }
}
