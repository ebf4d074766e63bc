package io.tillpost.alerting.notify;

import java.util.Collection;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A piece of HTML that is safe to show. Text can only get in through {@link #text}, which escapes
 * it, and pieces are put together only by {@link #fill} and {@link #join}.
 */
record Html(String markup) {
  static final Html NOTHING = new Html("");

  private static final Pattern SLOT = Pattern.compile("\\$\\{([a-zA-Z]+)}");

  /** Text of whatever kind, shown as it is, its line breaks kept; also safe in an attribute. */
  static Html text(String text) {
    StringBuilder escaped = new StringBuilder(text.length() + 16);
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                case '\n' -> escaped.append("<br>");
                default -> {
                  if (c == '\t' || !Character.isISOControl(c)) {
                    escaped.appendCodePoint(c);
                  }
                }
              }
            });
    return new Html(escaped.toString());
  }

  /**
   * A template of ours with each <code>${slot}</code> filled.
   *
   * @param template a constant of the code, never anything that came from outside
   */
  static Html fill(String template, Map<String, Html> slots) {
    return new Html(
        SLOT.matcher(template)
            .replaceAll(
                match -> {
                  Html value = slots.get(match.group(1));
                  if (value == null) {
                    throw new IllegalArgumentException("Nothing for slot " + match.group(1));
                  }
                  return Matcher.quoteReplacement(value.markup());
                }));
  }

  static Html join(Collection<Html> pieces) {
    return new Html(pieces.stream().map(Html::markup).collect(Collectors.joining()));
  }
}
