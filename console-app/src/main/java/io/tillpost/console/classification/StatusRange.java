package io.tillpost.console.classification;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** HTTP statuses: both ends belong to it. */
record StatusRange(int from, int to) {
  private static final Pattern ONE = Pattern.compile("([1-5]\\d\\d)(?:\\s*-\\s*([1-5]\\d\\d))?");
  private static final Pattern HUNDRED = Pattern.compile("([1-5])xx", Pattern.CASE_INSENSITIVE);

  /** From {@code 429}, {@code 5xx} or {@code 500-504}; empty where it is none of these. */
  static Optional<StatusRange> read(String text) {
    Matcher hundred = HUNDRED.matcher(text);
    if (hundred.matches()) {
      int from = 100 * Integer.parseInt(hundred.group(1));
      return Optional.of(new StatusRange(from, from + 99));
    }
    Matcher one = ONE.matcher(text);
    if (!one.matches()) {
      return Optional.empty();
    }
    int from = Integer.parseInt(one.group(1));
    int to = one.group(2) == null ? from : Integer.parseInt(one.group(2));
    return from <= to ? Optional.of(new StatusRange(from, to)) : Optional.empty();
  }

  boolean contains(int status) {
    return from <= status && status <= to;
  }
}
