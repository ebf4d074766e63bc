package io.tillpost.alerting.evaluate;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What was mailed of an alert. The next mail's number is what makes it be sent once only.
 *
 * @param count how many mails there were
 * @param phase FIRING or RESOLVED, whatever the last mail said; null for no mail
 * @param at when the last mail was written
 * @param threadId the Message-ID of the mail that began the present thread, or null
 */
public record Mailed(
    int count, @Nullable AlertPhase phase, @Nullable Instant at, @Nullable String threadId) {
  /** Nothing yet. */
  public static final Mailed NOTHING = new Mailed(0, null, null, null);
}
