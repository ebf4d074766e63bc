package io.tillpost.location;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;

/**
 * A shop of the estate.
 *
 * @param id like {@code 0412}
 * @param name as shown
 * @param region the group it belongs to
 * @param zone in which its times are shown
 * @param currency ISO 4217
 * @param opens local time; equal to {@code closes} for a store that never closes
 * @param closes local time; before {@code opens} where trading goes past midnight
 * @param registers the number of its tills
 */
public record Store(
    String id,
    String name,
    String region,
    ZoneId zone,
    String currency,
    LocalTime opens,
    LocalTime closes,
    int registers) {
  /** Whether the store trades at that moment. */
  public boolean isOpenAt(Instant moment) {
    LocalTime time = moment.atZone(zone).toLocalTime();
    if (opens.equals(closes)) {
      return true;
    }
    return opens.isBefore(closes)
        ? !time.isBefore(opens) && time.isBefore(closes)
        : !time.isBefore(opens) || time.isBefore(closes);
  }
}
