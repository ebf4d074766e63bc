package io.tillpost.ingest.status;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.tillpost.ingest.masking.CardDigits;
import io.tillpost.ingest.masking.CardNumbers;
import io.tillpost.ingest.receive.Sender;
import io.tillpost.ingest.receive.TimeWindow;
import io.tillpost.message.MessageEvent;
import io.tillpost.message.MessageId;
import io.tillpost.message.Payload;
import io.tillpost.message.Stage;
import io.tillpost.store.json.EightBytes;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Knows of most events that {@link EventRules} would find them good and change nothing in them, by
 * the bytes of their request. Of the others nothing is said: they may be good too.
 */
final class EventCheck {
  private static final byte[][] STAGES =
      Arrays.stream(Stage.values())
          .filter(stage -> !stage.needsFailure())
          .map(stage -> stage.name().getBytes(US_ASCII))
          .toArray(byte[][]::new);

  /** From here on a whole number could be that of a card. */
  private static final long LARGE = 1_000_000_000_000L;

  private final byte[] body;
  private final EventRules rules;
  private final TimeWindow.Bounds believed;
  private final Sender sender;

  /** Where the last date is that was one; nowhere is none. */
  private int dateFrom = -1;

  private int dateTo = -1;

  EventCheck(byte[] body, EventRules rules, Sender sender) {
    this.body = body;
    this.rules = rules;
    this.believed = rules.window().now();
    this.sender = sender;
  }

  /** The moment, if it is written as usual and believed. */
  @Nullable Instant moment(EventSlices event, int slot) {
    Instant moment = event.has(slot) ? Times.usual(body, event.from(slot), event.to(slot)) : null;
    return moment == null || !believed.hold(moment) ? null : moment;
  }

  boolean isGood(EventSlices event) {
    return isId(event, EventSlices.SOURCE, EventRules.MAX_SOURCE)
        && isId(event, EventSlices.ID, EventRules.MAX_SOURCE)
        && isId(event, EventSlices.SUBJECT, MessageId.MAX_LENGTH)
        && isStage(event)
        && (!event.hasAttempt || (event.attempt >= 1 && event.attempt <= MessageEvent.MAX_ATTEMPT))
        && event.has(EventSlices.WORKFLOW)
        && isOptional(event, EventSlices.WORKFLOW)
        && (!rules.hasOwnMaskings() || rules.masksCardsAlone(event.string(EventSlices.WORKFLOW)))
        && (!event.has(EventSlices.CORRELATION_ID)
            || isId(event, EventSlices.CORRELATION_ID, EventRules.MAX_NAME))
        && isOptional(event, EventSlices.FROM_SYSTEM)
        && isOptional(event, EventSlices.TO_SYSTEM)
        && isOptional(event, EventSlices.STORE_ID)
        && isOptional(event, EventSlices.REGISTER_ID)
        && isOptional(event, EventSlices.SCHEMA_VERSION)
        && isDate(event)
        && (!event.hasTransactionNumber
            || (event.transactionNumber >= 0 && event.transactionNumber < LARGE))
        && areKeys(event)
        && isAmount(event)
        && isTrace(event)
        && isPayload(event)
        && isOfSender(event);
  }

  private boolean isId(EventSlices event, int slot, int most) {
    return event.has(slot)
        && event.to(slot) - event.from(slot) <= most
        && isVisible(event.from(slot), event.to(slot));
  }

  /** Not blank by its first character; there are rarer ways, and they are unusual. */
  private boolean isVisible(int from, int to) {
    return to > from && body[from] > ' ' && body[from] < 0x7F;
  }

  private boolean isOptional(EventSlices event, int slot) {
    return !event.has(slot)
        || (isId(event, slot, EventRules.MAX_NAME)
            && !CardDigits.areIn(body, event.from(slot), event.to(slot)));
  }

  private boolean isStage(EventSlices event) {
    int slot = EventSlices.STAGE;
    for (byte[] stage : STAGES) {
      if (event.has(slot)
          && Arrays.equals(body, event.from(slot), event.to(slot), stage, 0, stage.length)) {
        return true;
      }
    }
    return false;
  }

