package io.tillpost.console.retention;

import io.tillpost.store.DailyData.Kind;
import jakarta.validation.constraints.AssertTrue;
import java.time.Duration;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Keys under {@code tillpost.retention}: how long data is kept. At least a day, each.
 *
 * @param enabled whether anything is ever dropped
 * @param every the pause between two looks
 * @param events message events with their payloads
 * @param spans traces
 * @param messages the state of messages; as long as their events or longer
 * @param parkedRecords records that were received and could not be stored
 * @param refusals what was refused to senders
 * @param recovery claims, turns, questions and corrected payloads of recovery, once nothing of them
 *     is under way; as long as messages or longer
 * @param splits how exceptions were split by hand, once nothing of a part has failed for so long
 * @param requests the frozen lists of requests over several exceptions
 * @param exceptions what is known of exceptions that nobody ever did anything about, once they have
 *     been resolved for so long
 * @param notifications mails in the notification log, once nobody is to send them any more
 */
@Validated
@ConfigurationProperties(value = "tillpost.retention", ignoreUnknownFields = false)
record RetentionProperties(
    @DefaultValue("true") boolean enabled,
    @DefaultValue("1h") Duration every,
    @DefaultValue("30d") Duration events,
    @DefaultValue("30d") Duration spans,
    @DefaultValue("90d") Duration messages,
    @DefaultValue("30d") Duration parkedRecords,
    @DefaultValue("30d") Duration refusals,
    @DefaultValue("180d") Duration recovery,
    @DefaultValue("365d") Duration splits,
    @DefaultValue("30d") Duration requests,
    @DefaultValue("365d") Duration exceptions,
    @DefaultValue("365d") Duration notifications) {
  private static final Duration DAY = Duration.ofDays(1);

  /** How long data of that kind is kept. */
  Duration of(Kind kind) {
    return switch (kind) {
      case EVENTS -> events;
      case SPANS -> spans;
      case MESSAGES -> messages;
    };
  }

  /** How long that is kept. */
  Duration of(OldData.Kept kept) {
    return switch (kept) {
      case SPLITS -> splits;
      case REQUESTS -> requests;
      case EXCEPTIONS -> exceptions;
    };
  }

  @AssertTrue(message = "is kept for a day at least, each") boolean isLongEnough() {
    return Stream.of(
            events,
            spans,
            messages,
            parkedRecords,
            refusals,
            recovery,
            splits,
            requests,
            exceptions,
            notifications)
        .allMatch(kept -> kept.compareTo(DAY) >= 0);
  }

  @AssertTrue(message = "messages are kept as long as their events or longer") boolean isMessagesLongest() {
    return messages.compareTo(events) >= 0;
  }

  @AssertTrue(message = "recovery is kept as long as messages or longer") boolean isRecoveryLongest() {
    return recovery.compareTo(messages) >= 0;
  }
}
