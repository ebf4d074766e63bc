package io.tillpost.ingest.receive;

import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.common.HttpData;
import io.tillpost.ingest.receive.ArrivingMessage.Verdict;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ArrivingMessageTest {
  private static final int MOST = 1 << 20;
  private static final int PART = 16 << 10;

  private final Load load = new Load(1, 2 * MOST, MOST);
  private final Sender sender = Sender.unbound("store");

  @AfterEach
  void end() {
    load.close();
  }

  private ArrivingMessage message() {
    ArrivingMessage message = new ArrivingMessage(load, MOST, true);
    message.of(sender);
    return message;
  }

  private static byte[] framed(boolean compressed, int declared, byte[] content) {
    return ByteBuffer.allocate(content.length + 5)
        .put((byte) (compressed ? 1 : 0))
        .putInt(declared)
        .put(content)
        .array();
  }

  private static byte[] framed(boolean compressed, byte[] content) {
    return framed(compressed, content.length, content);
  }

  /** What becomes of it with its last part, or with the first that is not fine. */
  private static Verdict take(ArrivingMessage message, byte[] bytes, int part) {
    Verdict verdict = Verdict.FINE;
    for (int at = 0; at < bytes.length && verdict == Verdict.FINE; at += part) {
      verdict = message.take(HttpData.wrap(bytes, at, Math.min(part, bytes.length - at)));
    }
    return verdict;
  }

  private static byte[] gzip(byte[] plain) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(plain);
    }
    return bytes.toByteArray();
  }

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new Random(1).nextBytes(bytes);
    return bytes;
  }

  @Test
  void whatFitsTakesItsRoomUntilItHasArrived() {
    for (int part : new int[] {1, 3, PART, MOST}) {
      ArrivingMessage message = message();
      byte[] bytes = framed(false, random(100_000));
      assertThat(take(message, bytes, part)).isEqualTo(Verdict.FINE);
      assertThat(load.reserved()).isEqualTo(bytes.length);
      message.close();
      message.close();
      assertThat(load.reserved()).isZero();
    }
  }

  @Test
  void theLargestFitsAndOneByteMoreDoesNot() {
    ArrivingMessage message = message();
    assertThat(take(message, framed(false, random(MOST)), PART)).isEqualTo(Verdict.FINE);
    message.close();
    assertThat(take(message(), framed(false, MOST, random(MOST + 1)), PART))
        .as("more than was declared")
        .isEqualTo(Verdict.TOO_LARGE);
    assertThat(load.reserved()).isZero();
  }

  @Test
  void whatDeclaresTooMuchIsOverWithItsFirstBytes() {
    assertThat(take(message(), framed(false, MOST + 1, new byte[0]), 2))
        .isEqualTo(Verdict.TOO_LARGE);
    assertThat(take(message(), framed(false, -1, new byte[0]), 5)).isEqualTo(Verdict.TOO_LARGE);
  }

  @Test
  void aBombIsOverWithThePartThatMakesItOneAndNothingOfItIsKept() throws IOException {
    byte[] member = gzip(new byte[16 << 20]);
    ByteArrayOutputStream members = new ByteArrayOutputStream();
    for (int i = 0; i < 8; i++) {
      members.write(member);
    }
    byte[] bomb = framed(true, members.toByteArray());
    assertThat(bomb.length).isBetween(100_000, MOST);
    ArrivingMessage message = message();

    assertThat(message.take(HttpData.wrap(bomb, 0, 8 << 10))).isEqualTo(Verdict.TOO_LARGE);
    assertThat(load.reserved()).isZero();
    assertThat(message.take(HttpData.wrap(bomb, 0, PART))).isEqualTo(Verdict.UNWANTED);
    assertThat(take(message(), bomb, 1)).isEqualTo(Verdict.TOO_LARGE);
  }

  @Test
  void whatIsCompressedAndBecomesNoLargerThanAllowedIsFine() throws IOException {
    byte[] plain = random(MOST);
    java.util.Arrays.fill(plain, 0, MOST / 2, (byte) 0);
    byte[] packed = gzip(plain);
    assertThat(packed.length).isGreaterThan(64 << 10);
    assertThat(take(message(), framed(true, packed), PART)).isEqualTo(Verdict.FINE);
  }

  @Test
  void whereThereIsNoRoomItIsOverAndTakesNone() {
    assertThat(load.reserve(Sender.unbound("other"), 2 * MOST - PART)).isTrue();
    long before = load.reserved();
    assertThat(take(message(), framed(false, random(MOST)), PART)).isEqualTo(Verdict.BUSY);
    assertThat(load.reserved()).isEqualTo(before);
  }

  @Test
  void nothingIsTakenOfACallThatWasNotLetIn() {
    ArrivingMessage message = new ArrivingMessage(load, MOST, true);
    assertThat(take(message, framed(false, random(10)), PART)).isEqualTo(Verdict.UNWANTED);
    message.close();
    assertThat(load.reserved()).isZero();
  }
}
