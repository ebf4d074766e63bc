package io.tillpost.ingest.otlp;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.tillpost.ingest.masking.CardDigits;
import io.tillpost.store.json.EightBytes;
import io.tillpost.store.json.JsonBytes;
import io.tillpost.store.json.SpanJson;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;

/**
 * Writes the document of a usual span straight from the bytes of its request, as {@link SpanJson}
 * would have it. {@code SpanWritingTest} holds the two to each other.
 */
final class SpanWriting {
  private static final byte[] MESSAGE_ID = "messaging.message.id".getBytes(US_ASCII);
  private static final byte[] CONVERSATION_ID =
      "messaging.message.conversation_id".getBytes(US_ASCII);
  private static final byte[] PEER_SERVICE = "peer.service".getBytes(US_ASCII);
  private static final byte[] SERVER_ADDRESS = "server.address".getBytes(US_ASCII);

  private static final byte[] TRACE = "{\"trace_id\":\"".getBytes(US_ASCII);
  private static final byte[] SPAN = "\",\"span_id\":\"".getBytes(US_ASCII);
  private static final byte[] PARENT = "\",\"parent_id\":\"".getBytes(US_ASCII);
  private static final byte[] ROOT = "\",\"root\":true,\"entry\":true,".getBytes(US_ASCII);
  private static final byte[] ENTRY = "\",\"root\":false,\"entry\":true,".getBytes(US_ASCII);
  private static final byte[] INNER = "\",\"root\":false,\"entry\":false,".getBytes(US_ASCII);
  private static final byte[] SERVICE = ",\"service\":".getBytes(US_ASCII);
  private static final byte[] PEER = ",\"peer\":".getBytes(US_ASCII);
  private static final byte[] MESSAGE = ",\"message_id\":".getBytes(US_ASCII);
  private static final byte[] START = ",\"start\":".getBytes(US_ASCII);
  private static final byte[] START_NANOS = ",\"start_nanos\":".getBytes(US_ASCII);
  private static final byte[] END_NANOS = ",\"end_nanos\":".getBytes(US_ASCII);
  private static final byte[] DURATION = ",\"duration_nanos\":".getBytes(US_ASCII);
  private static final byte[] STATUS_MESSAGE = ",\"status_message\":".getBytes(US_ASCII);
  private static final byte[] ATTRIBUTES = ",\"attributes\":{".getBytes(US_ASCII);
  private static final byte[] COMMA = {','};
  private static final byte[] COLON = {':'};
  private static final byte[] QUOTE = {'"'};
  private static final byte[] CLOSE = {'}'};
  private static final byte[] TRUE = "\"true\"".getBytes(US_ASCII);
  private static final byte[] FALSE = "\"false\"".getBytes(US_ASCII);
  private static final byte[][] KINDS = {
    kind("UNSPECIFIED"),
    kind("INTERNAL"),
    kind("SERVER"),
    kind("CLIENT"),
    kind("PRODUCER"),
    kind("CONSUMER"),
  };
  private static final int SERVER = 2;
  private static final int CLIENT = 3;
  private static final int PRODUCER = 4;
  private static final int CONSUMER = 5;
  private static final byte[][] STATUSES = {status("UNSET"), status("OK"), status("ERROR")};

  /** Above this a whole number could be that of a card. */
  private static final long LARGE = 1_000_000_000_000L;

  private final JsonBytes json;
  private final SpanJson names;

  SpanWriting(JsonBytes json, SpanJson names) {
    this.json = json;
    this.names = names;
  }

  private static byte[] kind(String name) {
    return (",\"kind\":\"" + name + '"').getBytes(US_ASCII);
  }

  private static byte[] status(String name) {
    return (",\"status\":\"" + name + '"').getBytes(US_ASCII);
  }

  /**
   * What the spans of one resource and scope share.
   *
   * @param service as JSON
   * @param end the members {@code scope} and {@code resource} as far as there are any, each with a
   *     comma before it, and the end of the document
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared, never changed
  record Shared(byte[] service, byte[] end) {}

  /** Writes the document; false, and something of no use, where the span is unusual after all. */
  boolean write(byte[] body, SpanSlices span, Instant start, Shared shared) {
    if (!areTexts(body, span)) {
      return false;
    }
    int kind = span.kind > 0 && span.kind < KINDS.length ? (int) span.kind : 0;
    boolean root = span.parentId < 0;
    json.writeRaw(TRACE);
    json.writeHex(body, span.traceId, span.traceId + 16);
    json.writeRaw(SPAN);
    json.writeHex(body, span.spanId, span.spanId + 8);
    if (!root) {
      json.writeRaw(PARENT);
      json.writeHex(body, span.parentId, span.parentId + 8);
    }
    json.writeRaw(root ? ROOT : kind == SERVER || kind == CONSUMER ? ENTRY : INNER);
    json.writeRaw(names.name(TextBytes.text(body, span.name, span.nameEnd)));
    json.writeRaw(KINDS[kind]);
    json.writeRaw(SERVICE);
    json.writeRaw(shared.service());
    if ((kind == CLIENT || kind == PRODUCER) && !peer(body, span)) {
      return false;
    }
    int message = span.attribute(body, MESSAGE_ID);
    if (message >= 0) {
      if (span.valueEnds[message] < 0) {
        return false;
      }
      json.writeRaw(MESSAGE);
      json.writeQuoted(body, span.values[message], span.valueEnds[message]);
    }
    times(span, start);
    json.writeRaw(
        STATUSES[span.statusCode == 1 || span.statusCode == 2 ? (int) span.statusCode : 0]);
    if (span.statusMessageEnd > span.statusMessage) {
      json.writeRaw(STATUS_MESSAGE);
      json.writeQuoted(body, span.statusMessage, span.statusMessageEnd);
    }
    attributes(body, span);
    json.writeRaw(shared.end());
    return true;
  }

