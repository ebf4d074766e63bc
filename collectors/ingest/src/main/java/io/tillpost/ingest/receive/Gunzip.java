package io.tillpost.ingest.receive;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** Decompresses up to a limit: what a bomb would become is never held. */
final class Gunzip {
  private static final int PART = 64 * 1024;
  private static final int BUFFER = 16 * 1024;

  private Gunzip() {}

  /** What came out. */
  sealed interface Result {
    /** All of it. */
    @SuppressWarnings("ArrayRecordComponent") // never compared, never changed
    record Plain(byte[] bytes) implements Result {
      @Override
      public String toString() {
        return "Plain[" + bytes.length + " bytes]";
      }
    }

    /** It is larger than the limit. */
    record TooLarge() implements Result {}

    /** It is not gzip, or cut off. */
    record Malformed() implements Result {}
  }

  /**
   * Decompresses all of it.
   *
   * @param maxBytes of the plain content
   */
  static Result decompress(byte[] compressed, long maxBytes) {
    // Parts, because an array that grows would take twice the room just when room is short.
    List<byte[]> parts = new ArrayList<>();
    long size = 0;
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(compressed), BUFFER)) {
      byte[] part = in.readNBytes(PART);
      while (part.length > 0) {
        size += part.length;
        if (size > maxBytes) {
          return new Result.TooLarge();
        }
        parts.add(part);
        part = in.readNBytes(PART);
      }
    } catch (IOException _) {
      return new Result.Malformed();
    }
    byte[] plain = new byte[Math.toIntExact(size)];
    int at = 0;
    for (byte[] part : parts) {
      System.arraycopy(part, 0, plain, at, part.length);
      at += part.length;
    }
    return new Result.Plain(plain);
  }
}
