package io.tillpost.ingest.log;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import io.tillpost.ingest.log.IngestRecord.OfEvent;
import io.tillpost.ingest.log.IngestRecord.OfParked;
import io.tillpost.ingest.log.IngestRecord.OfSpan;
import io.tillpost.ingest.log.IngestRecord.OfWrittenEvent;
import io.tillpost.ingest.log.IngestRecord.OfWrittenSpan;
import io.tillpost.store.ParkedRecord;
import io.tillpost.store.WrittenEvent;
import io.tillpost.store.WrittenSpan;
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
  private static final int WRITTEN_SPAN = 4;
  private static final int WRITTEN_EVENT = 5;
  private static final int TRACE_ID = 32;

  private RecordCodec() {}

  /**
   * Writes a record into the array.
   *
   * @return where it ends, or -1 if it does not fit; what stands behind {@code from} is then of no
   *     use
   */
  static int encode(IngestRecord record, Instant acceptedAt, byte[] to, int from) {
    if (from >= to.length) {
      return -1;
    }
    CodedOutputStream coded = CodedOutputStream.newInstance(to, from, to.length - from);
    try {
      write(record, acceptedAt, coded);
      return from + coded.getTotalBytesWritten();
    } catch (CodedOutputStream.OutOfSpaceException _) {
      return -1;
    } catch (IOException e) {
      throw new UncheckedIOException("Memory does not fail to be written", e);
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
      case OfWrittenSpan(var span) -> {
        out.number(WRITTEN_SPAN);
        out.text(span.documentId());
        out.instant(span.start());
        out.bytes(span.bytes(), span.from(), span.to());
      }
      case OfWrittenEvent(var event) -> {
        out.number(WRITTEN_EVENT);
        out.text(event.documentId());
        out.text(event.messageId());
        out.instant(event.time());
        out.instant(event.capturedAt());
        out.number(event.factsFrom() - event.from());
        out.number(event.factsTo() - event.from());
        out.bytes(event.bytes(), event.from(), event.to());
      }
      case OfParked(var id, var parked) -> {
        out.number(PARKED);
        out.text(id);
        write(parked, out);
      }
    }
    coded.flush();
  }

  /** The id of its message or trace, whose records keep their order. */
  static String groupId(IngestRecord record) {
    return switch (record) {
      case OfEvent(var event) -> event.messageId().value();
      case OfWrittenEvent(var event) -> event.messageId();
      case OfSpan(var span) -> span.traceId().value();
      case OfWrittenSpan(var span) -> span.documentId().substring(0, TRACE_ID);
      case OfParked(var id, _) -> id;
    };
  }

  private static int group(IngestRecord record) {
    int hash = groupId(record).hashCode();
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

  /** Reads the bytes from one offset to before another. */
  static LogEntry decode(long position, byte[] bytes, int from, int to) {
    RecordReader in = reader(bytes, from, to);
    try {
      long version = in.number();
      if (version == VERSION) {
        in.number();
      } else if (version != WITHOUT_GROUP) {
        return unreadable(position, "It has the unknown version " + version, bytes, from, to);
      }
      Instant acceptedAt = in.instant();
      long type = in.number();
      IngestRecord content =
          switch ((int) type) {
            case EVENT -> new OfEvent(EventFormat.read(in));
            case SPAN -> new OfSpan(SpanFormat.read(in));
            case WRITTEN_SPAN -> new OfWrittenSpan(writtenSpan(in, bytes, from));
            case WRITTEN_EVENT -> new OfWrittenEvent(writtenEvent(in, bytes, from));
            case PARKED -> new OfParked(in.text(), readParked(in));
            default -> throw new IOException("It has the unknown type " + type);
          };
      return new LogEntry.Intact(position, acceptedAt, content);
    } catch (IOException | RuntimeException e) {
      // A value out of its range (an enum's name, an id's shape) is damage as much as a short read.
      return unreadable(position, String.valueOf(e.getMessage()), bytes, from, to);
    }
  }

  /** The JSON stays where it is. */
  private static WrittenSpan writtenSpan(RecordReader in, byte[] bytes, int from)
      throws IOException {
    String documentId = in.text();
    Instant start = in.instant();
    int length = in.length();
    int at = from + in.passed();
    in.skip(length);
    return new WrittenSpan(documentId, start, bytes, at, at + length);
  }

  private static WrittenEvent writtenEvent(RecordReader in, byte[] bytes, int from)
      throws IOException {
    String documentId = in.text();
    String messageId = in.text();
    Instant time = in.instant();
    Instant capturedAt = in.instant();
    int factsFrom = in.count();
    int factsTo = in.count();
    int length = in.length();
    int at = from + in.passed();
    in.skip(length);
    if (factsFrom < 1 || factsTo < factsFrom || factsTo > length) {
      throw new IOException("Its parts are not where they should be");
    }
    return new WrittenEvent(
        documentId,
        messageId,
        time,
        capturedAt,
        bytes,
        at,
        at + length,
        at + factsFrom,
        at + factsTo);
  }

  /** Only when it was accepted. */
  static Instant acceptedAt(byte[] bytes, int from, int to) throws IOException {
    RecordReader in = reader(bytes, from, to);
    if (in.number() != WITHOUT_GROUP) {
      in.number();
    }
    return in.instant();
  }

  /** The record with what its beginning tells: its kind and its group. */
  static LogRow row(long position, int partition, long offset, byte[] bytes, int from, int to) {
    RecordKind kind = RecordKind.UNREADABLE;
    int group = 0;
    try {
      RecordReader in = reader(bytes, from, to);
      long version = in.number();
      if (version == VERSION || version == WITHOUT_GROUP) {
        int own = version == VERSION ? (int) in.number() << 1 : 0;
        in.instant();
        kind = kind(in.number());
        group = version == VERSION && kind.isSpan() ? own | 1 : own;
      }
    } catch (IOException | RuntimeException _) {
      // Told when it is decoded; a time out of its range is damage too.
    }
    return new LogRow(position, partition, offset, kind, group, bytes, from, to);
  }

  private static RecordKind kind(long type) {
    return switch ((int) type) {
      case EVENT -> RecordKind.EVENT;
      case SPAN -> RecordKind.SPAN;
      case WRITTEN_SPAN -> RecordKind.WRITTEN_SPAN;
      case WRITTEN_EVENT -> RecordKind.WRITTEN_EVENT;
      case PARKED -> RecordKind.PARKED;
      default -> RecordKind.UNREADABLE;
    };
  }

  private static RecordReader reader(byte[] bytes, int from, int to) {
    return new RecordReader(CodedInputStream.newInstance(bytes, from, to - from));
  }

  private static LogEntry unreadable(long position, String reason, byte[] bytes, int from, int to) {
    return new LogEntry.Unreadable(position, reason, Arrays.copyOfRange(bytes, from, to));
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