  /** The id of the document that begins here, from the two ids at its beginning. */
  static String documentId(byte[] bytes, int from) {
    byte[] id = new byte[48];
    System.arraycopy(bytes, from + TRACE.length, id, 0, 32);
    System.arraycopy(bytes, from + TRACE.length + 32 + SPAN.length, id, 32, 16);
    return new String(id, StandardCharsets.ISO_8859_1);
  }

  /** Whether all texts are valid, short enough, and free of card numbers where these are rare. */
  private static boolean areTexts(byte[] body, SpanSlices span) {
    boolean texts =
        isShort(body, span.name, span.nameEnd, SpanTranslator.MAX_NAME)
            && isShort(body, span.statusMessage, span.statusMessageEnd, SpanTranslator.MAX_NAME);
    for (int i = 0; texts && i < span.attributes; i++) {
      texts =
          isShort(body, span.keys[i], span.keyEnds[i], Attributes.MAX_NAME)
              // A name may have no NUL, and those with other special characters are as rare.
              && EightBytes.special(body, span.keys[i], span.keyEnds[i]) >= span.keyEnds[i]
              && (span.valueEnds[i] >= 0
                  ? span.valueEnds[i] - span.values[i] <= Attributes.MAX_VALUE
                      && TextBytes.isText(body, span.values[i], span.valueEnds[i])
                  : span.numbers[i] < LARGE && span.numbers[i] > -LARGE);
    }
    return texts;
  }

  private static boolean isShort(byte[] body, int from, int to, int most) {
    return to - from <= most
        && TextBytes.isText(body, from, to)
        && !CardDigits.areIn(body, from, to);
  }

  /** False where the peer is no plain text. */
  private boolean peer(byte[] body, SpanSlices span) {
    int peer = span.attribute(body, PEER_SERVICE);
    if (peer < 0) {
      peer = span.attribute(body, SERVER_ADDRESS);
    }
    if (peer < 0) {
      return true;
    }
    if (span.valueEnds[peer] < 0) {
      return false;
    }
    json.writeRaw(PEER);
    TextBytes.writeMasked(json, body, span.values[peer], span.valueEnds[peer]);
    return true;
  }

  private void times(SpanSlices span, Instant start) {
    json.writeRaw(START);
    json.writeMoment(start);
    json.writeRaw(START_NANOS);
    json.writeDigits(span.start);
    json.writeRaw(END_NANOS);
    // A clock set back while the span ran: it took no time, rather than less than none.
    long end = Math.max(span.start, span.end);
    json.writeDigits(end);
    json.writeRaw(DURATION);
    json.writeDigits(end - span.start);
  }

  private void attributes(byte[] body, SpanSlices span) {
    if (span.attributes == 0) {
      return;
    }
    json.writeRaw(ATTRIBUTES);
    for (int i = 0; i < span.attributes; i++) {
      if (i > 0) {
        json.writeRaw(COMMA);
      }
      json.writeQuoted(body, span.keys[i], span.keyEnds[i]);
      json.writeRaw(COLON);
      value(body, span, i);
    }
    json.writeRaw(CLOSE);
  }

  private void value(byte[] body, SpanSlices span, int i) {
    int end = span.valueEnds[i];
    if (end == SpanSlices.TRUTH) {
      json.writeRaw(span.numbers[i] == 0 ? FALSE : TRUE);
    } else if (end == SpanSlices.WHOLE_NUMBER) {
      json.writeRaw(QUOTE);
      json.writeDigits(span.numbers[i]);
      json.writeRaw(QUOTE);
    } else if (isTie(body, span, i)) {
      json.writeQuoted(body, span.values[i], end);
    } else {
      TextBytes.writeMasked(json, body, span.values[i], end);
    }
  }

  /** Ids that tie spans to messages stay as they are: changed, they would tie to nothing. */
  private static boolean isTie(byte[] body, SpanSlices span, int i) {
    return isNamed(body, span, i, MESSAGE_ID) || isNamed(body, span, i, CONVERSATION_ID);
  }

  private static boolean isNamed(byte[] body, SpanSlices span, int i, byte[] name) {
    return Arrays.equals(body, span.keys[i], span.keyEnds[i], name, 0, name.length);
  }
}
