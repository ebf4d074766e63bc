package io.tillpost.ingest.otlp;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import java.nio.charset.StandardCharsets;

/** Answers in JSON; they hold no ids, so protobuf's own JSON is OTLP's. */
final class AnswerJson {
  private static final JsonFormat.Printer PRINTER =
      JsonFormat.printer().omittingInsignificantWhitespace();

  private AnswerJson() {}

  static byte[] of(Message answer) {
    try {
      return PRINTER.print(answer).getBytes(StandardCharsets.UTF_8);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("Our answers hold no types that JSON cannot have", e);
    }
  }
}
