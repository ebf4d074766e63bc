package io.tillpost.console.classification;

import io.tillpost.failure.Failure;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the HTTP status that a failure tells of: message events have no field of their own. */
final class HttpStatusOf {
  private static final Pattern CODE =
      Pattern.compile("(?:HTTP[_\\- ]?)?([1-5]\\d\\d)", Pattern.CASE_INSENSITIVE);
  private static final Pattern TEXT =
      Pattern.compile(
          "\\b(?:HTTP(?:/\\d(?:\\.\\d)?)?|status(?: code)?)[ :=_-]{0,2}([1-5]\\d\\d)\\b",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern START = Pattern.compile("([1-5]\\d\\d) [A-Z].*", Pattern.DOTALL);

  private HttpStatusOf() {}

  /** From the code, like {@code HTTP_429}, else from the text, like {@code status 503}. */
  static OptionalInt failure(Failure failure) {
    Matcher code = CODE.matcher(failure.code());
    if (code.matches()) {
      return OptionalInt.of(Integer.parseInt(code.group(1)));
    }
    Matcher start = START.matcher(failure.message());
    if (start.matches()) {
      return OptionalInt.of(Integer.parseInt(start.group(1)));
    }
    Matcher text = TEXT.matcher(failure.message());
    return text.find() ? OptionalInt.of(Integer.parseInt(text.group(1))) : OptionalInt.empty();
  }
}
