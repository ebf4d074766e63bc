package io.tillpost.ingest.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillpost.ingest.receive.Sender;
import io.tillpost.ingest.receive.TimeWindow;
import io.tillpost.message.MessageEvent;
import io.tillpost.message.Payload;
import io.tillpost.testing.RandomEvents;
import io.tillpost.testing.Samples;
import io.tillpost.trace.SpanId;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class CloudEventTextTest {
  private static final EventRules RULES =
      new EventRules(
          new TimeWindow(
              Clock.fixed(Samples.MORNING, ZoneOffset.UTC),
              Duration.ofDays(30),
              Duration.ofDays(30)));

  @Test
  void whatIsWrittenIsReadAsTheSameEvent() {
    List<MessageEvent> events =
        LongStream.range(0, 200)
            .boxed()
            .flatMap(seed -> RandomEvents.of(seed).stream())
            .map(CloudEventTextTest::asAnEventCanBe)
            .toList();
    for (MessageEvent event : events) {
      CloudEventInput input =
          new CloudEventInput(new JsonMapper().readTree(CloudEventText.of(event)));
      input.checkEnvelope();
      assertThat(RULES.read(Sender.unbound("test"), input))
          .isEqualTo(new EventRules.Read.Good(event));
    }
  }

  /** A CloudEvent has a failure only where something failed, and a trace only with its span. */
  private static MessageEvent asAnEventCanBe(MessageEvent event) {
    Payload payload = event.payload();
    return new MessageEvent(
        event.id(),
        event.messageId(),
        event.workflow(),
        event.stage(),
        event.attempt(),
        event.time(),
        event.capturedAt(),
        event.correlationId(),
        event.source(),
        event.target(),
        event.businessKey(),
        event.amount(),
        event.schemaVersion(),
        event.stage().needsFailure() ? event.failure() : null,
        payload == null || !payload.base64()
            ? payload
            : new Payload(payload.contentType(), "AAEC", true),
        event.traceId(),
        event.traceId() == null ? null : new SpanId("00f067aa0ba902b7"));
  }
}
