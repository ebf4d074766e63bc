package io.tillpost.console.exceptions;

import java.time.Duration;

/**
 * What retries of messages came to.
 *
 * @param messages how many have an outcome: confirmed, failed again, refused or unconfirmed
 * @param soon how many of them were confirmed within {@code within} of going out
 * @param ever how many were confirmed at all
 * @param within what counts as soon
 */
public record Retried(long messages, long soon, long ever, Duration within) {
  /**
   * Like {@code 96 % of 230 retried messages were confirmed within 10 minutes (98 % in the end)}.
   */
  public String words() {
    return "%d %% of %,d retried messages were confirmed within %d minutes%s."
        .formatted(
            share(soon),
            messages,
            within.toMinutes(),
            ever == soon ? "" : " (%d %% in the end)".formatted(share(ever)));
  }

  /** Rounded down: 100 % is said of all only. */
  private long share(long of) {
    return of * 100 / messages;
  }
}
