package io.tillpost.console.exceptions;

import io.tillpost.failure.Failure;
import io.tillpost.failure.Fingerprint;
import java.util.Locale;
import java.util.regex.Pattern;

/** What a failure is called in plain language: {@code Tax code is not known (TAX_CODE_UNKNOWN)}. */
public final class ExceptionTitle {
  private static final int LONGEST = 140;
  private static final Pattern VARIABLE = Pattern.compile("[\\s(\\[]*\\*[)\\]]*");
  private static final Pattern LOOSE_END = Pattern.compile("[\\s:;,.=-]+$");
  private static final Pattern SPACE_BEFORE = Pattern.compile("\\s+([,.;:])");

  private ExceptionTitle() {}

  /** The failure's text without its variable parts, and its code. */
  public static String of(Failure failure) {
    String text = VARIABLE.matcher(Fingerprint.template(failure.message())).replaceAll(" ");
    text = SPACE_BEFORE.matcher(text.strip().replaceAll("\\s+", " ")).replaceAll("$1");
    text = LOOSE_END.matcher(text).replaceAll("");
    if (text.chars().noneMatch(Character::isLetter)) {
      text = words(failure.code());
    }
    if (text.length() > LONGEST) {
      text = text.substring(0, LONGEST - 1).strip() + "…";
    }
    return Character.toUpperCase(text.charAt(0)) + text.substring(1) + " (" + failure.code() + ")";
  }

  private static String words(String code) {
    String words = code.replaceAll("[_\\-.\\s]+", " ").strip().toLowerCase(Locale.ROOT);
    return words.isEmpty() ? "Failure" : words;
  }
}
