package io.tillpost.ingest.log;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import io.tillpost.ingest.log.IngestRecord.OfEvent;
import io.tillpost.ingest.log.IngestRecord.OfParked;
import io.tillpost.ingest.log.IngestRecord.OfSpan;
import io.tillpost.store.ParkedRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Arrays;

/**
 * Records as bytes: version, group (since version 2), when accepted, type, then the fields in a
 * fixed order. A new field means a new version; older versions stay readable, because a log may
 * outlive an upgrade.
 */
final class RecordCodec {
  private static final int VERSION = 2;
  private static final int WITHOUT_GROUP = 1;
  private static final int EVENT = 1;
  private static final int SPAN = 2;
  private static final int PARKED = 3;

  /** Nearly every record fits. */
  private static final int FIRST_BYTES = 8 * 1024;

  private static final ThreadLocal<byte[]> BUFFER =
      ThreadLocal.withInitial(() -> new byte[FIRST_BYTES]);

  private RecordCodec() {}

  /**
   * The bytes of a record.
   *
   * @param room so many bytes are left free at the beginning
   */
  static byte[] encode(IngestRecord record, Instant acceptedAt, int room) {
    for (int size = FIRST_BYTES; ; size *= 4) {
      byte[] buffer = size == FIRST_BYTES ? BUFFER.get() : new byte[size];
      CodedOutputStream coded = CodedOutputStream.newInstance(buffer, room, size - room);
      try {
        write(record, acceptedAt, coded);
        return Arrays.copyOf(buffer, room + coded.getTotalBytesWritten());
      } catch (CodedOutputStream.OutOfSpaceException _) {
        // Larger than most; a larger buffer has the room.
      } catch (IOException e) {
        throw new UncheckedIOException("Memory does not fail to be written", e);
      }
    }
  }

  private static void write(IngestRecord record, Instant acceptedAt, CodedOutputStream coded)
      throws IOException {
    RecordWriter out = new RecordWriter(coded);
    out.number(VERSION);
    out.number(group(record));
    out.instant(acceptedAt);
    switch (record) {
      case OfEvent(var event) -> {
        out.number(EVENT);
        EventFormat.write(event, out);
      }
      case OfSpan(var span) -> {
        out.number(SPAN);
        SpanFormat.write(span, out);
      }
      case OfParked(var id, var parked) -> {
        out.number(PARKED);
        out.text(id);
        write(parked, out);
      }
    }
    coded.flush();
  }

  private static int group(IngestRecord record) {
    int hash =
        switch (record) {
          case OfEvent(var event) -> event.messageId().value().hashCode();
          case OfSpan(var span) -> span.traceId().value().hashCode();
          case OfParked(var id, _) -> id.hashCode();
        };
    // Ids that count up in steps must not all fall into one of a few parts.
    int mixed = hash * 0x9E3779B9;
    return mixed ^ (mixed >>> 16);
  }

  private static void write(ParkedRecord parked, RecordWriter out) throws IOException {
    out.text(parked.kind().name());
    out.text(parked.reason());
    out.text(parked.source());
    out.instant(parked.acceptedAt());
    out.flag(parked.toldSender());
    out.text(parked.text());
  }

  /** Reads the bytes from an offset on. */
  static LogEntry decode(long position, byte[] bytes, int offset) {
    RecordReader in = reader(bytes, offset);
    try {
      long version = in.number();
      if (version == VERSION) {
        in.number();
      } else if (version != WITHOUT_GROUP) {
        return unreadable(position, "It has the unknown version " + version, bytes, offset);
      }
      Instant acceptedAt = in.instant();
      long type = in.number();
      IngestRecord content =
          switch ((int) type) {
            case EVENT -> new OfEvent(EventFormat.read(in));
            case SPAN -> new OfSpan(SpanFormat.read(in));
            case PARKED -> new OfParked(in.text(), readParked(in));
            default -> throw new IOException("It has the unknown type " + type);
          };
      return new LogEntry.Intact(position, acceptedAt, content);
    } catch (IOException | RuntimeException e) {
      // A value out of its range (an enum's name, an id's shape) is damage as much as a short read.
      return unreadable(position, String.valueOf(e.getMessage()), bytes, offset);
    }
  }

  /** Only when it was accepted. */
  static Instant acceptedAt(byte[] bytes, int offset) throws IOException {
    RecordReader in = reader(bytes, offset);
    if (in.number() != WITHOUT_GROUP) {
      in.number();
    }
    return in.instant();
  }

  /** The record's group; the same one for all that cannot tell. */
  static int group(byte[] bytes, int offset) {
    try {
      RecordReader in = reader(bytes, offset);
      return in.number() == VERSION ? (int) in.number() : 0;
    } catch (IOException _) {
      // Seen again, and told, when it is decoded.
      return 0;
    }
  }

  private static RecordReader reader(byte[] bytes, int offset) {
    return new RecordReader(CodedInputStream.newInstance(bytes, offset, bytes.length - offset));
  }

  private static LogEntry unreadable(long position, String reason, byte[] bytes, int offset) {
    return new LogEntry.Unreadable(
        position, reason, Arrays.copyOfRange(bytes, offset, bytes.length));
  }

  private static ParkedRecord readParked(RecordReader in) throws IOException {
    return ParkedRecord.of(
        ParkedRecord.Kind.valueOf(in.text()),
        in.text(),
        in.text(),
        in.instant(),
        in.flag(),
        in.text());
  }
}
