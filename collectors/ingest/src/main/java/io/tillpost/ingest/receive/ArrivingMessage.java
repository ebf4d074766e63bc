package io.tillpost.ingest.receive;

import com.linecorp.armeria.common.HttpData;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Bounds the message of a gRPC call while it arrives: what puts it together takes any amount, and
 * looks at its size at the end. Used by the thread of its connection alone.
 */
public final class ArrivingMessage implements AutoCloseable {
  /** Whether it is compressed, and its length in four bytes. */
  private static final int PREFIX = 5;

  /** A compressed message beyond this is looked into while it arrives; most are smaller. */
  private static final int FIRST_LOOK = 64 << 10;

  private final Load load;
  private final long maxBytes;
  private final boolean gzip;
  private @Nullable Sender sender;
  private @Nullable GzipSize plain;
  private boolean compressed;
  private boolean closed;
  private int prefix;
  private long declared;
  private long size;
  private long reserved;

  /**
   * Of a call that begins.
   *
   * @param maxBytes of the message, before decompression and after it
   * @param gzip whether that is how it is compressed where it is
   */
  public ArrivingMessage(Load load, long maxBytes, boolean gzip) {
    this.load = load;
    this.maxBytes = maxBytes;
    this.gzip = gzip;
  }

  /** What becomes of it with the next part. */
  public enum Verdict {
    /** It goes on. */
    FINE,
    /** It is larger than allowed, or becomes so. */
    TOO_LARGE,
    /** There is no room for it now. */
    BUSY,
    /** It is of a call that nobody waits for. */
    UNWANTED
  }

  /** Whose it is; nothing is taken of a call that was not let in. */
  public void of(Sender newSender) {
    sender = newSender;
  }

  /** Takes the next part, and room for it. Where it is not fine the message is over. */
  public Verdict take(HttpData part) {
    Sender from = sender;
    if (from == null || closed) {
      return Verdict.UNWANTED;
    }
    if (isTooLargeWith(part)) {
      close();
      return Verdict.TOO_LARGE;
    }
    if (!load.reserve(from, part.length())) {
      close();
      return Verdict.BUSY;
    }
    reserved += part.length();
    return Verdict.FINE;
  }

  private boolean isTooLargeWith(HttpData part) {
    size += part.length();
    if (size > maxBytes + PREFIX) {
      return true;
    }
    if (prefix == PREFIX && plain == null) {
      return false;
    }
    byte[] bytes = part.array();
    int from = readPrefix(bytes);
    if (prefix < PREFIX) {
      return false;
    }
    if (declared > maxBytes) {
      return true;
    }
    if (from > 0 && gzip && compressed && declared > FIRST_LOOK) {
      plain = new GzipSize(maxBytes);
    }
    return plain != null && plain.isTooLargeWith(Arrays.copyOfRange(bytes, from, bytes.length));
  }

  /** Where in these bytes it ends. */
  private int readPrefix(byte[] bytes) {
    int at = 0;
    while (at < bytes.length && prefix < PREFIX) {
      if (prefix == 0) {
        compressed = bytes[at] == 1;
      } else {
        declared = (declared << 8) | (bytes[at] & 0xff);
      }
      prefix++;
      at++;
    }
    return at;
  }

  /** It has arrived, or nobody waits for it any more: gives its room back. */
  @Override
  public void close() {
    closed = true;
    if (plain != null) {
      plain.close();
      plain = null;
    }
    if (sender != null && reserved > 0) {
      load.release(sender, reserved);
      reserved = 0;
    }
  }
}
