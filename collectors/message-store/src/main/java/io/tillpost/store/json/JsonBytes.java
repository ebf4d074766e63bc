package io.tillpost.store.json;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;

/**
 * Writes JSON as UTF-8 into one array that grows: what the hot path of ingest needs and no more. It
 * puts in the commas; that objects and arrays are closed and have names where they need them is the
 * caller's business. Text of any kind can be written, half a surrogate pair as its escape.
 *
 * <p>Why not a library: {@code RATIONALE.md}, "Bulk bodies by hand".
 */
public final class JsonBytes {
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.ISO_8859_1);
  private static final int MAX_ESCAPE = 6;
  private static final int MAX_DIGITS = 20;

  /** Below this, numbers are divided as int, which is several times quicker. */
  private static final long BILLION = 1_000_000_000L;

  private byte[] bytes;
  private int size;
  private boolean comma;

  /** Writes into this array as far as it has room, then into larger ones. */
  public JsonBytes(byte[] buffer) {
    bytes = buffer;
  }

  /** What is written so far, from the first byte of {@link #array} on. */
  public int size() {
    return size;
  }

  /** The array as it is now; the next write may take another one. */
  public byte[] array() {
    return bytes;
  }

  /** A copy of what is written so far. */
  public byte[] toByteArray() {
    return Arrays.copyOf(bytes, size);
  }

  /** Ends a line; the next value begins anew. */
  public void newLine() {
    put('\n');
    comma = false;
  }

  /** Something that is JSON already; commas around it are the caller's business. */
  public void writeRaw(byte[] json) {
    writeRaw(json, 0, json.length);
  }

  /** As {@link #writeRaw(byte[])}, the bytes from the one offset to before the other. */
  public void writeRaw(byte[] json, int from, int to) {
    reserve(to - from);
    System.arraycopy(json, from, bytes, size, to - from);
    size += to - from;
  }

  /** Whole members that are JSON already, with no comma around them. */
  public void writeMembers(byte[] json) {
    separate();
    writeRaw(json);
    comma = true;
  }

  /** Forgets what was written beyond this size, up to which whole values must have been written. */
  public void cutTo(int smaller) {
    size = smaller;
    comma = false;
  }

  /**
   * A text that is UTF-8 already, in its quotes; as {@link #writeRaw(byte[])} without a comma.
   *
   * @param utf8 valid from the one offset to before the other
   */
  public void writeQuoted(byte[] utf8, int from, int to) {
    reserve(to - from + 2);
    byte[] out = bytes;
    int at = size;
    out[at++] = '"';
    int i = from;
    for (; i + Long.BYTES <= to; i += Long.BYTES) {
      long eight = EightBytes.at(utf8, i);
      if (EightBytes.specials(eight) != 0) {
        break;
      }
      EightBytes.put(out, at, eight);
      at += Long.BYTES;
    }
    for (; i < to; i++) {
      byte b = utf8[i];
      if (b == '"' || b == '\\' || (b >= 0 && b < ' ')) {
        break;
      }
      out[at++] = b;
    }
    size = at;
    if (i < to) {
      escapeFrom(utf8, i, to);
    }
    bytes[size++] = '"';
  }

  /** Goes on from the first byte that is not written as it is, and leaves room for a quote. */
  private void escapeFrom(byte[] utf8, int from, int to) {
    reserve((to - from) * MAX_ESCAPE + 1);
    byte[] out = bytes;
    int at = size;
    for (int i = from; i < to; i++) {
      byte b = utf8[i];
      if (b == '"' || b == '\\' || (b >= 0 && b < ' ')) {
        at = escape((char) b, out, at);
      } else {
        out[at++] = b;
      }
    }
    size = at;
  }

  /** Bytes as lower-case hexadecimal digits, without quotes and commas. */
  public void writeHex(byte[] binary, int from, int to) {
    reserve((to - from) * 2);
    for (int i = from; i < to; i++) {
      bytes[size++] = HEX[(binary[i] >> 4) & 0xF];
      bytes[size++] = HEX[binary[i] & 0xF];
    }
  }

  /** Digits of a number, without a comma. */
  public void writeDigits(long value) {
    digits(value);
  }

  /** Begins an object. */
  public void writeStartObject() {
    value('{');
    comma = false;
  }

  /** Ends an object. */
  public void writeEndObject() {
    put('}');
    comma = true;
  }

  /** Begins an array. */
  public void writeStartArray() {
    value('[');
    comma = false;
  }

  /** Ends an array. */
  public void writeEndArray() {
    put(']');
    comma = true;
  }

  /** The name of a member, whose value follows. */
  public void writeName(String name) {
    separate();
    quoted(name);
    put(':');
    comma = false;
  }

  /** A member that is an object, which begins. */
  public void writeObjectPropertyStart(String name) {
    writeName(name);
    writeStartObject();
  }

  /** A member that is an array, which begins. */
  public void writeArrayPropertyStart(String name) {
    writeName(name);
    writeStartArray();
  }

  /** A text. */
  public void writeString(String value) {
    separate();
    quoted(value);
    comma = true;
  }

  /** A number. */
  public void writeNumber(long value) {
    separate();
    digits(value);
    comma = true;
  }

  /** A truth value. */
  public void writeBoolean(boolean value) {
    separate();
    ascii(value ? "true" : "false");
    comma = true;
  }

  /** A member with a text. */
  public void writeStringProperty(String name, String value) {
    writeName(name);
    writeString(value);
  }

  /** A member with a number. */
  public void writeNumberProperty(String name, long value) {
    writeName(name);
    writeNumber(value);
  }

  /** A member with a truth value. */
  public void writeBooleanProperty(String name, boolean value) {
    writeName(name);
    writeBoolean(value);
  }

  /** As {@link Instant#toString} says it. */
  public void writeMoment(Instant moment) {
    separate();
    writeRawMoment(moment);
    comma = true;
  }

  /** As {@link #writeMoment}, without a comma. */
  public void writeRawMoment(Instant moment) {
    reserve(IsoMoment.MAX_BYTES + 2);
    bytes[size++] = '"';
    int end = IsoMoment.write(moment, bytes, size);
    if (end < 0) {
      ascii(moment.toString());
    } else {
      size = end;
    }
    put('"');
  }

  private void value(char start) {
    separate();
    put(start);
  }

  private void separate() {
    if (comma) {
      put(',');
    }
  }

  private void put(char ascii) {
    reserve(1);
    bytes[size++] = (byte) ascii;
  }

  private void ascii(String text) {
    reserve(text.length());
    for (int i = 0; i < text.length(); i++) {
      bytes[size++] = (byte) text.charAt(i);
    }
  }

  private void digits(long value) {
    if (value == Long.MIN_VALUE) {
      ascii(Long.toString(value));
      return;
    }
    reserve(MAX_DIGITS);
    long rest = value;
    if (rest < 0) {
      bytes[size++] = '-';
      rest = -rest;
    }
    if (rest >= BILLION) {
      long high = rest / BILLION;
      digits(high);
      rest -= high * BILLION;
      // Nine digits, with the zeros at their beginning.
      int low = (int) rest;
      for (int at = size + 8; at >= size; at--) {
        bytes[at] = (byte) ('0' + low % 10);
        low /= 10;
      }
      size += 9;
      return;
    }
    int small = (int) rest;
    int end = size + 1;
    for (int more = small; more >= 10; more /= 10) {
      end++;
    }
    int at = end;
    do {
      bytes[--at] = (byte) ('0' + small % 10);
      small /= 10;
    } while (small > 0);
    size = end;
  }

  private void quoted(String text) {
    int length = text.length();
    reserve(length + 2);
    byte[] to = bytes;
    int at = size;
    to[at++] = '"';
    int i = 0;
    for (; i < length; i++) {
      char c = text.charAt(i);
      if (c < ' ' || c > '~' || c == '"' || c == '\\') {
        break;
      }
      to[at++] = (byte) c;
    }
    size = at;
    if (i < length) {
      unusual(text, i);
    }
    put('"');
  }

  /** Goes on from the first character that is not written as it is. */
  private void unusual(String text, int from) {
    reserve((text.length() - from) * MAX_ESCAPE + 1);
    byte[] to = bytes;
    int at = size;
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x80) {
        at = c < ' ' || c == '"' || c == '\\' ? escape(c, to, at) : plain(c, to, at);
      } else if (c < 0x800) {
        to[at++] = (byte) (0xC0 | (c >> 6));
        to[at++] = (byte) (0x80 | (c & 0x3F));
      } else if (!Character.isSurrogate(c)) {
        to[at++] = (byte) (0xE0 | (c >> 12));
        to[at++] = (byte) (0x80 | ((c >> 6) & 0x3F));
        to[at++] = (byte) (0x80 | (c & 0x3F));
      } else if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
        int point = Character.toCodePoint(c, text.charAt(i));
        to[at++] = (byte) (0xF0 | (point >> 18));
        to[at++] = (byte) (0x80 | ((point >> 12) & 0x3F));
        to[at++] = (byte) (0x80 | ((point >> 6) & 0x3F));
        to[at++] = (byte) (0x80 | (point & 0x3F));
      } else {
        at = unicode(c, to, at);
      }
    }
    size = at;
  }

  private static int plain(char c, byte[] to, int at) {
    to[at] = (byte) c;
    return at + 1;
  }

  private static int escape(char c, byte[] to, int at) {
    char letter =
        switch (c) {
          case '"' -> '"';
          case '\\' -> '\\';
          case '\n' -> 'n';
          case '\r' -> 'r';
          case '\t' -> 't';
          default -> 0;
        };
    if (letter == 0) {
      return unicode(c, to, at);
    }
    to[at] = '\\';
    to[at + 1] = (byte) letter;
    return at + 2;
  }

  private static int unicode(char c, byte[] to, int at) {
    to[at] = '\\';
    to[at + 1] = 'u';
    to[at + 2] = HEX[c >> 12];
    to[at + 3] = HEX[(c >> 8) & 0xF];
    to[at + 4] = HEX[(c >> 4) & 0xF];
    to[at + 5] = HEX[c & 0xF];
    return at + MAX_ESCAPE;
  }

  private void reserve(int more) {
    if (bytes.length - size < more) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
    }
  }
}
