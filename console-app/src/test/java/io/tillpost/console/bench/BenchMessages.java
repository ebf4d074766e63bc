package io.tillpost.console.bench;

import io.tillpost.failure.Failure;
import io.tillpost.message.BusinessKey;
import io.tillpost.message.EventId;
import io.tillpost.message.MessageEvent;
import io.tillpost.message.MessageId;
import io.tillpost.message.Money;
import io.tillpost.message.Payload;
import io.tillpost.message.Stage;
import io.tillpost.trace.TraceId;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Messages as a retail chain has them, the same ones for the same seed: some failed, 1.5 % under
 * way and mostly overdue, 2 % late, 2 % confirmed by a second attempt, all others in time.
 */
final class BenchMessages {
  private static final List<Stage> PATH =
      List.of(
          Stage.CAPTURED,
          Stage.RECEIVED,
          Stage.VALIDATED,
          Stage.TRANSFORMED,
          Stage.QUEUED,
          Stage.SUBMITTED,
          Stage.CONFIRMED);

  private final Random random;
  private final Instant now;
  private final Duration span;
  private final int failed;

  /**
   * @param failed how many of a hundred
   */
  BenchMessages(long seed, Instant now, Duration span, int failed) {
    this.failed = failed;
    this.random = new Random(seed);
    this.now = now;
    this.span = span;
  }

  /** The events of the message with this number, the one with the payload first. */
  List<MessageEvent> message(int number) {
    String[] process = BenchEstate.process(random);
    int store = random.nextInt(BenchEstate.STORES);
    Instant captured = now.minusMillis(1_000 + random.nextLong(span.toMillis()));
    Draft draft = new Draft(number, process[0], process[1], BenchEstate.storeId(store), captured);
    int kind = random.nextInt(1_000) - 10 * failed;
    if (kind < 0) {
      return draft.path(1, captured, 1_000, Stage.SUBMITTED, BenchFailures.any(random));
    }
    if (kind < 15) {
      Stage last = kind < 7 ? Stage.CAPTURED : Stage.QUEUED;
      return draft.path(1, captured, 1_000, last, null);
    }
    if (kind < 35) {
      return draft.path(1, captured, 900_000, Stage.CONFIRMED, null);
    }
    if (kind < 55) {
      List<MessageEvent> events =
          draft.path(1, captured, 1_000, Stage.SUBMITTED, BenchFailures.any(random));
      Instant again = captured.plusSeconds(600);
      events.addAll(draft.path(2, again, 1_000, Stage.CONFIRMED, null));
      return events;
    }
    return draft.path(1, captured, 1_000, Stage.CONFIRMED, null);
  }

  /** A message whose events are being made. */
  private final class Draft {
    private final MessageId id;
    private final String workflow;
    private final String target;
    private final BusinessKey key;
    private final Instant captured;
    private final Money amount;

    Draft(int number, String workflow, String target, String store, Instant captured) {
      this.id = new MessageId("%s-%s-%08d".formatted(workflow, store, number));
      this.workflow = workflow;
      this.target = target;
      this.captured = captured;
      this.amount = new Money(random.nextInt(30_000), random.nextInt(20) == 0 ? "CHF" : "EUR");
      String register = "%02d".formatted(1 + random.nextInt(4));
      this.key =
          BusinessKey.of(
              store,
              register,
              captured.atZone(ZoneOffset.UTC).toLocalDate(),
              (long) number,
              Map.of(
                  "receipt",
                  store + "-" + register + "-" + number,
                  "sku",
                  "A-%05d".formatted(random.nextInt(20_000))));
    }

    List<MessageEvent> path(
        int attempt, Instant start, long stepMillis, Stage last, @Nullable Failure failure) {
      List<MessageEvent> events = new ArrayList<>();
      TraceId trace = new TraceId("%016x%016x".formatted(random.nextLong(), attempt));
      Instant time = start;
      for (Stage stage : PATH) {
        if (stage.compareTo(last) <= 0 && (attempt == 1 || stage != Stage.CAPTURED)) {
          events.add(event(stage, attempt, time, null, trace));
          time = time.plusMillis(stepMillis / 2 + random.nextLong(stepMillis));
        }
      }
      if (failure != null) {
        events.add(event(Stage.FAILED, attempt, time, failure, trace));
      }
      return events;
    }

    private MessageEvent event(
        Stage stage, int attempt, Instant time, @Nullable Failure failure, TraceId trace) {
      boolean atTill = stage == Stage.CAPTURED;
      return new MessageEvent(
          new EventId(
              atTill ? "/tills/" + key.storeId() : "/middleware", id + ":" + attempt + ":" + stage),
          id,
          workflow,
          stage,
          attempt,
          time,
          captured,
          "c-" + id,
          "pos",
          target,
          key,
          amount,
          "sales/2",
          failure,
          atTill ? payload() : null,
          trace,
          null);
    }

    private Payload payload() {
      StringBuilder lines = new StringBuilder();
      for (int line = 0; line < 5; line++) {
        lines
            .append(line == 0 ? "" : ",")
            .append(
                "{\"sku\":\"A-%05d\",\"quantity\":%d,\"minor\":%d,\"taxCode\":\"DE-19\"}"
                    .formatted(
                        random.nextInt(20_000), 1 + random.nextInt(5), random.nextInt(9_999)));
      }
      return new Payload(
          "application/json",
          "{\"receipt\":\"%s\",\"lines\":[%s]}".formatted(key.keys().get("receipt"), lines),
          false);
    }
  }
}
