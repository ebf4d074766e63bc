package io.tillpost.console.exceptions;

import io.tillpost.console.text.VisibleText;
import io.tillpost.failure.Failure;
import io.tillpost.failure.Fingerprint;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What a failure is called in plain language: {@code Tax code … is not known (TAX_CODE_UNKNOWN)}.
 */
public final class ExceptionTitle {
  private static final int LONGEST = 140;
  private static final String CUT = "…";
  private static final String OPENING = "([{";
  private static final String CLOSING = ")]}";

  /** Brackets around nothing but variable parts tell nothing. */
  private static final Pattern EMPTY_BRACKETS =
      Pattern.compile("\\s*(?:\\([\\s*,;:=.-]*\\)|\\[[\\s*,;:=.-]*]|\\{[\\s*,;:=.-]*})");

  /** A variable part before or after a separator is a value of something that is not named. */
  private static final Pattern LOOSE_START = Pattern.compile("^(?:\\s*\\*?\\s*[:;,.=-]\\s*)+");

  private static final Pattern LOOSE_END = Pattern.compile("(?:\\s*[:;,.=-]\\s*\\*?)+\\s*$");
  private static final Pattern SPACE_BEFORE = Pattern.compile("\\s+([,.;:)\\]}])");
  private static final Pattern SPACE_AFTER_OPENING = Pattern.compile("([(\\[{])\\s+");
  private static final Pattern LEADING_CUTS = Pattern.compile("^(?:" + CUT + "\\s*)+");
  private static final Pattern SPACES = Pattern.compile("\\s+");

  private ExceptionTitle() {}

  /** The failure's text with an ellipsis for each variable part, and its code. */
  public static String of(Failure failure) {
    String text = tidy(Fingerprint.template(firstLine(failure.message(), failure.code())));
    if (text.chars().noneMatch(Character::isLetter)) {
      text = words(failure.code());
    }
    text = shortened(startingWithWords(text, failure.code()));
    return VisibleText.of(
        Character.toUpperCase(text.charAt(0)) + text.substring(1) + " (" + failure.code() + ")");
  }

  /**
   * Without a variable part that a sentence follows, like a number; else after the code's words.
   */
  private static String startingWithWords(String text, String code) {
    if (!text.startsWith(CUT)) {
      return text;
    }
    String rest = LEADING_CUTS.matcher(text).replaceFirst("");
    boolean sentence = !rest.isEmpty() && Character.isUpperCase(rest.charAt(0));
    return sentence ? rest : words(code) + ": " + text;
  }

  /** The first line that says something, without the code, which the title has at its end. */
  private static String firstLine(String message, String code) {
    String line =
        message
            .lines()
            .filter(l -> l.chars().anyMatch(Character::isLetter))
            .findFirst()
            .orElse("")
            .strip();
    String text = line.startsWith(code) ? line.substring(code.length()).strip() : line;
    // A status that the code names already is no variable part: "429 too many requests".
    String first = text.split("\\s", 2)[0].replaceAll("[:,.-]+$", "");
    boolean said = !first.isEmpty() && first.chars().allMatch(Character::isDigit);
    return said && code.contains(first) ? text.substring(first.length()) : text;
  }

  private static String tidy(String template) {
    String text = EMPTY_BRACKETS.matcher(template).replaceAll("");
    text = balanced(text);
    text = LOOSE_END.matcher(text).replaceAll("");
    text = LOOSE_START.matcher(text).replaceAll("");
    text = SPACES.matcher(text.replace("*", CUT)).replaceAll(" ");
    text = SPACE_AFTER_OPENING.matcher(text).replaceAll("$1");
    return SPACE_BEFORE.matcher(text).replaceAll("$1").strip();
  }

  /** Without the brackets that have no partner: senders cut their texts too. */
  private static String balanced(String text) {
    StringBuilder kept = new StringBuilder(text);
    Deque<Integer> open = new ArrayDeque<>();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (OPENING.indexOf(c) >= 0) {
        open.push(i);
      } else if (CLOSING.indexOf(c) >= 0) {
        if (!open.isEmpty() && OPENING.indexOf(text.charAt(open.element())) == CLOSING.indexOf(c)) {
          open.pop();
        } else {
          kept.setCharAt(i, ' ');
        }
      }
    }
    open.forEach(position -> kept.setCharAt(position, ' '));
    return kept.toString();
  }

  /** Cut between words, and before a bracket that would stay open. */
  private static String shortened(String text) {
    if (text.length() <= LONGEST) {
      return text;
    }
    int end = text.lastIndexOf(' ', LONGEST - 1);
    String head = text.substring(0, end > LONGEST / 2 ? end : LONGEST - 1);
    int opened =
        Math.max(head.lastIndexOf('('), Math.max(head.lastIndexOf('['), head.lastIndexOf('{')));
    int closed =
        Math.max(head.lastIndexOf(')'), Math.max(head.lastIndexOf(']'), head.lastIndexOf('}')));
    if (opened > closed && opened > 0) {
      head = head.substring(0, opened);
    }
    return LOOSE_END.matcher(balanced(head)).replaceAll("").stripTrailing() + CUT;
  }

  private static String words(String code) {
    String words = code.replaceAll("[_\\-.\\s]+", " ").strip().toLowerCase(Locale.ROOT);
    return words.isEmpty() ? "Failure" : words;
  }
}
