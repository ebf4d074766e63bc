package io.tillpost.failure;

import java.util.regex.Pattern;

/** Takes the variable parts out of a failure's text, so that like failures read alike. */
final class FailureText {
  private static final int MAX_LENGTH = 500;
  private static final String LETTER = "[\\p{L}\\p{N}]";

  /**
   * In the quotation marks of several languages; an apostrophe within a word is none. Databases and
   * languages put a letter before them: {@code N'milk'}, {@code u'milk'}, {@code b'milk'}.
   */
  private static final Pattern QUOTED =
      Pattern.compile(
          "\"[^\"]*\"|`[^`]*`"
              + "|(?:(?<!LETTER)|(?<=(?<!LETTER)[NUub]))'(?:[^']++|'(?=LETTER))*+'"
                  .replace("LETTER", LETTER)
              + "|„[^“”\"]*[“”\"]|“[^”]*”|«[^»]*»|»[^«]*«|‚[^‘’]*[‘’]|‘[^’]*’|‹[^›]*›|›[^‹]*‹");

  private static final String MONTH =
      "(?:Jan(?:uary?)?|Feb(?:ruary?)?|Mar(?:ch)?|März|Apr(?:il)?|May|Mai|June?|Juni|July?|Juli"
          + "|Aug(?:ust)?|Sept?(?:ember)?|O[ck]t(?:ober)?|Nov(?:ember)?|De[cz](?:ember)?)";

  /** A month, with its day and maybe the day of the week: what is left of a date has digits. */
  private static final Pattern DATE =
      Pattern.compile(
          "(?:\\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]{0,6},?\\s+)?"
              + "(?:\\b\\p{N}{1,2}(?:st|nd|rd|th|\\.)?\\s+MONTH\\b|\\bMONTH\\.?\\s+\\p{N}{1,2}\\b)"
                  .replace("MONTH", MONTH));

  private static final Pattern UUID =
      Pattern.compile("\\b[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\\b");

  /** Words, taken together with what hangs on them by a hyphen: {@code DE-19X}. */
  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}_]++(?:-[\\p{L}\\p{N}_]++)*+");

  /** What makes a word a number, date, time, id, tax code or address. */
  private static final Pattern DIGIT = Pattern.compile("\\p{N}");

  private static final Pattern REPEATED = Pattern.compile("\\*(?:[-:./+, ]*\\*)+");
  private static final Pattern SPACE = Pattern.compile("\\s+");

  private FailureText() {}

  /** The text with {@code *} for each variable part, at most 500 characters. */
  static String template(String text) {
    String bounded = text.length() > 4 * MAX_LENGTH ? text.substring(0, 4 * MAX_LENGTH) : text;
    String template = QUOTED.matcher(bounded).replaceAll("*");
    template = DATE.matcher(template).replaceAll("*");
    template = UUID.matcher(template).replaceAll("*");
    template = WORD.matcher(template).replaceAll(word -> wordOrStar(word.group()));
    template = REPEATED.matcher(template).replaceAll("*");
    template = SPACE.matcher(template).replaceAll(" ").strip();
    return template.length() > MAX_LENGTH ? template.substring(0, MAX_LENGTH) : template;
  }

  private static String wordOrStar(String word) {
    return DIGIT.matcher(word).find() ? "*" : word;
  }
}
