package io.tillpost.ingest.status;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.tillpost.store.WrittenEvent;
import io.tillpost.store.json.JsonBytes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Writes the document of a usual message event straight from the bytes of its request, as {@link
 * io.tillpost.store.json.EventJson} would have it, if it is {@linkplain EventCheck good}. {@code
 * EventRequestTest} holds the two ways to each other.
 */
final class EventWriting {
  private static final byte[] EVENT_SOURCE = "{\"event_source\":\"".getBytes(US_ASCII);
  private static final byte[] EVENT_ID = "\",\"event_id\":\"".getBytes(US_ASCII);
  private static final byte[] MESSAGE_ID = "\",\"message_id\":\"".getBytes(US_ASCII);
  private static final byte[] WORKFLOW = "\",\"workflow\":\"".getBytes(US_ASCII);
  private static final byte[] STAGE = "\",\"stage\":\"".getBytes(US_ASCII);
  private static final byte[] ATTEMPT = "\",\"attempt\":".getBytes(US_ASCII);
  private static final byte[] TIME = ",\"time\":".getBytes(US_ASCII);
  private static final byte[] CAPTURED_AT = ",\"captured_at\":".getBytes(US_ASCII);
  private static final byte[] CORRELATION_ID = ",\"correlation_id\":\"".getBytes(US_ASCII);
  private static final byte[] SOURCE = ",\"source\":\"".getBytes(US_ASCII);
  private static final byte[] TARGET = ",\"target\":\"".getBytes(US_ASCII);
  private static final byte[] STORE_ID = ",\"store_id\":\"".getBytes(US_ASCII);
  private static final byte[] REGISTER_ID = ",\"register_id\":\"".getBytes(US_ASCII);
  private static final byte[] BUSINESS_DATE = ",\"business_date\":\"".getBytes(US_ASCII);
  private static final byte[] TRANSACTION_NUMBER = ",\"transaction_number\":".getBytes(US_ASCII);
  private static final byte[] KEYS = ",\"keys\":{\"".getBytes(US_ASCII);
  private static final byte[] NEXT_KEY = "\",\"".getBytes(US_ASCII);
  private static final byte[] KEY_VALUE = "\":\"".getBytes(US_ASCII);
  private static final byte[] KEYS_END = "\"}".getBytes(US_ASCII);
  private static final byte[] AMOUNT_MINOR = ",\"amount_minor\":".getBytes(US_ASCII);
  private static final byte[] CURRENCY = ",\"currency\":\"".getBytes(US_ASCII);
  private static final byte[] SCHEMA_VERSION = ",\"schema_version\":\"".getBytes(US_ASCII);
  private static final byte[] TRACE_ID = ",\"trace_id\":\"".getBytes(US_ASCII);
  private static final byte[] SPAN_ID = ",\"span_id\":\"".getBytes(US_ASCII);
  private static final byte[] NO_PAYLOAD = ",\"has_payload\":false}".getBytes(US_ASCII);
  private static final byte[] PAYLOAD =
      ",\"has_payload\":true,\"payload\":{\"content_type\":\"".getBytes(US_ASCII);
  private static final byte[] TEXT_PLAIN = "text/plain".getBytes(US_ASCII);
  private static final byte[] BODY = "\",\"body\":\"".getBytes(US_ASCII);
  private static final byte[] PAYLOAD_END = "\",\"base64\":false}}".getBytes(US_ASCII);
  private static final byte[] QUOTE = {'"'};

  private static final int ID_BYTES = 20;

  private final byte[] body;
  private final EventCheck check;
  private final JsonBytes json;
  private final MessageDigest sha;

