package io.tillpost.estate.middleware;

import io.tillpost.estate.message.Message;
import io.tillpost.estate.message.Stage;
import io.tillpost.estate.plan.Dice;

/** The trace and span ids of a message, known before any span is there. */
final class TraceIds {
  /** The pieces of work that a delivery is made of. */
  enum Work {
    SEND(0),
    RESEND(1),
    RECEIVE(2),
    ENQUEUE(3),
    PROCESS(4),
    CALL(5),
    SERVE(6);

    private final int code;

    Work(int code) {
      this.code = code;
    }
  }

  private final long seed;

  TraceIds(long seed) {
    this.seed = seed;
  }

  /** The trace of the present attempt. */
  String trace(Message message) {
    String recovery = message.recoveryTraceparent();
    return recovery == null ? ownTrace(message) : recovery.substring(3, 35);
  }

  /** The trace that the message began with. */
  String ownTrace(Message message) {
    return message.key().dice(seed, "trace").hex(32);
  }

  String span(Message message, int attempt, Work work) {
    return Dice.of(seed, message.key().code(), 1_000L + attempt * 16L + work.code).hex(16);
  }

  /** The trace context that the report of a stage carries. */
  String traceparent(Message message, Stage stage) {
    Work work =
        switch (stage) {
          case CAPTURED -> Work.SEND;
          case RECEIVED, VALIDATED, TRANSFORMED, DISCARDED -> Work.RECEIVE;
          case QUEUED -> Work.ENQUEUE;
          case SUBMITTED -> Work.CALL;
          case FAILED -> message.reachedAt(Stage.SUBMITTED) > 0 ? Work.CALL : Work.RECEIVE;
          case DEAD_LETTERED -> Work.PROCESS;
          case CONFIRMED -> message.workflow().postsToErp() ? Work.SERVE : Work.CALL;
        };
    int attempt =
        work == Work.RECEIVE || work == Work.ENQUEUE
            ? message.attempt() - message.redeliveries()
            : message.attempt();
    return "00-" + trace(message) + "-" + span(message, attempt, work) + "-01";
  }
}
