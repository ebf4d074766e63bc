package io.tillpost.ingest.receive;

import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * How large a gzip body (RFC 1952) becomes, told while it arrives, part by part. Nothing of what it
 * becomes is kept, and no part is looked at twice. Whether it is gzip at all is not judged here: of
 * what is none nothing more is counted.
 */
final class GzipSize implements AutoCloseable {
  private static final int HEADER_BYTES = 10;
  private static final int FLAGS_AT = 3;
  private static final int TRAILER_BYTES = 8;
  private static final int BUFFER = 16 * 1024;

  private enum At {
    HEADER,
    EXTRA_LENGTH,
    EXTRA,
    NAME,
    COMMENT,
    HEADER_CHECKSUM,
    DATA,
    TRAILER,
    LOST
  }

  private final long maxBytes;
  private final Inflater inflater = new Inflater(true);
  private final byte[] plain = new byte[BUFFER];
  private At at = At.HEADER;
  private int flags;
  private int seen;
  private int extra;
  private long size;

  /**
   * Of one body.
   *
   * @param maxBytes beyond which nothing more is counted
   */
  GzipSize(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  /** Takes the next part of the body; whether it has become too large. */
  boolean isTooLargeWith(byte[] part) {
    int next = 0;
    while (next < part.length && at != At.LOST && size <= maxBytes) {
      next = at == At.DATA ? inflate(part, next) : frame(part, next);
    }
    return size > maxBytes;
  }

  /** Of what came so far, and no more than a buffer beyond the most. */
  long size() {
    return size;
  }

  private int inflate(byte[] part, int from) {
    inflater.setInput(part, from, part.length - from);
    try {
      int count = inflater.inflate(plain);
      while (count > 0 && size <= maxBytes) {
        size += count;
        count = inflater.inflate(plain);
      }
    } catch (DataFormatException _) {
      at = At.LOST;
    }
    if (inflater.needsDictionary()) {
      at = At.LOST;
    }
    int next = part.length - inflater.getRemaining();
    if (inflater.finished()) {
      inflater.reset();
      enter(At.TRAILER);
    }
    return next;
  }

  /** What stands before the data and after it, byte by byte: a part may end anywhere. */
  private int frame(byte[] part, int from) {
    int value = part[from] & 0xff;
    seen++;
    switch (at) {
      case HEADER -> header(value);
      case EXTRA_LENGTH -> {
        extra |= value << (8 * (seen - 1));
        if (seen == 2) {
          enter(extra == 0 ? after(At.EXTRA) : At.EXTRA);
        }
      }
      case EXTRA -> {
        if (seen == extra) {
          enter(after(At.EXTRA));
        }
      }
      case NAME, COMMENT -> {
        if (value == 0) {
          enter(after(at));
        }
      }
      case HEADER_CHECKSUM -> {
        if (seen == 2) {
          enter(At.DATA);
        }
      }
      case TRAILER -> {
        if (seen == TRAILER_BYTES) {
          enter(At.HEADER);
        }
      }
      case DATA, LOST -> throw new IllegalStateException("Not between data");
    }
    return from + 1;
  }

  private void header(int value) {
    boolean known =
        switch (seen) {
          case 1 -> value == 0x1f;
          case 2 -> value == 0x8b;
          case 3 -> value == 8;
          default -> true;
        };
    if (!known) {
      at = At.LOST;
    } else if (seen == FLAGS_AT + 1) {
      flags = value;
    } else if (seen == HEADER_BYTES) {
      extra = 0;
      enter((flags & 4) != 0 ? At.EXTRA_LENGTH : after(At.EXTRA));
    }
  }

  /** What comes next in the header, of what its flags say is there. */
  private At after(At part) {
    return switch (part) {
      case EXTRA -> (flags & 8) != 0 ? At.NAME : after(At.NAME);
      case NAME -> (flags & 16) != 0 ? At.COMMENT : after(At.COMMENT);
      default -> (flags & 2) != 0 ? At.HEADER_CHECKSUM : At.DATA;
    };
  }

  private void enter(At next) {
    at = next;
    seen = 0;
  }

  @Override
  public void close() {
    inflater.end();
  }
}
