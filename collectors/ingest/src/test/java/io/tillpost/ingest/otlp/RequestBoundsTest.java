package io.tillpost.ingest.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.tillpost.ingest.receive.Sender;
import io.tillpost.ingest.receive.TimeWindow;
import io.tillpost.testing.MutableClock;
import io.tillpost.testing.Samples;
import java.io.ByteArrayOutputStream;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class RequestBoundsTest {
  private static final Clock CLOCK = MutableClock.at(Samples.MORNING);
  private static final Sender ANYBODY = Sender.unbound("anybody");
  private static final Sender BOUND = new Sender("bound", Set.of("0412"), null, null, () -> 0);

  private final SpanTranslator translator =
      new SpanTranslator(new TimeWindow(CLOCK, Duration.ofDays(30), Duration.ofMinutes(10)), CLOCK);
  private final Signal traces = new Signal.Traces(translator);

  private static ExportTraceServiceRequest request(int spans, int attribute) {
    Resource resource =
        Resource.newBuilder()
            .addAttributes(
                KeyValue.newBuilder()
                    .setKey("process.command_line")
                    .setValue(AnyValue.newBuilder().setStringValue("x".repeat(attribute))))
            .build();
    Span span =
        Span.newBuilder()
            .setTraceId(ByteString.fromHex("5b8efff798038103d269b633813fc60c"))
            .setSpanId(ByteString.fromHex("eee19b7ec3c1b174"))
            .setName("post")
            .setStartTimeUnixNano(Samples.MORNING.toEpochMilli() * 1_000_000)
            .build();
    return ExportTraceServiceRequest.newBuilder()
        .addResourceSpans(
            ResourceSpans.newBuilder()
                .setResource(resource)
                .addScopeSpans(
                    ScopeSpans.newBuilder().addAllSpans(Collections.nCopies(spans, span))))
        .build();
  }

  private static byte[] empties(int spans) {
    return ExportTraceServiceRequest.newBuilder()
        .addResourceSpans(
            ResourceSpans.newBuilder()
                .addScopeSpans(
                    ScopeSpans.newBuilder()
                        .addAllSpans(Collections.nCopies(spans, Span.getDefaultInstance()))))
        .build()
        .toByteArray();
  }

  @Test
  void recordsAreCountedBeforeThereIsAnObjectForAny() throws Exception {
    assertThat(traces.translate(ANYBODY, empties(RequestBounds.MOST_RECORDS)).refused())
        .isEqualTo(RequestBounds.MOST_RECORDS);
    byte[] tooMany = empties(RequestBounds.MOST_RECORDS + 1);
    for (Signal signal : new Signal[] {traces, new Signal.Logs(null)}) {
      assertThatThrownBy(() -> signal.translate(ANYBODY, tooMany))
          .isInstanceOf(TooMuchException.class)
          .hasMessage("The request has more than 100,000 records; send fewer at once");
    }
    assertThatNoException()
        .isThrownBy(() -> RequestBounds.checkRecords(new byte[] {10, 5, 18, 99, 1, 1, 1}));
  }

  @Test
  void attributesOfAResourceCountForEachOfItsSpans() throws Exception {
    byte[] most = request(8_192, 5_000).toByteArray();
    assertThat(traces.translate(ANYBODY, most).delivery().accepted()).hasSize(8_192);
    ExportTraceServiceRequest tooMuch = request(8_192, 16_000);
    assertThat(tooMuch.getSerializedSize()).isLessThan(1 << 20);
    assertThatThrownBy(() -> traces.translate(ANYBODY, tooMuch.toByteArray()))
        .isInstanceOf(TooMuchException.class)
        .hasMessageContaining("more than 48 MiB with the attributes of their resources");
    assertThatThrownBy(() -> traces.translate(BOUND, tooMuch.toByteArray()))
        .isInstanceOf(TooMuchException.class);
    assertThatThrownBy(() -> traces.translate(ANYBODY, tooMuch))
        .isInstanceOf(TooMuchException.class);
  }

  @Test
  void attributesAreCountedBeforeThereIsAnObjectForAny() {
    for (Signal signal : new Signal[] {traces, new Signal.Logs(null)}) {
      int number =
          signal instanceof Signal.Traces
              ? Span.ATTRIBUTES_FIELD_NUMBER
              : LogRecord.ATTRIBUTES_FIELD_NUMBER;
      byte[] attribute = {(byte) (number * 8 + 2), 0};
      byte[] unknown = {120, 1};
      byte[] ofResource = {10, 0};
      for (byte[] request :
          new byte[][] {
            within(within(within(times(attribute), 18), 18), 10),
            within(within(within(times(unknown), 18), 18), 10),
            within(within(within(group(times(unknown)), 18), 18), 10),
            within(within(times(ofResource), 10), 10),
            within(within(within(times(new byte[] {26, 0}), 10), 18), 10)
          }) {
        for (Sender sender : new Sender[] {ANYBODY, BOUND}) {
          assertThatThrownBy(() -> signal.translate(sender, request))
              .isInstanceOf(TooMuchException.class)
              .hasMessage(
                  "The request has more than 2,000,000 attributes and values; send fewer at once");
        }
      }
    }
  }

  private static byte[] times(byte[] field) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (int i = 0; i <= RequestBounds.MOST_PARTS; i++) {
      all.writeBytes(field);
    }
    return all.toByteArray();
  }

  /** As a group that nobody knows. */
  private static byte[] group(byte[] fields) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.write(123);
    all.writeBytes(fields);
    all.write(124);
    return all.toByteArray();
  }

  /** As a field of that tag. */
  private static byte[] within(byte[] message, int tag) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.write(tag);
    for (int left = message.length; ; left >>>= 7) {
      if (left < 128) {
        all.write(left);
        break;
      }
      all.write(left % 128 + 128);
    }
    all.writeBytes(message);
    return all.toByteArray();
  }

  @Test
  void depthsOfAnyKindAreLeftToTheDecoder() {
    byte[] deep = new byte[0];
    for (int i = 0; i < 5_000; i++) {
      deep = within(within(deep, 10), 42);
    }
    byte[] value = within(within(deep, 18), 50);
    byte[] request = within(within(within(value, 18), 18), 10);
    assertThatThrownBy(() -> new Signal.Logs(null).translate(ANYBODY, request))
        .isInstanceOf(InvalidProtocolBufferException.class);
    byte[] groups = new byte[1_000_000];
    Arrays.fill(groups, (byte) 123);
    assertThatThrownBy(() -> new Signal.Logs(null).translate(ANYBODY, groups))
        .isInstanceOf(InvalidProtocolBufferException.class);
    assertThatNoException()
        .isThrownBy(
            () ->
                RequestBounds.checkParts(
                    Span.getDescriptor(), new byte[] {74, 99, 1, 15, 3, 3, 3}, 0, 7));
  }

  @Test
  void numbersOfJsonFitTheirFields() throws Exception {
    assertThat(span("\"startTimeUnixNano\":\"18446744073709551615\"").getStartTimeUnixNano())
        .isEqualTo(-1);
    for (String wrong :
        new String[] {
          "\"startTimeUnixNano\":\"-1\"",
          "\"startTimeUnixNano\":\"18446744073709551616\"",
          "\"startTimeUnixNano\":\"" + "9".repeat(5_000_000) + "\"",
          "\"kind\":4294967299",
          "\"kind\":-2147483649",
          "\"attributes\":[{\"key\":\"n\",\"value\":{\"intValue\":\"18446744073709551615\"}}]"
        }) {
      assertThatThrownBy(() -> span(wrong))
          .isInstanceOf(OtlpJson.WrongShapeException.class)
          .hasMessageContaining("is not a whole number of ");
    }
  }

  private static Span span(String member) throws OtlpJson.WrongShapeException {
    return (Span) OtlpJson.fill(Span.newBuilder(), new JsonMapper().readTree("{" + member + "}"));
  }

  @Test
  void namesOfAttributesHaveNoNulAndNoHalfOfACard() {
    KeyValue odd =
        KeyValue.newBuilder()
            .setKey("a\0b " + "x".repeat(Attributes.MAX_NAME - 14) + "4111111111111111")
            .setValue(AnyValue.newBuilder().setStringValue("value"))
            .build();
    assertThat(Attributes.masked(Collections.singletonList(odd)).keySet())
        .singleElement()
        .asString()
        .startsWith("a b x")
        .endsWith("411111***…");
  }
}
