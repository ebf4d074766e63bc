package io.tillpost.failure;

import java.util.regex.Pattern;

/** Takes the variable parts out of a failure's text, so that like failures read alike. */
final class FailureText {
  private static final int MAX_LENGTH = 500;
  private static final Pattern QUOTED = Pattern.compile("\"[^\"]*\"|'[^']*'|`[^`]*`");
  private static final Pattern UUID =
      Pattern.compile("\\b[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\\b");

  /** Any word with a digit in it: numbers, dates, times, ids, tax codes, addresses. */
  private static final Pattern WITH_DIGIT =
      Pattern.compile("[\\p{L}\\p{N}_]*\\p{N}[\\p{L}\\p{N}_]*(?:[-:./+][\\p{L}\\p{N}_]+)*");

  private static final Pattern REPEATED = Pattern.compile("\\*(?:[-:./, ]*\\*)+");
  private static final Pattern SPACE = Pattern.compile("\\s+");

  private FailureText() {}

  /** The text with {@code *} for each variable part, at most 500 characters. */
  static String template(String text) {
    String bounded = text.length() > 4 * MAX_LENGTH ? text.substring(0, 4 * MAX_LENGTH) : text;
    String template = QUOTED.matcher(bounded).replaceAll("*");
    template = UUID.matcher(template).replaceAll("*");
    template = WITH_DIGIT.matcher(template).replaceAll("*");
    template = REPEATED.matcher(template).replaceAll("*");
    template = SPACE.matcher(template).replaceAll(" ").strip();
    return template.length() > MAX_LENGTH ? template.substring(0, MAX_LENGTH) : template;
  }
}
