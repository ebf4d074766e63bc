package io.tillpost.estate;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.tillpost.estate.channel.Desk;
import io.tillpost.estate.middleware.Recovery;
import io.tillpost.estate.plan.Pace;
import io.tillpost.estate.state.EstateState;
import io.tillpost.estate.state.StateDirectory;
import io.tillpost.estate.wire.EncodedEvent;
import io.tillpost.estate.wire.SpanSender;
import io.tillpost.estate.wire.Tracing;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An estate whose clock the test moves, with everything it has sent. */
final class EstateInTime implements AutoCloseable {
  static final String RECOVERY_TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

  private static final JsonMapper JSON = new JsonMapper();

  private final List<JsonNode> events = new ArrayList<>();
  private final List<SpanData> spans = new CopyOnWriteArrayList<>();
  private final SpanSender sender = new SpanSender(new Kept(), complaint -> {});
  private final StateDirectory directory;
  private final Estate estate;
  private int keys;

  /** The estate that the directory holds, or a fresh one that goes live at {@code anchor}. */
  EstateInTime(int stores, Instant anchor, Path state) throws IOException {
    directory = StateDirectory.open(state).orElseThrow();
    EstateState before =
        directory
            .load()
            .orElseGet(() -> EstateState.fresh(42, stores, "default", anchor.toEpochMilli()));
    Estate[] made = new Estate[1];
    InstantSource now = () -> Instant.ofEpochMilli(made[0].position());
    Clock clock =
        new Clock() {
          @Override
          public Instant instant() {
            return now.instant();
          }

          @Override
          public ZoneId getZone() {
            return ZoneOffset.UTC;
          }

          @Override
          public Clock withZone(ZoneId zone) {
            return this;
          }
        };
    made[0] = new Estate(before, directory.journal(), new Tracing(sender), clock);
    estate = made[0];
  }

  Estate estate() {
    return estate;
  }

  /** Sends the history before the anchor and goes live. */
  EstateInTime history(Instant anchor, Duration length) throws Exception {
    estate.startAt(anchor.minus(length).toEpochMilli());
    to(anchor, Pace.HISTORY);
    estate.saveTo(directory);
    return this;
  }

  void save() throws IOException {
    estate.saveTo(directory);
  }

  void pass(Duration time) throws InterruptedException {
    to(now().plus(time), Pace.HISTORY);
  }

  Instant now() {
    return Instant.ofEpochMilli(estate.position());
  }

  void to(Instant end, Pace pace) throws InterruptedException {
    while (estate.position() < end.toEpochMilli()) {
      estate.advance(Math.min(end.toEpochMilli(), estate.position() + 60_000), pace);
      take();
    }
  }

  void take() throws InterruptedException {
    for (EncodedEvent event : estate.takeEvents()) {
      events.add(JSON.readTree(event.text()));
    }
    sender.push(true);
  }

  List<JsonNode> events() {
    return events;
  }

  /** The events of a message, in the order they left. */
  List<JsonNode> eventsOf(String messageId) {
    return events.stream()
        .filter(event -> event.path("subject").asString().equals(messageId))
        .toList();
  }

  /** The events of a stage with a failure code. */
  List<JsonNode> failed(String code) {
    return events.stream()
        .filter(e -> e.path("data").path("failure").path("code").asString("").equals(code))
        .toList();
  }

  List<SpanData> spans() throws InterruptedException {
    sender.flush(Duration.ofSeconds(10));
    return spans;
  }

  Desk.Reply recover(Recovery.Action action, String messageId, int attempt, String payload) {
    String traceparent = "00-" + RECOVERY_TRACE + "-00f067aa0ba902b7-01";
    return estate.recover(
        messageId + ":" + attempt + ":" + keys++,
        new Recovery.Request(action, messageId, attempt, traceparent, payload));
  }

  Desk.Reply retry(String messageId, int attempt) {
    return recover(Recovery.Action.RETRY, messageId, attempt, null);
  }

  @Override
  public void close() throws IOException {
    sender.shutdown();
    directory.close();
  }

  private final class Kept implements SpanExporter {
    @Override
    public CompletableResultCode export(Collection<SpanData> batch) {
      spans.addAll(batch);
      return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode flush() {
      return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode shutdown() {
      return CompletableResultCode.ofSuccess();
    }
  }
}
