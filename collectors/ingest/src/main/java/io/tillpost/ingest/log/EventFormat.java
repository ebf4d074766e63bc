package io.tillpost.ingest.log;

import io.tillpost.failure.Failure;
import io.tillpost.failure.FailureClass;
import io.tillpost.message.BusinessKey;
import io.tillpost.message.EventId;
import io.tillpost.message.MessageEvent;
import io.tillpost.message.MessageId;
import io.tillpost.message.Money;
import io.tillpost.message.Payload;
import io.tillpost.message.Stage;
import io.tillpost.trace.SpanId;
import io.tillpost.trace.TraceId;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A message event, field after field. */
final class EventFormat {
  private EventFormat() {}

  static void write(MessageEvent event, RecordWriter out) throws IOException {
    out.text(event.id().source());
    out.text(event.id().id());
    out.text(event.messageId().value());
    out.text(event.workflow());
    out.text(event.stage().name());
    out.number(event.attempt());
    out.instant(event.time());
    out.instant(event.capturedAt());
    out.optional(event.correlationId());
    out.optional(event.source());
    out.optional(event.target());
    write(event.businessKey(), out);
    Money amount = event.amount();
    out.flag(amount != null);
    if (amount != null) {
      out.number(amount.minor());
      out.text(amount.currency());
    }
    out.optional(event.schemaVersion());
    Failure failure = event.failure();
    out.flag(failure != null);
    if (failure != null) {
      out.text(failure.code());
      out.text(failure.message());
      out.optional(failure.field());
      out.optional(failure.failureClass() == null ? null : failure.failureClass().name());
    }
    Payload payload = event.payload();
    out.flag(payload != null);
    if (payload != null) {
      out.text(payload.contentType());
      out.text(payload.body());
      out.flag(payload.base64());
    }
    out.optional(event.traceId() == null ? null : event.traceId().value());
    out.optional(event.spanId() == null ? null : event.spanId().value());
  }

  private static void write(BusinessKey key, RecordWriter out) throws IOException {
    out.optional(key.storeId());
    out.optional(key.registerId());
    out.flag(key.businessDate() != null);
    if (key.businessDate() != null) {
      out.number(key.businessDate().toEpochDay());
    }
    out.flag(key.transactionNumber() != null);
    if (key.transactionNumber() != null) {
      out.number(key.transactionNumber());
    }
    out.texts(key.keys());
  }

  static MessageEvent read(RecordReader in) throws IOException {
    EventId id = new EventId(in.text(), in.text());
    MessageId messageId = new MessageId(in.text());
    String workflow = in.text();
    Stage stage = Stage.valueOf(in.text());
    int attempt = in.count();
    Instant time = in.instant();
    Instant capturedAt = in.instant();
    String correlationId = in.optional();
    String source = in.optional();
    String target = in.optional();
    BusinessKey key = readKey(in);
    Money amount = in.flag() ? new Money(in.number(), in.text()) : null;
    String schemaVersion = in.optional();
    Failure failure = in.flag() ? readFailure(in) : null;
    Payload payload = in.flag() ? new Payload(in.text(), in.text(), in.flag()) : null;
    String traceId = in.optional();
    String spanId = in.optional();
    return new MessageEvent(
        id,
        messageId,
        workflow,
        stage,
        attempt,
        time,
        capturedAt,
        correlationId,
        source,
        target,
        key,
        amount,
        schemaVersion,
        failure,
        payload,
        traceId == null ? null : new TraceId(traceId),
        spanId == null ? null : new SpanId(spanId));
  }

  private static BusinessKey readKey(RecordReader in) throws IOException {
    String storeId = in.optional();
    String registerId = in.optional();
    @Nullable LocalDate businessDate = in.flag() ? LocalDate.ofEpochDay(in.number()) : null;
    @Nullable Long transactionNumber = in.flag() ? Long.valueOf(in.number()) : null;
    Map<String, String> keys = in.texts();
    return BusinessKey.of(storeId, registerId, businessDate, transactionNumber, keys);
  }

  private static Failure readFailure(RecordReader in) throws IOException {
    String code = in.text();
    String message = in.text();
    String field = in.optional();
    String failureClass = in.optional();
    return new Failure(
        code, message, field, failureClass == null ? null : FailureClass.valueOf(failureClass));
  }
}
