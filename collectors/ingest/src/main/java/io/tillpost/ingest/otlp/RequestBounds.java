package io.tillpost.ingest.otlp;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.Empty;
import com.google.protobuf.WireFormat;
import java.io.IOException;

/**
 * What one OTLP request may hold and become. Its bytes say little of that: an empty span has two
 * bytes, and the attributes of one resource go into each of its spans.
 */
final class RequestBounds {
  /** Collectors send some thousands at once. */
  static final int MOST_RECORDS = 100_000;

  /** Of spans as they are stored, with their resources. */
  static final long MOST_WRITTEN = 48L << 20;

  /** Attributes, their values, and whatever else becomes an object of its own; as in JSON. */
  static final int MOST_PARTS = 2_000_000;

  /** Deeper ones are refused by the generated classes. */
  private static final int DEPTH = 100;

  private RequestBounds() {}

  /**
   * Counts the spans or log records of a request before there is an object for any of them. What it
   * cannot read it leaves to the generated classes.
   *
   * @throws TooMuchException where there are too many
   */
  static void checkRecords(byte[] body) {
    countIn(body, 0, body.length, 0, 0);
  }

  /** Resources are field 1 of the request, scopes field 2 of those, records field 2 of these. */
  private static int countIn(byte[] body, int from, int to, int level, int counted) {
    int records = counted;
    ProtobufFields fields = new ProtobufFields();
    fields.reset(body, from, to);
    while (fields.next()) {
      if (fields.is(level == 0 ? 1 : 2, ProtobufFields.BYTES)) {
        records =
            level < 2 ? countIn(body, fields.from(), fields.to(), level + 1, records) : records + 1;
        checkRecords(records);
      }
    }
    return records;
  }

  static void checkRecords(long records) {
    if (records > MOST_RECORDS) {
      throw new TooMuchException(
          "The request has more than %,d records; send fewer at once".formatted(MOST_RECORDS));
    }
  }

  /**
   * Counts what is within a message before there is an object for any of it: an attribute may have
   * two bytes. What is not known counts too, since it is kept while the message is decoded. What it
   * cannot read it leaves to the generated classes.
   *
   * @throws TooMuchException where there is too much
   */
  static void checkParts(Descriptor type, byte[] body, int from, int to) {
    try {
      countIn(CodedInputStream.newInstance(body, from, to - from), type, 0, 0);
    } catch (IOException _) {
      // Said by the generated classes, in the words of the protocol.
    }
  }

  private static int countIn(CodedInputStream in, Descriptor type, int depth, int counted)
      throws IOException {
    int parts = counted;
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      FieldDescriptor field = type.findFieldByNumber(WireFormat.getTagFieldNumber(tag));
      boolean isPlain = field != null && field.getJavaType() != JavaType.MESSAGE;
      if (!isPlain && ++parts > MOST_PARTS) {
        throw new TooMuchException(
            "The request has more than %,d attributes and values; send fewer at once"
                .formatted(MOST_PARTS));
      }
      int wireType = WireFormat.getTagWireType(tag);
      if (wireType == WireFormat.WIRETYPE_END_GROUP) {
        return parts;
      }
      if (wireType == WireFormat.WIRETYPE_START_GROUP && depth < DEPTH) {
        // There are none in the protocol, but what is in one is kept too.
        parts = countIn(in, Empty.getDescriptor(), depth + 1, parts);
      } else if (wireType == WireFormat.WIRETYPE_LENGTH_DELIMITED
          && field != null
          && !isPlain
          && depth < DEPTH) {
        int behind = in.pushLimit(in.readRawVarint32());
        parts = countIn(in, field.getMessageType(), depth + 1, parts);
        in.popLimit(behind);
      } else {
        in.skipField(tag);
      }
    }
    return parts;
  }

  static void checkWritten(long bytes) {
    if (bytes > MOST_WRITTEN) {
      throw new TooMuchException(
          "The spans of the request have more than %,d MiB with the attributes of their resources; send fewer at once"
              .formatted(MOST_WRITTEN >> 20));
    }
  }
}
