package io.tillpost.console.recovery.run;

import io.tillpost.console.audit.AuditAct;
import io.tillpost.console.audit.AuditAction;
import io.tillpost.console.audit.AuditLog;
import io.tillpost.console.audit.AuditOutcome;
import io.tillpost.console.audit.AuditSubject;
import io.tillpost.console.recovery.RecoveryRecords;
import io.tillpost.console.recovery.channel.LookUps;
import io.tillpost.console.recovery.channel.LookedUp;
import io.tillpost.console.recovery.target.TargetGate;
import io.tillpost.console.recovery.target.TargetGates;
import io.tillpost.message.Message;
import io.tillpost.message.MessageId;
import io.tillpost.recovery.ItemEvent;
import io.tillpost.recovery.ItemState;
import io.tillpost.recovery.RecoveryItem;
import io.tillpost.recovery.RecoveryOperation;
import io.tillpost.recovery.TargetAnswer;
import io.tillpost.recovery.TargetAsked;
import io.tillpost.recovery.TargetQuestion;
import io.tillpost.store.Documents.Versioned;
import io.tillpost.store.Messages;
import io.tillpost.store.Page;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks targets for what a question is about, one message after the other, as fast as each target
 * may be spoken to. It reads and never sends: whatever a target says, nothing is dispatched by it.
 * What was answered stands at the item, so another console goes on where this one died.
 */
final class QuestionRun {
  private static final int PAGE = 500;
  private static final int SILENT_AT_MOST = 3;
  private static final long LOOK_EVERY_MILLIS = 20;

  private final RecoveryRecords records;
  private final Messages messages;
  private final ItemFollower follower;
  private final LookUps lookUps;
  private final TargetGates targets;
  private final AuditLog audit;
  private final BooleanSupplier lease;
  private final Clock clock;

  /**
   * @param lease whether this console is still the one that speaks to targets
   */
  QuestionRun(
      RecoveryRecords records,
      Messages messages,
      ItemFollower follower,
      LookUps lookUps,
      TargetGates targets,
      AuditLog audit,
      BooleanSupplier lease,
      Clock clock) {
    this.records = records;
    this.messages = messages;
    this.follower = follower;
    this.lookUps = lookUps;
    this.targets = targets;
    this.audit = audit;
    this.lease = lease;
    this.clock = clock;
  }

  /** Asks what is still to be asked; returns early where another console has the lease. */
  void run(String questionId) throws InterruptedException {
    Versioned<TargetQuestion> question = records.questions().get(questionId).orElse(null);
    if (question == null || question.value().finished()) {
      return;
    }
    Walk walk = new Walk(question.value());
    String after = null;
    do {
      Page<Versioned<RecoveryItem>> page =
          records
              .items()
              .find(
                  Questions.unconfirmed(question.value())
                      .sorted("planned_at", false)
                      .page(PAGE, after));
      for (Versioned<RecoveryItem> item : page.items()) {
        if (!lease.getAsBoolean()) {
          return;
        }
        walk.ask(item);
      }
      after = page.next();
    } while (after != null);
    records.questions().replace(question, question.value().ended(clock.instant(), walk.note()));
  }

  /** One way through the items of a question. */
  private final class Walk {
    private final TargetQuestion question;
    private final Map<String, Integer> silent = new HashMap<>();
    private final Map<String, String> leftOut = new HashMap<>();
    private final Map<String, Optional<String>> channels = new HashMap<>();

    Walk(TargetQuestion question) {
      this.question = question;
    }

    /** Why some were not asked for; null where all were. */
    @Nullable String note() {
      return leftOut.isEmpty() ? null : String.join(" ", leftOut.values());
    }

