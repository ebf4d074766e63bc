package io.tillpost.alerting.rule;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Reads durations as Prometheus writes them: {@code 90s}, {@code 15m}, {@code 1h30m}. */
final class DurationReader {
  private static final Pattern WHOLE =
      Pattern.compile("(?:(\\d{1,6})d)?(?:(\\d{1,6})h)?(?:(\\d{1,6})m)?(?:(\\d{1,6})s)?");
  private static final Pattern BARE = Pattern.compile("\\d+");

  private DurationReader() {}

  /** The duration that starts at that character of the node and goes to its end. */
  static Optional<Duration> read(ScalarNode node, int offset, Problems problems) {
    String text = node.getValue().substring(offset).strip();
    if (text.equals("0")) {
      return Optional.of(Duration.ZERO);
    }
    Matcher matcher = WHOLE.matcher(text);
    if (!text.isEmpty() && matcher.matches()) {
      return Optional.of(
          Duration.ofDays(part(matcher, 1))
              .plusHours(part(matcher, 2))
              .plusMinutes(part(matcher, 3))
              .plusSeconds(part(matcher, 4)));
    }
    problems.within(
        node,
        offset,
        BARE.matcher(text).matches()
            ? "'" + text + "' has no unit; write " + text + "s, " + text + "m or " + text + "h"
            : "'" + text + "' is not a duration; write it like 90s, 15m, 1h30m or 2d");
    return Optional.empty();
  }

  private static long part(Matcher matcher, int group) {
    String digits = matcher.group(group);
    return digits == null ? 0 : Long.parseLong(digits);
  }
}
