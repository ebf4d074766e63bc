package io.tillpost.store.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Looks at eight bytes of a text at a time, as a number whose lowest byte is the first of them: the
 * longer part of what text costs where it is only looked through and copied.
 */
public final class EightBytes {
  private static final VarHandle NUMBER =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH_BITS = ONES << 7;
  private static final long QUOTES = ONES * '"';
  private static final long BACKSLASHES = ONES * '\\';
  private static final long ZEROS = ONES * '0';

  private EightBytes() {}

  /** The eight bytes from this one on. */
  public static long at(byte[] bytes, int from) {
    return (long) NUMBER.get(bytes, from);
  }

  /** Writes the eight bytes from this one on. */
  static void put(byte[] bytes, int from, long eight) {
    NUMBER.set(bytes, from, eight);
  }

  /**
   * What JSON cannot have in a text as it is (quote, backslash, control character): the high bit of
   * each byte that is one. A borrow may set it in bytes behind one of these, but the first is
   * right.
   */
  public static long specials(long eight) {
    long quote = eight ^ QUOTES;
    long backslash = eight ^ BACKSLASHES;
    return (((quote - ONES) & ~quote)
            | ((backslash - ONES) & ~backslash)
            | ((eight - ONES * ' ') & ~eight))
        & HIGH_BITS;
  }

  /**
   * Where the first byte is that JSON cannot have in a text as it is, from the one offset to before
   * the other; where there is none the end, or the beginning if that is behind it.
   */
  public static int special(byte[] bytes, int from, int end) {
    int i = from;
    for (; i + Long.BYTES <= end; i += Long.BYTES) {
      long any = specials(at(bytes, i));
      if (any != 0) {
        return i + Long.numberOfTrailingZeros(any) / Byte.SIZE;
      }
    }
    while (i < end && !isSpecial(bytes[i])) {
      i++;
    }
    return i;
  }

  private static boolean isSpecial(byte b) {
    return b == '"' || b == '\\' || (b >= 0 && b < ' ');
  }

  /** How many of them are digits. */
  public static int digits(long eight) {
    long value = eight ^ ZEROS;
    // The high bit of each byte that is ten or more, without a carry from one to the next.
    long others = (((value & ~HIGH_BITS) + ONES * (0x80 - 10)) | value) & HIGH_BITS;
    return Long.BYTES - Long.bitCount(others);
  }

  /** Whether all bytes from the one offset to before the other are ASCII. */
  public static boolean areAscii(byte[] bytes, int from, int to) {
    long any = 0;
    int i = from;
    for (; i + Long.BYTES <= to; i += Long.BYTES) {
      any |= at(bytes, i);
    }
    for (; i < to; i++) {
      any |= bytes[i];
    }
    return (any & HIGH_BITS) == 0;
  }
}
