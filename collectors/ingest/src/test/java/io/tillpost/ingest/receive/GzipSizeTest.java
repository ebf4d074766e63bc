package io.tillpost.ingest.receive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class GzipSizeTest {
  private static final int PLENTY = 1 << 30;

  private final Random random = new Random(7);

  @Test
  void theSizeIsThatOfTheContentHoweverTheBodyIsCutAndWhateverIsInItsHeaders() throws IOException {
    for (int round = 0; round < 200; round++) {
      ByteArrayOutputStream body = new ByteArrayOutputStream();
      int expected = 0;
      for (int member = 0; member <= random.nextInt(4); member++) {
        byte[] content = content(random.nextInt(100_000));
        expected += content.length;
        body.write(member(content, random.nextInt(32)));
      }
      try (GzipSize size = new GzipSize(PLENTY)) {
        feed(size, body.toByteArray(), 1 + random.nextInt(10_000));
        assertThat(size.size()).as("round %d", round).isEqualTo(expected);
      }
    }
  }

  @Test
  void aBombIsKnownWithThePartThatMakesItOneWhateverCameBefore() throws IOException {
    byte[] harmless = content(300_000);
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.write(member(harmless, 0));
    int before = body.size();
    body.write(member(new byte[64 << 20], 0));
    int part = 1_000;
    try (GzipSize size = new GzipSize(1 << 20)) {
      int sent = feed(size, body.toByteArray(), part);
      assertThat(sent).isBetween(before, before + 3 * part);
      assertThat(size.size()).isBetween(1L << 20, 2L << 20);
    }
  }

  @Test
  void ofWhatIsNoGzipNothingIsCounted() throws IOException {
    byte[] good = member(content(1_000), 0);
    byte[] trailing = Arrays.copyOf(good, good.length + 100);
    byte[] broken = good.clone();
    Arrays.fill(broken, 12, 40, (byte) 0xff);
    for (byte[] body : new byte[][] {content(5_000), trailing, broken, Arrays.copyOf(good, 500)}) {
      try (GzipSize size = new GzipSize(PLENTY)) {
        assertThat(feed(size, body, 100)).isEqualTo(body.length);
        assertThat(size.size()).isLessThanOrEqualTo(1_000);
      }
    }
  }

  /** How much went in until it was too large, or all. */
  private static int feed(GzipSize size, byte[] body, int part) {
    int at = 0;
    while (at < body.length) {
      byte[] next = Arrays.copyOfRange(body, at, Math.min(body.length, at + part));
      at += next.length;
      if (size.isTooLargeWith(next)) {
        return at;
      }
    }
    return at;
  }

  private byte[] content(int length) {
    byte[] content = new byte[length];
    random.nextBytes(content);
    // Half of it can be compressed.
    Arrays.fill(content, 0, length / 2, (byte) 'x');
    return content;
  }

  /** One member, with what the flags of RFC 1952 say in its header; one of the bits is unused. */
  private byte[] member(byte[] content, int flags) throws IOException {
    if (flags == 0) {
      ByteArrayOutputStream plain = new ByteArrayOutputStream();
      try (GZIPOutputStream gzip = new GZIPOutputStream(plain)) {
        gzip.write(content);
      }
      return plain.toByteArray();
    }
    ByteArrayOutputStream member = new ByteArrayOutputStream();
    member.write(new byte[] {0x1f, (byte) 0x8b, 8, (byte) flags, 0, 0, 0, 0, 0, 0});
    if ((flags & 4) != 0) {
      int extra = random.nextInt(600);
      member.write(extra & 0xff);
      member.write(extra >> 8);
      member.write(new byte[extra]);
    }
    if ((flags & 8) != 0) {
      member.write(new byte[] {'n', 'a', 0});
    }
    if ((flags & 16) != 0) {
      member.write(new byte[] {0});
    }
    if ((flags & 2) != 0) {
      member.write(new byte[2]);
    }
    Deflater deflater = new Deflater(1 + random.nextInt(9), true);
    deflater.setInput(content);
    deflater.finish();
    byte[] buffer = new byte[10_000];
    while (!deflater.finished()) {
      member.write(buffer, 0, deflater.deflate(buffer));
    }
    deflater.end();
    member.write(new byte[8]);
    return member.toByteArray();
  }
}
