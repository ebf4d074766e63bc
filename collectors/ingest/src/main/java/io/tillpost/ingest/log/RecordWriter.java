package io.tillpost.ingest.log;

import com.google.protobuf.CodedOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes the parts of a record: variable-length numbers, UTF-8 with its length before it. */
final class RecordWriter {
  private final CodedOutputStream out;

  RecordWriter(CodedOutputStream out) {
    this.out = out;
  }

  void number(long value) throws IOException {
    out.writeSInt64NoTag(value);
  }

  void text(String value) throws IOException {
    out.writeStringNoTag(value);
  }

  void bytes(byte[] value, int from, int to) throws IOException {
    out.writeUInt32NoTag(to - from);
    out.write(value, from, to - from);
  }

  void flag(boolean value) throws IOException {
    out.writeBoolNoTag(value);
  }

  void optional(@Nullable String value) throws IOException {
    flag(value != null);
    if (value != null) {
      text(value);
    }
  }

  void instant(Instant value) throws IOException {
    number(value.getEpochSecond());
    number(value.getNano());
  }

  void texts(Map<String, String> values) throws IOException {
    number(values.size());
    for (Map.Entry<String, String> entry : values.entrySet()) {
      text(entry.getKey());
      text(entry.getValue());
    }
  }
}
