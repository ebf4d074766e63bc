package io.tillpost.ingest.otlp;

import java.util.Arrays;

/**
 * Where the parts of one OTLP span are in the body of its request. Only spans as nearly all are:
 * anything unusual is left to the generated classes. Used again for the next span.
 */
final class SpanSlices {
  /** Beyond this many attributes a span is unusual. */
  static final int MOST_ATTRIBUTES = 48;

  private static final int TRACE_ID_BYTES = 16;
  private static final int SPAN_ID_BYTES = 8;

  private final ProtobufFields fields = new ProtobufFields();
  private final ProtobufFields inner = new ProtobufFields();
  private final ProtobufFields value = new ProtobufFields();

  int traceId;
  int spanId;

  /** -1 where it has none. */
  int parentId;

  int name;
  int nameEnd;
  long kind;
  long start;
  long end;
  long statusCode;
  int statusMessage;
  int statusMessageEnd;

  int attributes;
  final int[] keys = new int[MOST_ATTRIBUTES];
  final int[] keyEnds = new int[MOST_ATTRIBUTES];

  /** The text of the value, or where its end is -1, a whole number, or where it is -2, a truth. */
  final int[] values = new int[MOST_ATTRIBUTES];

  final int[] valueEnds = new int[MOST_ATTRIBUTES];
  final long[] numbers = new long[MOST_ATTRIBUTES];

  static final int WHOLE_NUMBER = -1;
  static final int TRUTH = -2;

  /** Finds them; false where the span is unusual, and nothing is to be read from here. */
  boolean find(byte[] body, int from, int to) {
    traceId = -1;
    spanId = -1;
    parentId = -1;
    name = 0;
    nameEnd = 0;
    kind = 0;
    start = 0;
    end = 0;
    statusCode = 0;
    statusMessage = 0;
    statusMessageEnd = 0;
    attributes = 0;
    boolean usual = true;
    boolean status = false;
    fields.reset(body, from, to);
    while (usual && fields.next()) {
      switch (fields.field()) {
        case 1 -> traceId = id(body, TRACE_ID_BYTES);
        case 2 -> spanId = id(body, SPAN_ID_BYTES);
        case 4 -> {
          if (fields.to() > fields.from()) {
            parentId = id(body, SPAN_ID_BYTES);
            usual = parentId >= 0;
          }
        }
        case 5 -> {
          name = fields.from();
          nameEnd = fields.to();
        }
        case 6 -> kind = fields.number();
        case 7 -> start = fields.number();
        case 8 -> end = fields.number();
        case 9 -> usual = attribute(body);
        case 15 -> {
          usual = !status && status(body);
          status = true;
        }
        // Links, the state of the trace, flags and counts of what the sender dropped: not kept.
        case 3, 10, 12, 13, 14, 16 -> {}
        // Events, and what no version of OTLP that we know has.
        default -> usual = false;
      }
      usual &= hasExpectedType();
    }
    return usual && !fields.isBroken() && traceId >= 0 && spanId >= 0;
  }

  private boolean hasExpectedType() {
    int field = fields.field();
    return fields.is(
        field,
        switch (field) {
          case 6, 10, 12, 14 -> ProtobufFields.VARINT;
          case 7, 8 -> ProtobufFields.FIXED64;
          case 16 -> 5;
          default -> ProtobufFields.BYTES;
        });
  }

  /** Where an id of this length that is not all zero begins, or -1. */
  private int id(byte[] body, int length) {
    if (fields.to() - fields.from() != length) {
      return -1;
    }
    int any = 0;
    for (int i = fields.from(); i < fields.to(); i++) {
      any |= body[i];
    }
    return any == 0 ? -1 : fields.from();
  }

  private boolean status(byte[] body) {
    inner.reset(body, fields.from(), fields.to());
    while (inner.next()) {
      if (inner.is(2, ProtobufFields.BYTES)) {
        statusMessage = inner.from();
        statusMessageEnd = inner.to();
      } else if (inner.is(3, ProtobufFields.VARINT)) {
        statusCode = inner.number();
      } else {
        return false;
      }
    }
    return !inner.isBroken();
  }

  private boolean attribute(byte[] body) {
    int i = attributes;
    if (i == MOST_ATTRIBUTES) {
      return false;
    }
    boolean key = false;
    boolean hasValue = false;
    inner.reset(body, fields.from(), fields.to());
    while (inner.next()) {
      if (inner.is(1, ProtobufFields.BYTES) && !key) {
        keys[i] = inner.from();
        keyEnds[i] = inner.to();
        key = true;
      } else if (inner.is(2, ProtobufFields.BYTES) && !hasValue) {
        hasValue = value(body, i);
        if (!hasValue) {
          return false;
        }
      } else {
        return false;
      }
    }
    attributes++;
    return key && hasValue && !inner.isBroken() && keyEnds[i] > keys[i] && !isRepeated(body, i);
  }

  private boolean value(byte[] body, int i) {
    value.reset(body, inner.from(), inner.to());
    if (!value.next()) {
      return false;
    }
    if (value.is(1, ProtobufFields.BYTES)) {
      values[i] = value.from();
      valueEnds[i] = value.to();
    } else if (value.is(2, ProtobufFields.VARINT) || value.is(3, ProtobufFields.VARINT)) {
      valueEnds[i] = value.is(3, ProtobufFields.VARINT) ? WHOLE_NUMBER : TRUTH;
      numbers[i] = value.number();
    } else {
      return false;
    }
    return !value.next() && !value.isBroken();
  }

  /** Of two attributes with one name the last one counts, which is seldom needed. */
  private boolean isRepeated(byte[] body, int i) {
    for (int other = 0; other < i; other++) {
      if (Arrays.equals(body, keys[other], keyEnds[other], body, keys[i], keyEnds[i])) {
        return true;
      }
    }
    return false;
  }

  /** The attribute of this name, or -1. */
  int attribute(byte[] body, byte[] wanted) {
    for (int i = 0; i < attributes; i++) {
      if (Arrays.equals(body, keys[i], keyEnds[i], wanted, 0, wanted.length)) {
        return i;
      }
    }
    return -1;
  }
}
