package io.tillpost.frontend;

import java.util.Locale;

/**
 * How bad something is, mildest first. Each has a colour, and because colour never stands alone a
 * symbol of a shape of its own and a word.
 */
public enum Severity {
  /** As it should be. */
  OK("●", "OK"),
  /** Worth knowing, nothing to do. */
  INFO("◆", "Info"),
  /** May become a problem. */
  WARNING("▲", "Warning"),
  /** A problem now. */
  SERIOUS("■", "Serious"),
  /** A problem that costs money or trust every minute. */
  CRITICAL("✕", "Critical");

  private final String symbol;
  private final String word;

  Severity(String symbol, String word) {
    this.symbol = symbol;
    this.word = word;
  }

  /** One character, of a shape that no other severity has. */
  public String symbol() {
    return symbol;
  }

  /** One English word for the screen. */
  public String word() {
    return word;
  }

  /**
   * The name in style sheets and properties: lower case, like {@code serious} in {@code
   * --tillpost-serious}.
   */
  public String token() {
    return name().toLowerCase(Locale.ROOT);
  }
}
