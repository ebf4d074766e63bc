package io.tillpost.console.classification;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a value stands in a payload, as failures and the editor of payloads write it: {@code
 * lines[2].taxCode} in JSON, {@code /sale/line[2]/taxCode} and {@code sale/line/@id} in XML. {@code
 * [*]} or {@code []} is any position; in XML a name without a position is any too. A name alone is
 * a member of a JSON object or the root of XML.
 *
 * @param text as it is written
 * @param steps from the root, never empty
 * @param xml whether it has a slash, and so is one of XML only
 */
record FieldPath(String text, List<Step> steps, boolean xml) {
  /** The longest path, in characters. */
  static final int LONGEST = 200;

  private static final int MOST_STEPS = 30;
  private static final Pattern JSON =
      Pattern.compile(
          "\\[\\s*(?:(\\d{1,6})|\\*?)\\s*]|\\[\"((?:[^\"\\\\]|\\\\.)+)\"]|(?:^|\\.)([^.\\[\\]\"]+)");
  private static final Pattern XML =
      Pattern.compile("([^\\[\\]/@]+)(?:\\[\\s*(?:(\\d{1,6})|\\*?)\\s*])?|@([^\\[\\]/@]+)");

  FieldPath {
    steps = List.copyOf(steps);
  }

  /** One step further down. */
  sealed interface Step {
    /** A member of an object. */
    record Member(String name) implements Step {}

    /** An element of a list, from 0, or {@link #ANY}. */
    record Item(int position) implements Step {}

    /** An element of XML among those of its name, from 1, or {@link #ANY}. */
    record Element(String name, int position) implements Step {}

    /** An attribute of XML. */
    record Attribute(String name) implements Step {}

    /** Any position. */
    int ANY = -1;
  }

  /** What was read. */
  sealed interface Read {
    /** The path. */
    record Path(FieldPath path) implements Read {}

    /** It is none; why, as the end of a sentence. */
    record Wrong(String why) implements Read {}
  }

  /** Reads a path. */
  static Read read(String written) {
    String text = written.strip();
    if (text.isEmpty() || text.length() > LONGEST) {
      return new Read.Wrong("a path has 1 to " + LONGEST + " characters");
    }
    boolean xml = text.indexOf('/') >= 0 && !text.contains("[\"");
    List<Step> steps = xml ? xml(text) : json(text);
    if (steps.isEmpty()) {
      return new Read.Wrong(
          "write a path like lines[*].taxCode, or for XML like sale/line/taxCode or sale/line/@id");
    }
    return steps.size() > MOST_STEPS
        ? new Read.Wrong("a path has up to " + MOST_STEPS + " steps")
        : new Read.Path(new FieldPath(text, steps, xml));
  }

  private static List<Step> json(String text) {
    List<Step> steps = new ArrayList<>();
    Matcher matcher = JSON.matcher(text);
    int at = 0;
    while (at < text.length()) {
      if (!matcher.find(at) || matcher.start() != at) {
        return List.of();
      }
      if (matcher.group(3) != null) {
        steps.add(new Step.Member(matcher.group(3).strip()));
      } else if (matcher.group(2) != null) {
        steps.add(new Step.Member(matcher.group(2).replaceAll("\\\\(.)", "$1")));
      } else {
        steps.add(new Step.Item(position(matcher.group(1))));
      }
      at = matcher.end();
    }
    return steps;
  }

  private static List<Step> xml(String text) {
    List<Step> steps = new ArrayList<>();
    String[] parts = (text.startsWith("/") ? text.substring(1) : text).split("/", -1);
    for (int i = 0; i < parts.length; i++) {
      Matcher matcher = XML.matcher(parts[i]);
      if (!matcher.matches() || (matcher.group(3) != null && (i == 0 || i < parts.length - 1))) {
        return List.of();
      }
      steps.add(
          matcher.group(3) == null
              ? new Step.Element(matcher.group(1).strip(), position(matcher.group(2)))
              : new Step.Attribute(matcher.group(3).strip()));
    }
    return steps;
  }

  private static int position(@Nullable String digits) {
    return digits == null ? Step.ANY : Integer.parseInt(digits);
  }
}
