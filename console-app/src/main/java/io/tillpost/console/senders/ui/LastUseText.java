package io.tillpost.console.senders.ui;

import io.tillpost.console.text.AgeText;
import io.tillpost.console.text.MomentText;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** When a key or a certificate was used last, in words. */
final class LastUseText {
  private LastUseText() {}

  static String of(@Nullable Instant at, Instant now, ZoneId zone) {
    return at == null
        ? "Never"
        : MomentText.full(at, zone) + ", " + AgeText.of(Duration.between(at, now)) + " ago";
  }
}
