package io.tillpost.estate.middleware;

import io.tillpost.estate.erp.Erp;
import io.tillpost.estate.message.Failure;
import io.tillpost.estate.message.Message;
import io.tillpost.estate.message.Message.State;
import io.tillpost.estate.message.MessageKey;
import io.tillpost.estate.message.Stage;
import io.tillpost.estate.message.Target;
import io.tillpost.estate.message.Workflow;
import io.tillpost.estate.plan.Dice;
import io.tillpost.estate.plan.Store;
import io.tillpost.estate.pos.Tills;
import io.tillpost.estate.trouble.Course;
import io.tillpost.estate.trouble.Effect;
import io.tillpost.estate.trouble.Troubles;
import io.tillpost.estate.wire.EncodedEvent;
import io.tillpost.estate.wire.Tracing;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Carries messages from their source to their target, stage by stage, in the time of the estate: it
 * moves only as far as it is told to. Holds every message that is not finished. Not safe for
 * several threads.
 */
public final class Middleware {
  private static final int MOST_REDELIVERIES = 2;

  private final long seed;
  private final Troubles troubles;
  private final long anchor;
  private final Agenda agenda = new Agenda();
  private final Targets targets;
  private final Reports reports;
  private final Traces traces;
  private final Map<MessageKey, Message> open = new HashMap<>();
  private final Set<MessageKey> discarded = new HashSet<>();

  /**
   * A middleware without messages.
   *
   * @param anchor epoch milliseconds at which the estate went live: what failed before is left for
   *     people to recover
   * @param events takes each encoded message event
   */
  public Middleware(
      long seed, Troubles troubles, long anchor, Tracing tracing, Consumer<EncodedEvent> events) {
    this.seed = seed;
    this.troubles = troubles;
    this.anchor = anchor;
    TraceIds ids = new TraceIds(seed);
    targets = new Targets(troubles, seed);
    reports = new Reports(seed, troubles, agenda, ids, events);
    traces = new Traces(tracing, ids, targets.loyalty());
  }

  /** The ERP behind it. */
  public Erp erp() {
    return targets.erp();
  }

  /** Takes a message whose source has just captured it. */
  public void capture(Message message) {
    open.put(message.key(), message);
    agenda.move(message, State.UNDER_WAY, Stage.CAPTURED, message.capturedAt());
  }

  /** Takes back a message as it was, with its next appointment. */
  public void restore(Message message) {
    open.put(message.key(), message);
    if (message.dueAt() > 0) {
      agenda.move(message, message.state(), message.next(), message.dueAt());
    }
  }

  /** Takes back a report that had not left yet; {@code store} where it waits for a store's line. */
  public void restoreReport(long at, EncodedEvent event, @Nullable Store store) {
    agenda.report(at, event, store);
  }

  /** Takes back that a message was discarded. */
  public void restoreDiscarded(MessageKey key) {
    discarded.add(key);
  }

  /** Does everything that is due up to a time. */
  public void advance(long to) {
    for (Agenda.Entry next = agenda.poll(to); next != null; next = agenda.poll(to)) {
      switch (next) {
        case Agenda.Move move -> {
          if (move.turn() == move.message().turn()) {
            move(move.message(), move.at());
          }
        }
        case Agenda.Report report -> reports.leave(report);
      }
    }
  }

  /** The messages that are not finished. */
  public Collection<Message> open() {
    return open.values();
  }

  /** The messages that were discarded. */
  public Set<MessageKey> discarded() {
    return Set.copyOf(discarded);
  }

  /** Calls back for each report that has not left yet, oldest first. */
  public void pendingReports(PendingReport visitor) {
    for (Agenda.Report report : agenda.reports()) {
      visitor.visit(report.at(), report.event(), report.store());
    }
  }

  /** Takes a report that has not left yet. */
  public interface PendingReport {
    void visit(long at, EncodedEvent event, @Nullable Store store);
  }

  /** The unfinished message of a key, or null. */
  public @Nullable Message find(MessageKey key) {
    return open.get(key);
  }

  /** What the target knows of a message that has been captured. Changes nothing. */
  public Standing standing(MessageKey key) {
    if (discarded.contains(key)) {
      return Standing.ABSENT;
    }
    Message message = open.get(key);
    if (message == null || message.posted()) {
      return Standing.POSTED;
    }
    return message.state() == State.UNDER_WAY ? Standing.PENDING : Standing.ABSENT;
  }

