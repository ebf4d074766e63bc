package io.tillpost.ingest.status;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;

/**
 * Where the parts of one CloudEvent of ours are in the body of its request. Only events as nearly
 * all are: anything unusual is left to {@link CloudEventReader}. Used again for the next event.
 */
final class EventSlices {
  static final int ID = 0;
  static final int SOURCE = 1;
  static final int SUBJECT = 2;
  static final int TIME = 3;
  static final int TRACE_PARENT = 4;
  private static final int VERSION = 5;
  private static final int TYPE = 6;
  private static final int DATA = 7;

  /** The last two are of CloudEvents, and nothing to us. */
  private static final byte[][] EVENT_MEMBERS =
      names(
          "id",
          "source",
          "subject",
          "time",
          "traceparent",
          "specversion",
          "type",
          "data",
          "datacontenttype",
          "dataschema");

  /** Their slots come behind those of the event. */
  private static final int DATA_AT = EVENT_MEMBERS.length;

  static final int STAGE = DATA_AT;
  static final int WORKFLOW = DATA_AT + 1;
  static final int CAPTURED_AT = DATA_AT + 2;
  static final int CORRELATION_ID = DATA_AT + 3;
  static final int FROM_SYSTEM = DATA_AT + 4;
  static final int TO_SYSTEM = DATA_AT + 5;
  static final int STORE_ID = DATA_AT + 6;
  static final int REGISTER_ID = DATA_AT + 7;
  static final int BUSINESS_DATE = DATA_AT + 8;
  static final int SCHEMA_VERSION = DATA_AT + 9;
  private static final int ATTEMPT = DATA_AT + 10;
  private static final int TRANSACTION_NUMBER = DATA_AT + 11;
  private static final int AMOUNT = DATA_AT + 12;
  private static final int KEYS = DATA_AT + 13;
  private static final int PAYLOAD = DATA_AT + 14;
  private static final byte[][] DATA_MEMBERS =
      names(
          "stage",
          "workflow",
          "capturedAt",
          "correlationId",
          "source",
          "target",
          "storeId",
          "registerId",
          "businessDate",
          "schemaVersion",
          "attempt",
          "transactionNumber",
          "amount",
          "keys",
          "payload");

  private static final int AMOUNT_AT = DATA_AT + DATA_MEMBERS.length;
  private static final int MINOR = AMOUNT_AT;
  static final int CURRENCY = AMOUNT_AT + 1;
  private static final byte[][] AMOUNT_MEMBERS = names("minor", "currency");

  private static final int PAYLOAD_AT = AMOUNT_AT + AMOUNT_MEMBERS.length;
  static final int CONTENT_TYPE = PAYLOAD_AT;
  static final int BODY = PAYLOAD_AT + 1;
  private static final byte[][] PAYLOAD_MEMBERS = names("contentType", "body");

  private static final int SLOTS = PAYLOAD_AT + PAYLOAD_MEMBERS.length;

  /** More keys than this no event may have. */
  static final int MOST_KEYS = 20;

