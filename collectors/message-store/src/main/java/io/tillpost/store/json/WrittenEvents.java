package io.tillpost.store.json;

import static io.tillpost.store.json.MemberCursor.member;
import static java.nio.charset.StandardCharsets.US_ASCII;

import io.tillpost.message.BusinessKey;
import io.tillpost.message.EventId;
import io.tillpost.message.MessageEvent;
import io.tillpost.message.MessageId;
import io.tillpost.message.Money;
import io.tillpost.message.Payload;
import io.tillpost.message.Stage;
import io.tillpost.store.WrittenEvent;
import io.tillpost.trace.SpanId;
import io.tillpost.trace.TraceId;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads events that are written, as far as the state of their message depends on them: all but the
 * body of a payload. The events of one message say mostly the same; so of each, only what differs
 * from the one before is read.
 */
public final class WrittenEvents {
  private static final JsonMapper JSON = new JsonMapper();

  private static final byte[] EVENT_SOURCE = member("event_source");
  private static final byte[] EVENT_ID = member("event_id");
  private static final byte[] MESSAGE_ID = member("message_id");
  private static final byte[] WORKFLOW = member("workflow");
  private static final byte[] STAGE = member("stage");
  private static final byte[] ATTEMPT = member("attempt");
  private static final byte[] CAPTURED_AT = member("captured_at");
  private static final byte[] CORRELATION_ID = member("correlation_id");
  private static final byte[] SOURCE = member("source");
  private static final byte[] TARGET = member("target");
  private static final byte[] STORE_ID = member("store_id");
  private static final byte[] REGISTER_ID = member("register_id");
  private static final byte[] BUSINESS_DATE = member("business_date");
  private static final byte[] TRANSACTION_NUMBER = member("transaction_number");
  private static final byte[] KEYS = member("keys");
  private static final byte[] AMOUNT_MINOR = member("amount_minor");
  private static final byte[] CURRENCY = member("currency");
  private static final byte[] SCHEMA_VERSION = member("schema_version");
  private static final byte[] TRACE_ID = member("trace_id");
  private static final byte[] SPAN_ID = member("span_id");
  private static final byte[] NO_PAYLOAD = "\"has_payload\":false}".getBytes(US_ASCII);
  private static final byte[] PAYLOAD =
      "\"has_payload\":true,\"payload\":{\"content_type\":".getBytes(US_ASCII);
  private static final Stage[] STAGES = Stage.values();
  private static final EventId NOBODY = new EventId("-", "-");

  private @Nullable WrittenEvent last;
  private @Nullable MessageEvent lastRead;

  /** Has read none yet. */
  public WrittenEvents() {}

  /** The event as it stands in its document, whole. */
  public static MessageEvent whole(WrittenEvent event) {
    return EventJson.read(JSON.readTree(event.bytes(), event.from(), event.to() - event.from()));
  }

  /**
   * Its stage alone, by a look at its beginning.
   *
   * @throws RuntimeException if it is no event, or of a stage that is not known
   */
  public static Stage stage(WrittenEvent event) {
    MemberCursor in = new MemberCursor(event.bytes(), event.from() + 1, event.factsFrom());
    Stage stage =
        in.passMember(EVENT_SOURCE)
                && in.passMember(EVENT_ID)
                && in.passMember(MESSAGE_ID)
                && in.passMember(WORKFLOW)
            ? stage(in)
            : null;
    return stage == null ? whole(event).stage() : stage;
  }

  /** The event; whether with the body of its payload or without is not said. */
  public MessageEvent read(WrittenEvent event) {
    MessageEvent read = quick(event);
    if (read == null) {
      read = whole(event);
    }
    last = event;
    lastRead = read;
    return read;
  }