  /**
   * Somebody asks for recovery of a message that has been captured.
   *
   * @param now epoch milliseconds
   */
  public Recovery.Answer recover(MessageKey key, Recovery.Request request, long now) {
    if (discarded.contains(key)) {
      return new Recovery.Refused("Message " + request.messageId() + " was discarded");
    }
    Message message = open.get(key);
    if (message == null) {
      return new Recovery.AlreadyPosted();
    }
    if (message.posted()) {
      confirmLate(message, now);
      return new Recovery.AlreadyPosted();
    }
    if (message.state() == State.WAITING_FOR_LINE || message.next() == Stage.CAPTURED) {
      return new Recovery.Refused(
          "The middleware has not received "
              + request.messageId()
              + ": the line of store "
              + message.store().id()
              + " is down, the till sends it when the line is back");
    }
    if (message.state() == State.UNDER_WAY) {
      return new Recovery.Later(5, "Message " + request.messageId() + " is under way");
    }
    if (request.attempt() <= message.attempt()) {
      return new Recovery.Refused(
          "Attempt " + request.attempt() + " of " + request.messageId() + " was made already");
    }
    if (request.action() == Recovery.Action.DISCARD) {
      begin(message, request);
      reports.stage(message, Stage.DISCARDED, now);
      open.remove(key);
      discarded.add(key);
      return new Recovery.Accepted();
    }
    if (message.workflow().postsToErp() && targets.erp().isDown(message, now)) {
      return new Recovery.Later(20, "The ERP is not open for posting");
    }
    begin(message, request);
    if (request.payload() != null) {
      message.correct(request.payload());
    }
    agenda.move(message, State.UNDER_WAY, Stage.RECEIVED, now + 120);
    return new Recovery.Accepted();
  }

  private static void begin(Message message, Recovery.Request request) {
    message.beginAttempt(request.attempt(), 0);
    message.follow(request.traceparent());
    message.fail(null);
    forgetTimes(message);
  }

  private static void forgetTimes(Message message) {
    for (Stage stage : Stage.values()) {
      message.reached(stage, 0);
    }
  }

  /** The target had it all the time; its word was lost. */
  private void confirmLate(Message message, long now) {
    open.remove(message.key());
    message.awaits(State.UNDER_WAY, Stage.CONFIRMED, 0);
    reports.stage(message, Stage.CONFIRMED, now);
  }

  private void move(Message message, long at) {
    switch (message.state()) {
      case UNDER_WAY -> proceed(message, at);
      case WAITING_FOR_LINE -> receive(message, at);
      case UNCONFIRMED -> awaitConfirmation(message, at);
      case FAILED -> redrive(message, at);
    }
  }

  private void proceed(Message message, long at) {
    switch (message.next()) {
      case RECEIVED -> receive(message, at);
      case TRANSFORMED -> transform(message, at);
      case SUBMITTED -> submit(message, at);
      case CONFIRMED -> answer(message, at);
      default -> pass(message, message.next(), at);
    }
  }

  private void pass(Message message, Stage stage, long at) {
    message.reached(stage, at);
    reports.stage(message, stage, at);
    List<Stage> stages = message.workflow().stages();
    Stage next = stages.get(stages.indexOf(stage) + 1);
    agenda.move(message, State.UNDER_WAY, next, at + delay(message, next, at));
  }

  private long delay(Message message, Stage next, long at) {
    Dice dice =
        Dice.of(seed, message.key().code(), 10_000L + message.attempt() * 16L + next.code());
    return switch (next) {
      case RECEIVED -> dice.latency(90, 380);
      case VALIDATED -> dice.latency(6, 14);
      case TRANSFORMED -> dice.latency(9, 22);
      case QUEUED -> dice.latency(4, 5);
      case SUBMITTED -> dice.latency(90, 850);
      default -> targets.of(message).latency(message, at);
    };
  }

  private void receive(Message message, long at) {
    boolean fromStore =
        message.recoveryTraceparent() == null
            && message.attempt() == 1
            && message.workflow().source().equals("pos");
    if (fromStore && Targets.lineDown(troubles, message, at)) {
      if (!message.heldBack()) {
        message.holdBack();
        traces.lineDown(message, message.capturedAt());
      }
      long check = message.key().dice(seed, "line" + at).between(8_000, 30_000);
      agenda.move(message, State.WAITING_FOR_LINE, Stage.RECEIVED, at + check);
      return;
    }
    pass(message, Stage.RECEIVED, at);
  }

