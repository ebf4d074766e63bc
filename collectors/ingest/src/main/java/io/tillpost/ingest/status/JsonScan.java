package io.tillpost.ingest.status;

import io.tillpost.store.json.EightBytes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Goes over JSON in an array of valid UTF-8, and tells where its parts are. It knows the part of
 * JSON that usual senders write, and no more: what it does not know, or what is no JSON, is for a
 * real parser to judge.
 */
final class JsonScan {
  private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);

  /** More than this a number of ours never has. */
  private static final int MOST_DIGITS = 18;

  private final byte[] bytes;
  private int at;

  /** Where the last text is, without its quotes. */
  private int from;

  private int to;

  /** Whether there is an escape in it. */
  private boolean escaped;

  private long number;

  JsonScan(byte[] bytes) {
    this.bytes = bytes;
  }

  int at() {
    return at;
  }

  /** Goes to a place where it was before. */
  void back(int before) {
    at = before;
  }

  int from() {
    return from;
  }

  int to() {
    return to;
  }

  boolean isEscaped() {
    return escaped;
  }

  long number() {
    return number;
  }

  void skipBlanks() {
    while (at < bytes.length && isBlank(bytes[at])) {
      at++;
    }
  }

  private static boolean isBlank(byte b) {
    return b == ' ' || b == '\n' || b == '\r' || b == '\t';
  }

  boolean isAtEnd() {
    skipBlanks();
    return at == bytes.length;
  }

  /** Goes behind this character if it is next. */
  boolean take(char ascii) {
    skipBlanks();
    if (at < bytes.length && bytes[at] == ascii) {
      at++;
      return true;
    }
    return false;
  }

  boolean takeNull() {
    skipBlanks();
    int behind = at + NULL.length;
    if (behind <= bytes.length
        && bytes[at] == 'n'
        && Arrays.equals(bytes, at, behind, NULL, 0, NULL.length)) {
      at = behind;
      return true;
    }
    return false;
  }

  /** Reads a text, if that is next. */
  boolean text() {
    if (!take('"')) {
      return false;
    }
    escaped = false;
    int i = EightBytes.special(bytes, at, bytes.length);
    while (i < bytes.length && bytes[i] == '\\') {
      escaped = true;
      i = EightBytes.special(bytes, i + 2, bytes.length);
    }
    if (i >= bytes.length || bytes[i] != '"') {
      return false;
    }
    from = at;
    to = i;
    at = i + 1;
    return true;
  }

  /** Reads a text without an escape. */
  boolean plainText() {
    return text() && !escaped;
  }

  /**
   * Reads the name of a member and its colon.
   *
   * @param likely which of the names it may be
   * @return which of them it is, or -1
   */
  int name(byte[][] names, int likely) {
    if (!plainText()) {
      return -1;
    }
    int name = isName(names[likely]) ? likely : names.length - 1;
    while (name >= 0 && !isName(names[name])) {
      name--;
    }
    return name >= 0 && take(':') ? name : -1;
  }

  private boolean isName(byte[] name) {
    return name.length == to - from && Arrays.equals(bytes, from, to, name, 0, name.length);
  }

  /** Reads a whole number of usual length. */
  boolean wholeNumber() {
    skipBlanks();
    boolean negative = at < bytes.length && bytes[at] == '-';
    int first = negative ? at + 1 : at;
    int i = first;
    long value = 0;
    while (i < bytes.length && bytes[i] >= '0' && bytes[i] <= '9' && i - first <= MOST_DIGITS) {
      value = value * 10 + (bytes[i] - '0');
      i++;
    }
    int digits = i - first;
    if (digits == 0 || digits > MOST_DIGITS || (digits > 1 && bytes[first] == '0')) {
      return false;
    }
    if (i < bytes.length && bytes[i] != ',' && bytes[i] != '}' && !isBlank(bytes[i])) {
      return false;
    }
    number = negative ? -value : value;
    at = i;
    return true;
  }

  /** Goes behind an object, whatever is in it; false where it does not end. */
  boolean skipObject() {
    if (!take('{')) {
      return false;
    }
    int depth = 1;
    while (depth > 0 && at < bytes.length) {
      switch (bytes[at]) {
        case '{', '[' -> depth++;
        case '}', ']' -> depth--;
        case '"' -> {
          if (!text()) {
            return false;
          }
          continue;
        }
        default -> {}
      }
      at++;
    }
    return depth == 0;
  }
}
