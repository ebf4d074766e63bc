package io.tillpost.console.text;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Moments in a zone that is always said. */
public final class MomentText {
  private static final DateTimeFormatter FULL =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss z", Locale.ENGLISH);
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss z", Locale.ENGLISH);

  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("HH:mm z", Locale.ENGLISH);
  private static final DateTimeFormatter DAY_AND_MINUTE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm z", Locale.ENGLISH);

  private MomentText() {}

  /** Like {@code 07:15 CET}, with its date where that is not the date of now. */
  public static String minute(Instant moment, ZoneId zone, Instant now) {
    boolean today = moment.atZone(zone).toLocalDate().equals(now.atZone(zone).toLocalDate());
    return (today ? MINUTE : DAY_AND_MINUTE).format(moment.atZone(zone));
  }

  /** Like {@code 2026-11-24 07:15:04 CET}. */
  public static String full(Instant moment, ZoneId zone) {
    return FULL.format(moment.atZone(zone));
  }

  /** Like {@code 07:15:04 CET}. */
  public static String time(Instant moment, ZoneId zone) {
    return TIME.format(moment.atZone(zone));
  }
}
