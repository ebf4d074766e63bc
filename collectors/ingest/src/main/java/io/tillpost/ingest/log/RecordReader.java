package io.tillpost.ingest.log;

import com.google.protobuf.CodedInputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what {@link RecordWriter} wrote. */
final class RecordReader {
  private final CodedInputStream in;

  RecordReader(CodedInputStream in) {
    this.in = in;
  }

  long number() throws IOException {
    return in.readSInt64();
  }

  int count() throws IOException {
    return Math.toIntExact(number());
  }

  String text() throws IOException {
    return in.readStringRequireUtf8();
  }

  /** How many bytes follow. */
  int length() throws IOException {
    return in.readUInt32();
  }

  /** How many bytes were read so far. */
  int passed() {
    return in.getTotalBytesRead();
  }

  void skip(int bytes) throws IOException {
    in.skipRawBytes(bytes);
  }

  boolean flag() throws IOException {
    return in.readBool();
  }

  @Nullable String optional() throws IOException {
    return flag() ? text() : null;
  }

  Instant instant() throws IOException {
    return Instant.ofEpochSecond(number(), number());
  }

  Map<String, String> texts() throws IOException {
    int size = count();
    if (size == 0) {
      return Map.of();
    }
    Map<String, String> values = new LinkedHashMap<>();
    for (int i = 0; i < size; i++) {
      String name = text();
      values.put(name, text());
    }
    return values;
  }
}
