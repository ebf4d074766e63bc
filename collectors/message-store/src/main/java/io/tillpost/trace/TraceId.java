package io.tillpost.trace;

/**
 * A W3C trace id.
 *
 * @param value 32 lower-case hexadecimal digits, not all zero
 */
public record TraceId(String value) {
  public TraceId {
    if (!Hex.isId(value, 32)) {
      throw new IllegalArgumentException(
          "A trace id has 32 hexadecimal digits and is not all zero");
    }
  }

  /** Whether the text is a trace id. */
  public static boolean isValid(String text) {
    return Hex.isId(text, 32);
  }

  @Override
  public String toString() {
    return value;
  }
}
