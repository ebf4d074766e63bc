package io.tillpost.console.text;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.web.util.UriUtils;

/**
 * Text as a part of an address. A slash, a backslash, a semicolon and a percent sign are refused in
 * paths by servers and proxies also where they are escaped as usual, so in a path they are written
 * with a tilde: {@code ~2F}, {@code ~5C}, {@code ~3B}, {@code ~25}, and the tilde itself {@code
 * ~7E}.
 */
public final class PathText {
  private static final Pattern REFUSED = Pattern.compile("[/\\\\;%~]");
  private static final Pattern DOT = Pattern.compile("\\.");
  private static final Pattern ONLY_DOTS = Pattern.compile("\\.{1,2}");
  private static final Pattern WRITTEN = Pattern.compile("~(2F|5C|3B|25|7E|2E)");
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private PathText() {}

  /** As one segment of a path. */
  public static String segment(String text) {
    Pattern refused = ONLY_DOTS.matcher(text).matches() ? DOT : REFUSED;
    return query(
        refused
            .matcher(text)
            .replaceAll(found -> "~" + HEX.toHexDigits((byte) found.group().charAt(0))));
  }

  /**
   * The text of a segment as Vaadin hands it over, which is as it stands in the address. What is no
   * escape stays as it is.
   */
  public static String read(String segment) {
    try {
      return plain(UriUtils.decode(segment, StandardCharsets.UTF_8));
    } catch (IllegalArgumentException _) {
      return plain(segment);
    }
  }

  /** The text of a segment that is decoded already, but for what is written with a tilde. */
  public static String plain(String decoded) {
    return WRITTEN
        .matcher(decoded)
        .replaceAll(
            found ->
                Matcher.quoteReplacement(
                    String.valueOf((char) HexFormat.fromHexDigits(found.group(1)))));
  }

  /** As a name or a value in a query. */
  public static String query(String text) {
    return UriUtils.encode(text, StandardCharsets.UTF_8);
  }
}