  private static final byte[] VERSION_1 = "1.0".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] OUR_TYPE =
      "io.tillpost.message-event.v1".getBytes(StandardCharsets.US_ASCII);

  private final byte[] body;
  private final JsonScan in;

  /** Where each text is; 0 where there is none. */
  private final int[] froms = new int[SLOTS];

  private final int[] tos = new int[SLOTS];

  /**
   * Which name came behind each member in the event before, or first in each object: a sender has
   * them in the same order again.
   */
  private final int[] following = new int[2 * SLOTS];

  private long seen;
  boolean hasAttempt;
  long attempt;
  boolean hasTransactionNumber;
  long transactionNumber;
  boolean hasAmount;
  boolean hasMinor;
  long minor;
  boolean isBodyEscaped;
  int keys;
  final int[] keyNames = new int[MOST_KEYS];
  final int[] keyNameEnds = new int[MOST_KEYS];
  final int[] keyValues = new int[MOST_KEYS];
  final int[] keyValueEnds = new int[MOST_KEYS];

  EventSlices(byte[] body, JsonScan in) {
    this.body = body;
    this.in = in;
  }

  private static byte[][] names(String... names) {
    return Stream.of(names)
        .map(name -> name.getBytes(StandardCharsets.US_ASCII))
        .toArray(byte[][]::new);
  }

  boolean has(int slot) {
    return froms[slot] > 0;
  }

  int from(int slot) {
    return froms[slot];
  }

  int to(int slot) {
    return tos[slot];
  }

  String string(int slot) {
    return new String(body, froms[slot], tos[slot] - froms[slot], StandardCharsets.UTF_8);
  }

  /**
   * Finds them from here on to the end of the event; false where the event is unusual, and nothing
   * is to be read from here.
   */
  boolean find() {
    Arrays.fill(froms, 0);
    seen = 0;
    hasAttempt = false;
    hasTransactionNumber = false;
    hasAmount = false;
    hasMinor = false;
    isBodyEscaped = false;
    keys = 0;
    return members(EVENT_MEMBERS, 0)
        && is(VERSION, VERSION_1)
        && is(TYPE, OUR_TYPE)
        && (seen & (1L << DATA)) != 0;
  }

  private boolean is(int slot, byte[] value) {
    return has(slot) && Arrays.equals(body, froms[slot], tos[slot], value, 0, value.length);
  }

  private boolean members(byte[][] names, int firstSlot) {
    if (!in.take('{')) {
      return false;
    }
    if (in.take('}')) {
      return true;
    }
    int before = SLOTS + firstSlot;
    do {
      int name = in.name(names, following[before]);
      int slot = firstSlot + name;
      if (name < 0 || (seen & (1L << slot)) != 0) {
        return false;
      }
      seen |= 1L << slot;
      following[before] = name;
      before = slot;
      if (!value(slot)) {
        return false;
      }
    } while (in.take(','));
    return in.take('}');
  }

  private boolean value(int slot) {
    if (slot == DATA) {
      return members(DATA_MEMBERS, DATA_AT);
    }
    if (in.takeNull()) {
      return true;
    }
    if (slot == AMOUNT) {
      hasAmount = true;
      return members(AMOUNT_MEMBERS, AMOUNT_AT);
    }
    if (slot == PAYLOAD) {
      return members(PAYLOAD_MEMBERS, PAYLOAD_AT);
    }
    if (slot == KEYS) {
      return keys();
    }
    boolean ofNumber = slot == ATTEMPT || slot == TRANSACTION_NUMBER || slot == MINOR;
    return ofNumber ? number(slot) : text(slot);
  }

  private boolean text(int slot) {
    if (!in.text() || (in.isEscaped() && slot != BODY)) {
      return false;
    }
    if (slot == BODY) {
      isBodyEscaped = in.isEscaped();
    }
    froms[slot] = in.from();
    tos[slot] = in.to();
    return true;
  }

  private boolean number(int slot) {
    if (!in.wholeNumber()) {
      return false;
    }
    if (slot == ATTEMPT) {
      hasAttempt = true;
      attempt = in.number();
    } else if (slot == TRANSACTION_NUMBER) {
      hasTransactionNumber = true;
      transactionNumber = in.number();
    } else {
      hasMinor = true;
      minor = in.number();
    }
    return true;
  }

  /** In the order of their names, as they are stored. */
  private boolean keys() {
    if (!in.take('{')) {
      return false;
    }
    if (in.take('}')) {
      return true;
    }
    do {
      if (!in.plainText() || keys == MOST_KEYS) {
        return false;
      }
      int name = in.from();
      int nameEnd = in.to();
      if (!in.take(':') || !in.plainText() || !put(name, nameEnd, in.from(), in.to())) {
        return false;
      }
    } while (in.take(','));
    return in.take('}');
  }

  private boolean put(int name, int nameEnd, int value, int valueEnd) {
    int i = keys;
    while (i > 0) {
      int order =
          Arrays.compareUnsigned(body, name, nameEnd, body, keyNames[i - 1], keyNameEnds[i - 1]);
      if (order == 0) {
        return false;
      }
      if (order > 0) {
        break;
      }
      keyNames[i] = keyNames[i - 1];
      keyNameEnds[i] = keyNameEnds[i - 1];
      keyValues[i] = keyValues[i - 1];
      keyValueEnds[i] = keyValueEnds[i - 1];
      i--;
    }
    keyNames[i] = name;
    keyNameEnds[i] = nameEnd;
    keyValues[i] = value;
    keyValueEnds[i] = valueEnd;
    keys++;
    return true;
  }
}
