package io.tillpost.store.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EightBytesTest {
  private final Random random = new Random(4711);

  private byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    for (int i = 0; i < length; i++) {
      if (random.nextInt(3) > 0) {
        bytes[i] = (byte) "/09:\"\\ \u001f!#[]az\u007f".charAt(random.nextInt(15));
      }
    }
    return bytes;
  }

  @Test
  void theFirstSpecialByteAndTheDigitsAreFoundWhereverTheyStand() {
    for (int n = 0; n < 200_000; n++) {
      byte[] bytes = bytes(8);
      long eight = EightBytes.at(bytes, 0);
      int first = 0;
      while (first < 8
          && bytes[first] != '"'
          && bytes[first] != '\\'
          && (bytes[first] < 0 || bytes[first] >= ' ')) {
        first++;
      }
      assertThat(Long.numberOfTrailingZeros(EightBytes.specials(eight)) / 8)
          .as("%s", Arrays.toString(bytes))
          .isEqualTo(first);
      int digits = 0;
      for (byte b : bytes) {
        digits += b >= '0' && b <= '9' ? 1 : 0;
      }
      assertThat(EightBytes.digits(eight)).as("%s", Arrays.toString(bytes)).isEqualTo(digits);
    }
  }

  @Test
  void theFirstSpecialByteIsFoundFromEveryOffsetToEveryEnd() {
    byte[] bytes = "01234567\u00e99abcdefghijklm".getBytes(StandardCharsets.UTF_8);
    for (int at = 0; at < bytes.length; at++) {
      byte before = bytes[at];
      bytes[at] = (byte) "\"\\\n".charAt(at % 3);
      for (int from = 0; from <= bytes.length; from++) {
        for (int end = from; end <= bytes.length; end++) {
          assertThat(EightBytes.special(bytes, from, end))
              .isEqualTo(at < from || at >= end ? end : at);
        }
      }
      bytes[at] = before;
    }
    assertThat(EightBytes.special(bytes, 9, 8)).isEqualTo(9);
  }

  @Test
  void asciiIsToldFromTheRestAtEveryOffset() {
    byte[] bytes = "0123456789abcdefghijklmnopq".getBytes(StandardCharsets.US_ASCII);
    for (int at = 0; at < bytes.length; at++) {
      byte before = bytes[at];
      bytes[at] = (byte) 0xC3;
      for (int from = 0; from <= bytes.length; from++) {
        for (int to = from; to <= bytes.length; to++) {
          assertThat(EightBytes.areAscii(bytes, from, to)).isEqualTo(at < from || at >= to);
        }
      }
      bytes[at] = before;
    }
  }

  @Test
  void quotedTextIsTheSameWhereverItsSpecialByteStands() {
    for (int length = 0; length < 40; length++) {
      for (int at = 0; at < length; at++) {
        String text = "x".repeat(at) + "\"" + "y".repeat(length - at - 1);
        byte[] utf8 = ("--" + text + "--").getBytes(StandardCharsets.UTF_8);
        JsonBytes json = new JsonBytes(new byte[0]);
        json.writeQuoted(utf8, 2, utf8.length - 2);
        assertThat(new String(json.toByteArray(), StandardCharsets.UTF_8))
            .isEqualTo('"' + text.replace("\"", "\\\"") + '"');
      }
    }
  }
}
