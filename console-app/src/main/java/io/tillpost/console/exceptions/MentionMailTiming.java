package io.tillpost.console.exceptions;

import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Keys under {@code tillpost.triage.mention-mails}. Mails go out where alerting is on, to those for
 * whom the users file has an address.
 *
 * @param enabled whether people are mailed at all that a comment names them
 * @param delay from the comment to the mail, up to an hour: more comments go into the same one
 * @param pause the least time between two mails to one person, up to a day
 */
public record MentionMailTiming(
    @DefaultValue("true") boolean enabled,
    @DefaultValue("1m") Duration delay,
    @DefaultValue("10m") Duration pause) {
  public MentionMailTiming {
    check("delay", delay, Duration.ofHours(1));
    check("pause", pause, Duration.ofDays(1));
  }

  private static void check(String key, Duration value, Duration longest) {
    if (value.isNegative() || value.compareTo(longest) > 0) {
      throw new IllegalArgumentException(
          "tillpost.triage.mention-mails.%s: %s is not from 0s to %s"
              .formatted(key, value, longest));
    }
  }
}
