package io.tillpost.store.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Goes over the members of an object that {@link JsonBytes} wrote in a known order, without blanks.
 * Whoever asks for a member that is not the next one gets none. What is not simple, such as a text
 * with an escape, makes all of it odd: then it has to be read in another way.
 */
final class MemberCursor {
  private final byte[] bytes;
  private final int end;
  private int at;
  private boolean odd;

  /** At a member, or the comma before it. */
  MemberCursor(byte[] bytes, int from, int to) {
    this.bytes = bytes;
    this.at = from;
    this.end = to;
  }

  /** The beginning of a member as it is asked for: its name and a colon. */
  static byte[] member(String name) {
    return ('"' + name + "\":").getBytes(StandardCharsets.US_ASCII);
  }

  /** Whether anything was not as it should be. */
  boolean isOdd() {
    return odd;
  }

  /** Whether everything was read, and nothing was odd. */
  boolean isWell() {
    return !odd && at == end;
  }

  /** Goes behind the beginning of the member if it is the next one. */
  boolean enter(byte[] member) {
    return pass(member);
  }

  /** Goes behind these bytes, and the comma before them, if they are next. */
  boolean pass(byte[] all) {
    int first = at < end && bytes[at] == ',' ? at + 1 : at;
    int behind = first + all.length;
    if (behind > end || !Arrays.equals(bytes, first, behind, all, 0, all.length)) {
      return false;
    }
    at = behind;
    return true;
  }

  /** As {@link #pass(byte[])}; odd if it is not there. */
  void mustPass(byte[] all) {
    odd |= !pass(all);
  }

  /** Goes behind this character, which has to be there. */
  void pass(char ascii) {
    if (at < end && bytes[at] == ascii) {
      at++;
    } else {
      odd = true;
    }
  }

  /** Whether this character is the next one. */
  boolean isAt(char ascii) {
    return at < end && bytes[at] == ascii;
  }

  /** The text of the member, or null if it is not the next one. */
  @Nullable String text(byte[] member) {
    return enter(member) ? text() : null;
  }

  /**
   * As {@link #text(byte[])}.
   *
   * @param likely a text that it may be; then this very object is returned
   */
  @Nullable String text(byte[] member, @Nullable String likely) {
    if (!enter(member)) {
      return null;
    }
    return likely != null && passText(likely) ? likely : text();
  }

  /** Goes behind the member, which is a text; false if it is not the next one, or odd. */
  boolean passMember(byte[] member) {
    return enter(member) && passed() >= 0;
  }

  /** Goes behind the text that has to be here; where it ends, or -1 where it is odd. */
  private int passed() {
    pass('"');
    int to = EightBytes.special(bytes, at, end);
    if (to >= end || bytes[to] != '"') {
      odd = true;
      return -1;
    }
    at = to + 1;
    return to;
  }

  /** Goes behind this text if it is next. */
  boolean passText(String text) {
    boolean next = isQuoted(text);
    at += next ? text.length() + 2 : 0;
    return next;
  }

  /** Whether this text stands here, in ASCII without an escape. */
  private boolean isQuoted(String text) {
    int length = text.length();
    if (end - at < length + 2 || bytes[at] != '"' || bytes[at + length + 1] != '"') {
      return false;
    }
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c != bytes[at + 1 + i] || c == '\\' || c == '"') {
        return false;
      }
    }
    return true;
  }

  /** The text that has to be here. */
  String text() {
    int from = at + 1;
    int to = passed();
    return to < 0 ? "" : new String(bytes, from, to - from, StandardCharsets.UTF_8);
  }

  /** The whole number of the member, or null if it is not the next one. */
  @Nullable Long number(byte[] member) {
    if (!enter(member)) {
      return null;
    }
    int from = at;
    while (at < end && (bytes[at] == '-' || (bytes[at] >= '0' && bytes[at] <= '9'))) {
      at++;
    }
    try {
      return Long.valueOf(new String(bytes, from, at - from, StandardCharsets.US_ASCII));
    } catch (NumberFormatException _) {
      odd = true;
      return 0L;
    }
  }
}
