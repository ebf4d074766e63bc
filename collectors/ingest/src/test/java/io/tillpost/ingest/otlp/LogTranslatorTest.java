package io.tillpost.ingest.otlp;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.tillpost.ingest.log.IngestRecord.OfEvent;
import io.tillpost.ingest.masking.Masking;
import io.tillpost.ingest.receive.Sender;
import io.tillpost.ingest.receive.TimeWindow;
import io.tillpost.ingest.status.EventRules;
import io.tillpost.message.Payload;
import io.tillpost.testing.MutableClock;
import io.tillpost.testing.Samples;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LogTranslatorTest {
  private static final Clock CLOCK = MutableClock.at(Samples.MORNING);

  /** Sixteen digits that could be a card's. */
  private static final String DATED = "2611240412030040";

  private static final String CARD = "4111111111111111";

  private final LogTranslator translator =
      new LogTranslator(
          new EventRules(
              new TimeWindow(CLOCK, Duration.ofDays(30), Duration.ofMinutes(10)),
              Map.of("sales-posting", Masking.of(List.of("26112404\\d{8}"), List.of()))),
          CLOCK);

  @Test
  void inABodyOfBytesAWorkflowKeepsItsNumbersToo() {
    String sent = DATED + " paid with " + CARD;
    assertThat(body("sales-posting", sent)).isEqualTo(DATED + " paid with 411111******1111");
    assertThat(body("returns-posting", sent))
        .isEqualTo("261124******0040 paid with 411111******1111");
  }

  private String body(String workflow, String bytes) {
    LogRecord log =
        LogRecord.newBuilder()
            .setEventName("tillpost.message")
            .setTimeUnixNano(CLOCK.millis() * 1_000_000)
            .addAttributes(attribute("messaging.message.id", "m-1"))
            .addAttributes(attribute("tillpost.workflow", workflow))
            .addAttributes(attribute("tillpost.stage", "CAPTURED"))
            .addAttributes(attribute("tillpost.store.id", "0412"))
            .addAttributes(attribute("tillpost.captured_at", CLOCK.instant().toString()))
            .setBody(AnyValue.newBuilder().setBytesValue(ByteString.copyFrom(bytes, US_ASCII)))
            .build();
    ExportLogsServiceRequest request =
        ExportLogsServiceRequest.newBuilder()
            .addResourceLogs(
                ResourceLogs.newBuilder().addScopeLogs(ScopeLogs.newBuilder().addLogRecords(log)))
            .build();
    Translation translation = translator.translate(Sender.unbound("anybody"), request);
    assertThat(translation.delivery().rejected()).isEmpty();
    OfEvent accepted = (OfEvent) translation.delivery().accepted().getFirst();
    Payload payload = accepted.event().payload();
    assertThat(payload).isNotNull();
    return new String(payload.bytes(), US_ASCII);
  }

  private static KeyValue attribute(String name, String value) {
    return KeyValue.newBuilder()
        .setKey(name)
        .setValue(AnyValue.newBuilder().setStringValue(value))
        .build();
  }
}
