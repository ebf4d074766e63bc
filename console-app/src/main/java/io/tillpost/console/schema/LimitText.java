package io.tillpost.console.schema;

import java.util.regex.Pattern;

/** What a schema allows, in sentences that are right for one as for many. */
final class LimitText {
  private static final Pattern MANY =
      Pattern.compile("(character|digit|element)s( after the point)?( are)?");

  private LimitText() {}

  /**
   * The sentence with the limit in it.
   *
   * @param sentence for many, like {@code At most %s digits are possible}
   * @param limit as the schema has it
   */
  static String of(String sentence, String limit) {
    String right =
        limit.equals("1")
            ? MANY.matcher(sentence)
                .replaceAll(
                    many ->
                        many.group(1)
                            + (many.group(2) == null ? "" : many.group(2))
                            + (many.group(3) == null ? "" : " is"))
            : sentence;
    return right.formatted(limit);
  }
}