  /** Most events of a request are of one day. */
  private boolean isDate(EventSlices event) {
    int slot = EventSlices.BUSINESS_DATE;
    if (!event.has(slot)
        || (dateFrom >= 0
            && Arrays.equals(body, event.from(slot), event.to(slot), body, dateFrom, dateTo))) {
      return true;
    }
    if (Times.date(event.string(slot)) == null) {
      return false;
    }
    dateFrom = event.from(slot);
    dateTo = event.to(slot);
    return true;
  }

  private boolean areKeys(EventSlices event) {
    for (int i = 0; i < event.keys; i++) {
      int name = event.keyNames[i];
      int nameEnd = event.keyNameEnds[i];
      int value = event.keyValues[i];
      int valueEnd = event.keyValueEnds[i];
      if (nameEnd - name > EventRules.MAX_KEY
          || !isVisible(name, nameEnd)
          || !EightBytes.areAscii(body, name, nameEnd)
          || EightBytes.special(body, name, nameEnd) < nameEnd
          || CardDigits.areIn(body, name, nameEnd)
          || valueEnd - value > EventRules.MAX_KEY
          || CardDigits.areIn(body, value, valueEnd)) {
        return false;
      }
    }
    return true;
  }

  private boolean isAmount(EventSlices event) {
    if (!event.hasAmount) {
      return true;
    }
    int from = event.from(EventSlices.CURRENCY);
    return event.hasMinor
        && event.minor > -LARGE
        && event.minor < LARGE
        && event.has(EventSlices.CURRENCY)
        && event.to(EventSlices.CURRENCY) - from == 3
        && isCapital(body[from])
        && isCapital(body[from + 1])
        && isCapital(body[from + 2]);
  }

  private static boolean isCapital(byte b) {
    return b >= 'A' && b <= 'Z';
  }

  /** None, or one of version 00 without fault. */
  private boolean isTrace(EventSlices event) {
    int slot = EventSlices.TRACE_PARENT;
    if (!event.has(slot)) {
      return true;
    }
    int from = event.from(slot);
    return event.to(slot) - from == TraceParent.LENGTH
        && body[from] == '0'
        && body[from + 1] == '0'
        && body[from + 2] == '-'
        && isHexId(from + TraceParent.TRACE_ID_AT, 32)
        && body[from + TraceParent.SPAN_ID_AT - 1] == '-'
        && isHexId(from + TraceParent.SPAN_ID_AT, 16);
  }

  private boolean isHexId(int from, int digits) {
    boolean any = false;
    for (int i = from; i < from + digits; i++) {
      byte b = body[i];
      if (!((b >= '0' && b <= '9') || (b >= 'a' && b <= 'f'))) {
        return false;
      }
      any |= b != '0';
    }
    return any;
  }

  private boolean isPayload(EventSlices event) {
    int type = EventSlices.CONTENT_TYPE;
    if (event.has(type)
        && (event.to(type) - event.from(type) > Payloads.MAX_CONTENT_TYPE
            || CardDigits.areIn(body, event.from(type), event.to(type)))) {
      return false;
    }
    int from = event.from(EventSlices.BODY);
    int to = event.to(EventSlices.BODY);
    return !event.has(EventSlices.BODY)
        || (to - from <= Payload.MAX_BYTES
            && (!event.isBodyEscaped || EscapedText.isAsWritten(body, from, to))
            && (!CardDigits.areIn(body, from, to) || isWithoutCard(event, from, to)));
  }

  private boolean isWithoutCard(EventSlices event, int from, int to) {
    String text =
        event.isBodyEscaped ? EscapedText.plain(body, from, to) : event.string(EventSlices.BODY);
    return CardNumbers.mask(text).equals(text);
  }

  private boolean isOfSender(EventSlices event) {
    if (!sender.isBound()) {
      return true;
    }
    return event.has(EventSlices.STORE_ID)
        && sender.problem(event.string(EventSlices.STORE_ID)) == null;
  }
}
