package io.tillpost.store.elasticsearch;

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
final class JsonBytes {
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.ISO_8859_1);
  private static final int MAX_ESCAPE = 6;
  private static final int MAX_DIGITS = 20;

  private byte[] bytes;
  private int size;
  private boolean comma;

  JsonBytes(byte[] buffer) {
    bytes = buffer;
  }

  /** What is written so far, from the first byte of {@link #array} on. */
  int size() {
    return size;
  }

  /** The array as it is now; the next write may take another one. */
  byte[] array() {
    return bytes;
  }

  byte[] toByteArray() {
    return Arrays.copyOf(bytes, size);
  }

  /** Ends a line; the next value begins anew. */
  void newLine() {
    put('\n');
    comma = false;
  }

  /** Something that is JSON already. */
  void writeRaw(byte[] json) {
    reserve(json.length);
    System.arraycopy(json, 0, bytes, size, json.length);
    size += json.length;
  }

  void writeStartObject() {
    value('{');
    comma = false;
  }

  void writeEndObject() {
    put('}');
    comma = true;
  }

  void writeStartArray() {
    value('[');
    comma = false;
  }

  void writeEndArray() {
    put(']');
    comma = true;
  }

  void writeName(String name) {
    separate();
    quoted(name);
    put(':');
    comma = false;
  }

  void writeObjectPropertyStart(String name) {
    writeName(name);
    writeStartObject();
  }

  void writeArrayPropertyStart(String name) {
    writeName(name);
    writeStartArray();
  }

  void writeString(String value) {
    separate();
    quoted(value);
    comma = true;
  }

  void writeNumber(long value) {
    separate();
    digits(value);
    comma = true;
  }

  void writeBoolean(boolean value) {
    separate();
    ascii(value ? "true" : "false");
    comma = true;
  }

  void writeStringProperty(String name, String value) {
    writeName(name);
    writeString(value);
  }

  void writeNumberProperty(String name, long value) {
    writeName(name);
    writeNumber(value);
  }

  void writeBooleanProperty(String name, boolean value) {
    writeName(name);
    writeBoolean(value);
  }

  /** As {@link Instant#toString} says it. */
  void writeMoment(Instant moment) {
    separate();
    reserve(IsoMoment.MAX_BYTES + 2);
    bytes[size++] = '"';
    int end = IsoMoment.write(moment, bytes, size);
    if (end < 0) {
      ascii(moment.toString());
    } else {
      size = end;
    }
    put('"');
    comma = true;
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
    int end = size + 1;
    for (long more = rest; more >= 10; more /= 10) {
      end++;
    }
    int at = end;
    do {
      bytes[--at] = (byte) ('0' + rest % 10);
      rest /= 10;
    } while (rest > 0);
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
