package io.tillpost.console.recovery.due;

import io.tillpost.console.recovery.AutomaticProperties;
import io.tillpost.console.recovery.AutomaticStanding;
import io.tillpost.console.recovery.RecoveryProperties;
import io.tillpost.console.recovery.RecoveryRecords;
import io.tillpost.console.recovery.automatic.AutomaticAttempts;
import io.tillpost.console.recovery.automatic.AutomaticRules;
import io.tillpost.console.recovery.automatic.AutomaticRules.Verdict;
import io.tillpost.console.recovery.automatic.AutomaticWords;
import io.tillpost.console.recovery.automatic.TriagedFailures;
import io.tillpost.console.recovery.automatic.TriagedFailures.Standing;
import io.tillpost.console.recovery.due.AutomaticNotice.State;
import io.tillpost.console.security.Permission;
import io.tillpost.console.text.CountText;
import io.tillpost.failure.Fingerprint;
import io.tillpost.message.Message;
import io.tillpost.message.MessageId;
import io.tillpost.recovery.OperationState;
import io.tillpost.recovery.RecoveryOperation;
import io.tillpost.store.Documents.Versioned;
import io.tillpost.store.Messages;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.access.prepost.PreAuthorize;

/** Says what automatic retry did and is about to do, for those who may see it. */
public class AutomaticRetries {
  private final RecoveryRecords records;
  private final Messages messages;
  private final AutomaticRules rules;
  private final TriagedFailures triaged;
  private final AutomaticAttempts attempts;
  private final Clock clock;

  public AutomaticRetries(
      RecoveryRecords records,
      Messages messages,
      RecoveryProperties settings,
      TriagedFailures triaged,
      Clock clock) {
    this.records = records;
    this.messages = messages;
    this.rules = new AutomaticRules(settings.automatic());
    this.triaged = triaged;
    this.attempts = new AutomaticAttempts(records);
    this.clock = clock;
  }

  /** Of an exception; empty where its failures are left to people, or none is failed. */
  @PreAuthorize("hasRole('" + Permission.Name.VIEW + "')")
  public Optional<AutomaticNotice> of(Fingerprint exception) {
    return rules.areNone()
        ? Optional.empty()
        : triaged
            .of(exception)
            .flatMap(
                standing ->
                    switch (rules.of(standing)) {
                      case Verdict.LeftToPeople _ -> Optional.empty();
                      case Verdict.Stopped stopped -> Optional.of(stopped(stopped, 0));
                      case Verdict.Goes goes -> Optional.of(goes(exception, goes.how()));
                    });
  }

  /** Of a message; empty where it is left to people and no automatic retry was made. */
  @PreAuthorize("hasRole('" + Permission.Name.VIEW + "')")
  public Optional<AutomaticNotice> of(MessageId id) {
    return rules.areNone()
        ? Optional.empty()
        : messages.find(id).flatMap(stored -> of(stored.message()));
  }

  private Optional<AutomaticNotice> of(Message message) {
    Standing standing = triaged.of(message).orElse(null);
    if (standing == null) {
      return Optional.empty();
    }
    int made = attempts.of(message, message.currentAttempt().number() + 2);
    return switch (rules.of(standing)) {
      case Verdict.LeftToPeople _ -> made == 0 ? Optional.empty() : Optional.of(usedUp(made, made));
      case Verdict.Stopped stopped -> Optional.of(stopped(stopped, made));
      case Verdict.Goes goes -> Optional.of(goes(message, made, goes.how()));
    };
  }

  private AutomaticNotice goes(Message message, int made, AutomaticProperties how) {
    if (made >= how.atMost()) {
      return usedUp(made, how.atMost());
    }
    Instant at =
        message
            .failedAt()
            .map(failed -> failed.plus(how.pause(made, message.id().value())))
            .orElse(null);
    return waiting(at, made, how);
  }

  private AutomaticNotice goes(Fingerprint exception, AutomaticProperties how) {
    AutomaticStanding standing =
        records.standings().get(exception.value()).map(Versioned::value).orElse(null);
    RecoveryOperation last = AutomaticHistory.last(records, exception.value()).orElse(null);
    int made = standing == null ? 0 : standing.made();
    if (last != null && last.state().open()) {
      return new AutomaticNotice(State.RUNNING, running(last), null, made, how.atMost());
    }
    if (standing == null) {
      return waiting(null, 0, how);
    }
    if (standing.heldUp() != null) {
      return new AutomaticNotice(
          State.HELD_UP,
          "Automatic retry waits: " + standing.heldUp(),
          standing.nextAt(),
          made,
          how.atMost());
    }
    if (standing.waiting() == 0 && standing.usedUp() > 0) {
      return usedUp(how.atMost(), how.atMost());
    }
    AutomaticNotice notice = waiting(standing.nextAt(), made, how);
    return standing.usedUp() == 0
        ? notice
        : new AutomaticNotice(
            notice.state(),
            "%s; of %s %s"
                .formatted(
                    notice.words(),
                    CountText.of(standing.usedUp(), "message"),
                    AutomaticWords.usedUp(how.atMost())),
            notice.nextAt(),
            made,
            how.atMost());
  }

  private static String running(RecoveryOperation operation) {
    return operation.state() == OperationState.AWAITING_APPROVAL
        ? "An automatic retry waits for a second person to approve it"
        : "An automatic retry is under way";
  }

  private AutomaticNotice waiting(@Nullable Instant at, int made, AutomaticProperties how) {
    return new AutomaticNotice(
        State.WAITING,
        AutomaticWords.next(at, made, how.atMost(), clock.instant()),
        at,
        made,
        how.atMost());
  }

  private static AutomaticNotice usedUp(int made, int atMost) {
    return new AutomaticNotice(State.USED_UP, AutomaticWords.usedUp(made), null, made, atMost);
  }

  private static AutomaticNotice stopped(Verdict.Stopped stopped, int made) {
    return new AutomaticNotice(
        State.STOPPED,
        "Automatic retry is stopped by " + stopped.by(),
        null,
        made,
        stopped.how().atMost());
  }
}
