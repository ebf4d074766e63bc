package io.tillpost.ingest.receive;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.zip.GZIPInputStream;

/** Decompresses up to a limit: what a bomb would become is never held. */
final class Gunzip {
  private static final int PART = 16 * 1024;

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

  static Result decompress(byte[] compressed, long maxBytes) {
    ByteArrayOutputStream plain = new ByteArrayOutputStream(Math.max(PART, compressed.length * 2));
    byte[] part = new byte[PART];
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(compressed), PART)) {
      for (int n = in.read(part); n >= 0; n = in.read(part)) {
        if (plain.size() + n > maxBytes) {
          return new Result.TooLarge();
        }
        plain.write(part, 0, n);
      }
      return new Result.Plain(plain.toByteArray());
    } catch (IOException _) {
      return new Result.Malformed();
    }
  }
}