  EventWriting(byte[] body, EventCheck check, JsonBytes json) {
    this.body = body;
    this.check = check;
    this.json = json;
    try {
      sha = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }

  /** The event, behind what was written before; null where it is unusual after all. */
  @Nullable WrittenEvent write(EventSlices event) {
    Instant time = check.moment(event, EventSlices.TIME);
    Instant capturedAt = check.moment(event, EventSlices.CAPTURED_AT);
    if (time == null || capturedAt == null || !check.isGood(event)) {
      return null;
    }
    int from = json.size();
    own(event, time);
    int factsFrom = json.size() + 1;
    facts(event, capturedAt);
    int factsTo = json.size();
    payload(event);
    return new WrittenEvent(
        documentId(event),
        event.string(EventSlices.SUBJECT),
        time,
        capturedAt,
        json.array(),
        from,
        json.size(),
        factsFrom,
        factsTo);
  }

  private void own(EventSlices event, Instant time) {
    text(EVENT_SOURCE, event, EventSlices.SOURCE);
    text(EVENT_ID, event, EventSlices.ID);
    text(MESSAGE_ID, event, EventSlices.SUBJECT);
    text(WORKFLOW, event, EventSlices.WORKFLOW);
    text(STAGE, event, EventSlices.STAGE);
    json.writeRaw(ATTEMPT);
    json.writeDigits(event.hasAttempt ? event.attempt : 1);
    json.writeRaw(TIME);
    json.writeRawMoment(time);
  }

  private void facts(EventSlices event, Instant capturedAt) {
    json.writeRaw(CAPTURED_AT);
    json.writeRawMoment(capturedAt);
    optional(CORRELATION_ID, event, EventSlices.CORRELATION_ID);
    optional(SOURCE, event, EventSlices.FROM_SYSTEM);
    optional(TARGET, event, EventSlices.TO_SYSTEM);
    optional(STORE_ID, event, EventSlices.STORE_ID);
    optional(REGISTER_ID, event, EventSlices.REGISTER_ID);
    optional(BUSINESS_DATE, event, EventSlices.BUSINESS_DATE);
    if (event.hasTransactionNumber) {
      json.writeRaw(TRANSACTION_NUMBER);
      json.writeDigits(event.transactionNumber);
    }
    keys(event);
    if (event.hasAmount) {
      json.writeRaw(AMOUNT_MINOR);
      json.writeDigits(event.minor);
      optional(CURRENCY, event, EventSlices.CURRENCY);
    }
    optional(SCHEMA_VERSION, event, EventSlices.SCHEMA_VERSION);
    if (event.has(EventSlices.TRACE_PARENT)) {
      int from = event.from(EventSlices.TRACE_PARENT);
      json.writeRaw(TRACE_ID);
      json.writeRaw(body, from + TraceParent.TRACE_ID_AT, from + TraceParent.TRACE_ID_AT + 32);
      json.writeRaw(QUOTE);
      json.writeRaw(SPAN_ID);
      json.writeRaw(body, from + TraceParent.SPAN_ID_AT, from + TraceParent.SPAN_ID_AT + 16);
      json.writeRaw(QUOTE);
    }
  }

  private void keys(EventSlices event) {
    for (int i = 0; i < event.keys; i++) {
      json.writeRaw(i == 0 ? KEYS : NEXT_KEY);
      json.writeRaw(body, event.keyNames[i], event.keyNameEnds[i]);
      json.writeRaw(KEY_VALUE);
      json.writeRaw(body, event.keyValues[i], event.keyValueEnds[i]);
    }
    if (event.keys > 0) {
      json.writeRaw(KEYS_END);
    }
  }

  private void payload(EventSlices event) {
    if (!event.has(EventSlices.BODY)) {
      json.writeRaw(NO_PAYLOAD);
      return;
    }
    if (event.has(EventSlices.CONTENT_TYPE)) {
      text(PAYLOAD, event, EventSlices.CONTENT_TYPE);
    } else {
      json.writeRaw(PAYLOAD);
      json.writeRaw(TEXT_PLAIN);
    }
    text(BODY, event, EventSlices.BODY);
    json.writeRaw(PAYLOAD_END);
  }

  private void text(byte[] before, EventSlices event, int slot) {
    json.writeRaw(before);
    json.writeRaw(body, event.from(slot), event.to(slot));
  }

  private void optional(byte[] before, EventSlices event, int slot) {
    if (event.has(slot)) {
      text(before, event, slot);
      json.writeRaw(QUOTE);
    }
  }

  /** As {@link io.tillpost.message.EventId#documentId} has it. */
  private String documentId(EventSlices event) {
    int source = EventSlices.SOURCE;
    int id = EventSlices.ID;
    sha.update(body, event.from(source), event.to(source) - event.from(source));
    sha.update((byte) 0);
    sha.update(body, event.from(id), event.to(id) - event.from(id));
    return HexFormat.of().formatHex(sha.digest(), 0, ID_BYTES);
  }
}
