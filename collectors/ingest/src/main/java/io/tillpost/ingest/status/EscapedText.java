package io.tillpost.ingest.status;

import java.nio.charset.StandardCharsets;

/** Texts of JSON with escapes in them. */
final class EscapedText {
  private EscapedText() {}

  /** Whether every escape is one that we would write, and none of them is where we write none. */
  static boolean isAsWritten(byte[] body, int from, int to) {
    for (int i = from; i < to; i++) {
      if (body[i] == '\\') {
        i++;
        if (i == to || plain(body[i]) == 0) {
          return false;
        }
      }
    }
    return true;
  }

  /** The text itself, of one that {@link #isAsWritten}. */
  static String plain(byte[] body, int from, int to) {
    byte[] plain = new byte[to - from];
    int size = 0;
    for (int i = from; i < to; i++) {
      byte b = body[i];
      if (b == '\\') {
        i++;
        b = plain(body[i]);
      }
      plain[size++] = b;
    }
    return new String(plain, 0, size, StandardCharsets.UTF_8);
  }

  /** What the letter behind a backslash stands for; 0 for all that we do not write. */
  private static byte plain(byte letter) {
    return switch (letter) {
      case '"', '\\' -> letter;
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      default -> 0;
    };
  }
}
