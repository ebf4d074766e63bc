package io.tillpost.trace;

/**
 * A W3C span id.
 *
 * @param value 16 lower-case hexadecimal digits, not all zero
 */
public record SpanId(String value) {
  public SpanId {
    if (!Hex.isId(value, 16)) {
      throw new IllegalArgumentException("A span id has 16 hexadecimal digits and is not all zero");
    }
  }

  /** Whether the text is a span id. */
  public static boolean isValid(String text) {
    return Hex.isId(text, 16);
  }

  @Override
  public String toString() {
    return value;
  }
}
