package io.tillpost.estate.middleware;

import io.tillpost.estate.message.Failure;
import io.tillpost.estate.message.Message;
import io.tillpost.estate.message.Stage;
import io.tillpost.estate.message.Workflow;
import io.tillpost.estate.plan.Dice;
import io.tillpost.estate.plan.Store;
import io.tillpost.estate.pos.Payloads;
import io.tillpost.estate.trouble.Course;
import io.tillpost.estate.trouble.Effect;
import io.tillpost.estate.trouble.Troubles;
import io.tillpost.estate.wire.CloudEventWriter;
import io.tillpost.estate.wire.EncodedEvent;
import io.tillpost.estate.wire.MessageEvent;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reports the stages that messages reach: at once, late, out of order or twice. */
final class Reports {
  private static final long LINE_CHECK = 20_000;

  private final long seed;
  private final Troubles troubles;
  private final Agenda agenda;
  private final TraceIds ids;
  private final Payloads payloads;
  private final BusinessKeys keys;
  private final Consumer<EncodedEvent> sink;

  Reports(long seed, Troubles troubles, Agenda agenda, TraceIds ids, Consumer<EncodedEvent> sink) {
    this.seed = seed;
    this.troubles = troubles;
    this.agenda = agenda;
    this.ids = ids;
    this.payloads = new Payloads(seed);
    this.keys = new BusinessKeys(seed, payloads);
    this.sink = sink;
  }

  /** A message has reached a stage. */
  void stage(Message message, Stage stage, long at) {
    report(message, stage, message.attempt(), at, null);
  }

  /** A message has reached a stage of an earlier attempt, or failed with a failure. */
  void report(Message message, Stage stage, int attempt, long at, @Nullable Failure failure) {
    Dice dice = Dice.of(seed, message.key().code(), 100_000L + attempt * 32L + stage.code());
    String id = dice.hex(32);
    String source = source(message, stage);
    EncodedEvent event =
        CloudEventWriter.write(
            new MessageEvent(
                id,
                source,
                message,
                stage,
                attempt,
                at,
                ids.traceparent(message, stage),
                keys.of(message),
                failure,
                payload(message, stage)));
    Store store = message.store();
    boolean fromStore = source.startsWith("/pos/");
    if (fromStore && troubles.affecting(Effect.STORE_DARK, store, at) != null) {
      agenda.report(at + LINE_CHECK, event, store);
      return;
    }
    long delay = delay(store, fromStore, at, dice);
    send(event, at, delay);
    Course twice = troubles.affecting(Effect.DUPLICATE_EVENTS, store, at);
    if (twice != null && twice.picks(dice)) {
      send(event, at, delay + dice.between(1_000, 40_000));
    }
  }

  /** A report's time has come: it leaves, or waits on for the line of its store. */
  void leave(Agenda.Report report) {
    Store store = report.store();
    if (store != null && troubles.affecting(Effect.STORE_DARK, store, report.at()) != null) {
      agenda.report(report.at() + LINE_CHECK, report.event(), store);
    } else {
      sink.accept(report.event());
    }
  }

  private void send(EncodedEvent event, long at, long delay) {
    if (delay == 0) {
      sink.accept(event);
    } else {
      agenda.report(at + delay, event, null);
    }
  }

  private long delay(Store store, boolean fromStore, long at, Dice dice) {
    Course late = troubles.affecting(Effect.LATE_EVENTS, store, at);
    if (late != null && late.picks(dice)) {
      return dice.between(120_000, 900_000);
    }
    Course mixed = troubles.affecting(Effect.OUT_OF_ORDER_EVENTS, store, at);
    if (mixed != null && mixed.picks(dice)) {
      return dice.between(3_000, 12_000);
    }
    boolean slowLine = fromStore && troubles.affecting(Effect.STORE_OFFLINE, store, at) != null;
    return slowLine ? dice.between(2_000, 20_000) : 0;
  }

  private @Nullable String payload(Message message, Stage stage) {
    if (stage == Stage.CAPTURED) {
      return payloads.of(message);
    }
    return stage == Stage.RECEIVED ? message.correctedPayload() : null;
  }

  private static String source(Message message, Stage stage) {
    Workflow workflow = message.workflow();
    String store = "/pos/" + message.store().id();
    return switch (stage) {
      case CAPTURED -> workflow.source().equals("pos") ? store : "/erp";
      case RECEIVED -> "/middleware/ingress";
      case VALIDATED -> "/middleware/validation";
      case TRANSFORMED -> "/middleware/mapping";
      case QUEUED, DEAD_LETTERED -> "/middleware/queue";
      case DISCARDED -> "/middleware/recovery";
      case FAILED ->
          message.reachedAt(Stage.SUBMITTED) > 0
              ? "/middleware/" + workflow.target() + "-adapter"
              : "/middleware/mapping";
      case SUBMITTED -> "/middleware/" + workflow.target() + "-adapter";
      case CONFIRMED -> workflow.target().equals("pos") ? store : "/" + workflow.target();
    };
  }
}