  private @Nullable MessageEvent quick(WrittenEvent event) {
    MemberCursor own = new MemberCursor(event.bytes(), event.from() + 1, event.factsFrom());
    MessageEvent before = lastRead;
    String source = own.text(EVENT_SOURCE, before == null ? null : before.id().source());
    String id = own.text(EVENT_ID);
    String messageId = own.text(MESSAGE_ID, event.messageId());
    String workflow = own.text(WORKFLOW, before == null ? null : before.workflow());
    Stage stage = stage(own);
    Long attempt = own.number(ATTEMPT);
    MemberCursor rest = new MemberCursor(event.bytes(), event.factsTo(), event.to());
    Payload payload = payload(rest);
    MessageEvent facts = own.isOdd() || rest.isOdd() ? null : facts(event);
    if (facts == null
        || source == null
        || id == null
        || messageId == null
        || workflow == null
        || stage == null
        || attempt == null) {
      return null;
    }
    return new MessageEvent(
        new EventId(source, id),
        messageId.equals(facts.messageId().value()) ? facts.messageId() : new MessageId(messageId),
        workflow,
        stage,
        Math.toIntExact(attempt),
        event.time(),
        event.capturedAt(),
        facts.correlationId(),
        facts.source(),
        facts.target(),
        facts.businessKey(),
        facts.amount(),
        facts.schemaVersion(),
        null,
        payload,
        facts.traceId(),
        facts.spanId());
  }

  private static @Nullable Stage stage(MemberCursor own) {
    if (!own.enter(STAGE)) {
      return null;
    }
    for (Stage stage : STAGES) {
      if (own.passText(stage.name())) {
        return stage;
      }
    }
    return null;
  }

  /** The payload without its body; odd where a failure stands before it. */
  private static @Nullable Payload payload(MemberCursor rest) {
    if (rest.pass(NO_PAYLOAD)) {
      return null;
    }
    rest.mustPass(PAYLOAD);
    return new Payload(rest.text(), "", false);
  }

  /** An event that says what this one says, or null where that is not simple. */
  private @Nullable MessageEvent facts(WrittenEvent event) {
    WrittenEvent before = last;
    return lastRead != null
            && before != null
            && Arrays.equals(
                before.bytes(),
                before.factsFrom(),
                before.factsTo(),
                event.bytes(),
                event.factsFrom(),
                event.factsTo())
        ? lastRead
        : readFacts(event);
  }

  private static @Nullable MessageEvent readFacts(WrittenEvent event) {
    MemberCursor in = new MemberCursor(event.bytes(), event.factsFrom(), event.factsTo());
    in.text(CAPTURED_AT);
    String correlationId = in.text(CORRELATION_ID);
    String source = in.text(SOURCE);
    String target = in.text(TARGET);
    BusinessKey key = key(in);
    Long minor = in.number(AMOUNT_MINOR);
    String currency = in.text(CURRENCY);
    String schemaVersion = in.text(SCHEMA_VERSION);
    String traceId = in.text(TRACE_ID);
    String spanId = in.text(SPAN_ID);
    if (!in.isWell()) {
      return null;
    }
    return new MessageEvent(
        NOBODY,
        new MessageId(event.messageId()),
        "",
        Stage.CAPTURED,
        1,
        event.time(),
        event.capturedAt(),
        correlationId,
        source,
        target,
        key,
        minor == null || currency == null ? null : new Money(minor, currency),
        schemaVersion,
        null,
        null,
        traceId == null ? null : new TraceId(traceId),
        spanId == null ? null : new SpanId(spanId));
  }

  private static BusinessKey key(MemberCursor in) {
    String storeId = in.text(STORE_ID);
    String registerId = in.text(REGISTER_ID);
    String date = in.text(BUSINESS_DATE);
    Long number = in.number(TRANSACTION_NUMBER);
    TreeMap<String, String> keys = new TreeMap<>();
    if (in.enter(KEYS)) {
      in.pass('{');
      while (!in.isOdd() && !in.isAt('}')) {
        if (!keys.isEmpty()) {
          in.pass(',');
        }
        String name = in.text();
        in.pass(':');
        keys.put(name, in.text());
      }
      in.pass('}');
    }
    return new BusinessKey(
        storeId, registerId, date == null ? null : LocalDate.parse(date), number, keys);
  }
}