  private void transform(Message message, long at) {
    Course changed = troubles.affecting(Effect.SCHEMA_CHANGED, message.store(), at);
    if (changed != null
        && message.workflow() == Workflow.RETURNS
        && Tills.runsNextSoftware(seed, message.store().number())
        && (message.correctedPayload() == null
            || message.correctedPayload().contains("refundReasonCode"))) {
      Map<String, String> variables =
          Map.of("receipt", message.key().receipt(), "schema", message.workflow().schemaVersion());
      fail(message, changed.failure(variables), at);
      return;
    }
    pass(message, Stage.TRANSFORMED, at);
  }

  private void submit(Message message, long at) {
    if (targets.of(message).isHeld(message, at)) {
      long wait = message.key().dice(seed, "held" + at).between(20_000, 60_000);
      agenda.move(message, State.UNDER_WAY, Stage.SUBMITTED, at + wait);
      return;
    }
    pass(message, Stage.SUBMITTED, at);
  }

  private void answer(Message message, long at) {
    switch (targets.of(message).take(message, at)) {
      case Target.Posted posted -> confirm(message, at);
      case Target.Refused refused -> fail(message, refused.failure(), at);
      case Target.TakenIn takenIn -> {
        traces.attempt(message, at, null);
        agenda.move(message, State.UNCONFIRMED, Stage.CONFIRMED, at + 60_000);
      }
    }
  }

  private void confirm(Message message, long at) {
    message.reached(Stage.CONFIRMED, at);
    reports.stage(message, Stage.CONFIRMED, at);
    traces.attempt(message, at, null);
    open.remove(message.key());
  }

  private void awaitConfirmation(Message message, long at) {
    if (troubles.affecting(Effect.RETURNS_UNCONFIRMED, message.store(), at) != null) {
      agenda.move(message, State.UNCONFIRMED, Stage.CONFIRMED, at + 60_000);
    } else if (!message.posted()) {
      targets.of(message).take(message, at);
      agenda.move(
          message,
          State.UNCONFIRMED,
          Stage.CONFIRMED,
          at + message.key().dice(seed, "word").between(1_000, 240_000));
    } else {
      open.remove(message.key());
      message.reached(Stage.CONFIRMED, at);
      reports.stage(message, Stage.CONFIRMED, at);
    }
  }

  private void fail(Message message, Failure failure, long at) {
    message.fail(failure);
    boolean again =
        failure.isTransient()
            && message.recoveryTraceparent() == null
            && message.redeliveries() < MOST_REDELIVERIES;
    boolean givenUp = failure.isTransient() && message.redeliveries() >= MOST_REDELIVERIES;
    reports.report(
        message, givenUp ? Stage.DEAD_LETTERED : Stage.FAILED, message.attempt(), at, failure);
    traces.attempt(message, at, failure);
    if (again) {
      int redelivery = message.redeliveries() + 1;
      Dice dice = message.key().dice(seed, "redelivery" + message.attempt());
      message.beginAttempt(message.attempt() + 1, redelivery);
      message.reached(Stage.SUBMITTED, 0);
      long wait = dice.between(20_000, 40_000) * (long) redelivery;
      agenda.move(message, State.UNDER_WAY, Stage.SUBMITTED, at + wait);
      return;
    }
    awaitRedrive(message, failure, at);
  }

  private void awaitRedrive(Message message, Failure failure, long at) {
    var redrive = troubles.named(failure.trouble()).map(Course::trouble);
    if (message.capturedAt() < anchor
        || redrive.isEmpty()
        || redrive.get().redriveAfter() == null) {
      message.awaits(State.FAILED, Stage.RECEIVED, 0);
      return;
    }
    long wait =
        redrive.get().redriveAfter().toMillis()
            + message.key().dice(seed, "redrive").between(0, 600_000);
    agenda.move(message, State.FAILED, Stage.RECEIVED, at + wait);
  }

  /** Nobody has looked after it: the middleware tries itself, once the cause is gone. */
  private void redrive(Message message, long at) {
    Failure failure = message.failure();
    if (failure != null && troubles.active(failure.trouble(), message.store(), at)) {
      agenda.move(message, State.FAILED, Stage.RECEIVED, at + 300_000);
      return;
    }
    message.beginAttempt(message.attempt() + 1, 0);
    message.follow(null);
    message.fail(null);
    forgetTimes(message);
    agenda.move(message, State.UNDER_WAY, Stage.QUEUED, at + 50);
  }
}
