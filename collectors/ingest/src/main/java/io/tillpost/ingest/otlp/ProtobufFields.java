package io.tillpost.ingest.otlp;

/**
 * Walks the fields of one protobuf message within an array, without an object for any of them. What
 * it cannot read it calls broken; whether it is, the generated classes decide.
 */
final class ProtobufFields {
  static final int VARINT = 0;
  static final int FIXED64 = 1;
  static final int BYTES = 2;
  private static final int FIXED32 = 5;
  private static final int MAX_VARINT_BITS = 64;

  private byte[] bytes = {};
  private int at;
  private int end;
  private boolean broken;

  /** What the current field has: number and wire type. */
  private int tag;

  /** The value of a number. */
  private long number;

  /** Where the bytes of the value begin, and the byte behind them. */
  private int from;

  private int to;

  /** Begins with the message from the one offset to before the other. */
  void reset(byte[] message, int first, int behind) {
    bytes = message;
    at = first;
    end = behind;
    broken = false;
  }

  /** Whether there is a further field; none where it is broken. */
  boolean next() {
    if (broken || at >= end) {
      return false;
    }
    tag = (int) varint();
    switch (tag & 7) {
      case VARINT -> number = varint();
      case FIXED64 -> number = fixed(Long.BYTES);
      case FIXED32 -> number = fixed(Integer.BYTES);
      case BYTES -> {
        long length = varint();
        from = at;
        broken |= length < 0 || length > end - at;
        to = broken ? at : at + (int) length;
        at = to;
      }
      default -> broken = true;
    }
    broken |= field() == 0;
    return !broken;
  }

  boolean isBroken() {
    return broken;
  }

  /** The number of the field. */
  int field() {
    return tag >>> 3;
  }

  /** Whether it has this number and this wire type. */
  boolean is(int field, int wireType) {
    return tag == ((field << 3) | wireType);
  }

  long number() {
    return number;
  }

  int from() {
    return from;
  }

  int to() {
    return to;
  }

  private long varint() {
    long value = 0;
    for (int shift = 0; shift < MAX_VARINT_BITS && at < end; shift += 7) {
      byte b = bytes[at++];
      value |= (long) (b & 0x7F) << shift;
      if (b >= 0) {
        return value;
      }
    }
    broken = true;
    return 0;
  }

  private long fixed(int size) {
    if (end - at < size) {
      broken = true;
      return 0;
    }
    long value = 0;
    for (int i = size - 1; i >= 0; i--) {
      value = (value << 8) | (bytes[at + i] & 0xFF);
    }
    at += size;
    return value;
  }
}
