package io.tillpost.ingest.otlp;

import io.tillpost.ingest.masking.CardDigits;
import io.tillpost.ingest.masking.CardNumbers;
import io.tillpost.store.json.EightBytes;
import io.tillpost.store.json.JsonBytes;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Texts of a request as they stand in its body. */
final class TextBytes {
  private TextBytes() {}

  /** Whether it is UTF-8, as every text of protobuf has to be. */
  static boolean isText(byte[] body, int from, int to) {
    return EightBytes.areAscii(body, from, to) || isUtf8(body, from, to);
  }

  private static boolean isUtf8(byte[] body, int from, int to) {
    try {
      var _ = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body, from, to - from));
      return true;
    } catch (CharacterCodingException _) {
      return false;
    }
  }

  static String text(byte[] body, int from, int to) {
    return new String(body, from, to - from, StandardCharsets.UTF_8);
  }

  /** Writes the text in its quotes, card numbers masked. */
  static void writeMasked(JsonBytes json, byte[] body, int from, int to) {
    if (CardDigits.areIn(body, from, to)) {
      String text = text(body, from, to);
      String masked = CardNumbers.mask(text);
      if (!masked.equals(text)) {
        byte[] bytes = masked.getBytes(StandardCharsets.UTF_8);
        json.writeQuoted(bytes, 0, bytes.length);
        return;
      }
    }
    json.writeQuoted(body, from, to);
  }
}