    void ask(Versioned<RecoveryItem> found) throws InterruptedException {
      TargetAsked before = found.value().asked();
      if (before != null && before.questionId().equals(question.id())) {
        return;
      }
      // What message events tell by now needs no question.
      Versioned<RecoveryItem> known = follower.look(records.again(found));
      RecoveryItem item = known.value();
      String target = item.message().targetName();
      if (item.state() != ItemState.UNCONFIRMED
          || !LookUps.tellsOf(item)
          || leftOut.containsKey(target)) {
        return;
      }
      Optional<LookedUp> answer = answer(item, target);
      if (answer.isEmpty()) {
        return;
      }
      write(known, answer.get());
      int inARow =
          answer.get() instanceof LookedUp.NotKnown ? silent.merge(target, 1, Integer::sum) : 0;
      silent.put(target, inARow);
      if (inARow >= SILENT_AT_MOST) {
        leftOut.put(
            target,
            "%s did not answer %d times in a row, so it was not asked for the rest."
                .formatted(target, inARow));
      }
    }

    /** Empty where the target is not asked; why not is noted. */
    private Optional<LookedUp> answer(RecoveryItem item, String target)
        throws InterruptedException {
      Optional<Message> message =
          messages.find(new MessageId(item.messageId())).map(Messages.StoredMessage::message);
      if (message.isEmpty()) {
        return Optional.of(new LookedUp.NotKnown("the message is not stored any more"));
      }
      String channel = channels.computeIfAbsent(item.operationId(), this::channel).orElse("");
      if (!enter(target)) {
        return Optional.empty();
      }
      try {
        LookedUp answer = lookUps.ask(channel, message.get());
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
        return Optional.of(answer);
      } finally {
        targets.of(target).leave();
      }
    }

    private Optional<String> channel(String operationId) {
      return records
          .operations()
          .get(operationId)
          .map(Versioned::value)
          .map(RecoveryOperation::channel);
    }

    /** Waits for the target's turn; false in a freeze or a maintenance window. */
    private boolean enter(String target) throws InterruptedException {
      TargetGate gate = targets.of(target);
      while (!gate.enter(clock.instant())) {
        Optional<String> why = targets.heldUp(target, clock.instant());
        if (why.isPresent()) {
          leftOut.put(target, Questions.notAsked(target, why.get()));
          return false;
        }
        Thread.sleep(LOOK_EVERY_MILLIS);
      }
      return true;
    }

    private void write(Versioned<RecoveryItem> known, LookedUp answer) {
      Instant now = clock.instant();
      RecoveryItem item = known.value();
      TargetAsked asked = new TargetAsked(question.id(), question.askedBy(), now, meaning(answer));
      ItemEvent event = new ItemEvent.TargetAnswered(asked, words(answer));
      // After a crash in between it is asked again: there may be two entries, there is never none.
      audit.noteOneOfMany(
          AuditAct.of(
                  question.askedBy(),
                  AuditAction.ASK_TARGET,
                  new AuditSubject(AuditSubject.Kind.MESSAGE, item.messageId()))
              .changing(
                  "Unconfirmed attempt " + item.attempt(),
                  asked.answer() == TargetAnswer.HAS_IT ? "Already done" : "Unconfirmed"),
          AuditOutcome.DONE,
          words(answer));
      records.apply(known, event, now);
    }
  }

  private static TargetAnswer meaning(LookedUp answer) {
    return switch (answer) {
      case LookedUp.Posted _ -> TargetAnswer.HAS_IT;
      case LookedUp.Pending _ -> TargetAnswer.ON_ITS_WAY;
      case LookedUp.Absent _ -> TargetAnswer.DOES_NOT_HAVE_IT;
      case LookedUp.NotKnown _ -> TargetAnswer.NO_ANSWER;
    };
  }

  private static String words(LookedUp answer) {
    return switch (answer) {
      case LookedUp.Posted _ -> LookUps.HAS_IT;
      case LookedUp.Pending _ -> "The target says that it is on its way";
      case LookedUp.Absent _ ->
          "The target does not have it, as it says when it is asked by business key: it may be sent again";
      case LookedUp.NotKnown silent -> "The target was asked and did not say: " + silent.why();
    };
  }
}
