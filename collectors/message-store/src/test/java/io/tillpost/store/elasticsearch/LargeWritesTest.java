package io.tillpost.store.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import org.apache.hc.client5.http.async.AsyncExecCallback;
import org.apache.hc.client5.http.async.AsyncExecChain;
import org.apache.hc.client5.http.async.AsyncExecChainHandler;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;
import org.apache.hc.core5.http.nio.DataStreamChannel;
import org.apache.hc.core5.http.nio.StreamChannel;
import org.apache.hc.core5.http.nio.entity.AbstractBinAsyncEntityProducer;
import org.junit.jupiter.api.Test;

class LargeWritesTest {
  private static final int PIECE = 8_192;

  private final Random random = new Random(4711);

  @Test
  void aLargeBodyArrivesAsItIsInFewPieces() throws Exception {
    for (int size : new int[] {32 * 1024, 256 * 1024, 256 * 1024 + 1, 3_000_001}) {
      byte[] body = new byte[size];
      random.nextBytes(body);
      Connection whole = new Connection(Integer.MAX_VALUE);
      send(body, whole);
      assertThat(whole.received.toByteArray()).isEqualTo(body);
      assertThat(whole.writes).isLessThanOrEqualTo(size / (128 * 1024) + 1);
      Connection slow = new Connection(10_000);
      send(body, slow);
      assertThat(slow.received.toByteArray()).isEqualTo(body);
      assertThat(slow.ended).isTrue();
    }
  }

  @Test
  void aBodyThatIsGivenUpWhileItIsWrittenDoesNotSpoilTheNext() throws Exception {
    byte[] body = new byte[300_000];
    random.nextBytes(body);
    AsyncExecChainHandler handler = LargeWrites.handler();
    AsyncEntityProducer first = wrapped(handler, new Pieces(new byte[300_000]));
    AsyncEntityProducer next = wrapped(handler, new Pieces(body));
    Connection slow = new Connection(10_000);

    first.produce(
        new Connection(10_000) {
          @Override
          public int write(ByteBuffer bytes) throws IOException {
            first.releaseResources();
            next.produce(slow);
            return super.write(bytes);
          }
        });
    while (!slow.ended) {
      next.produce(slow);
    }

    assertThat(slow.received.toByteArray()).isEqualTo(body);
  }

  @Test
  void aSmallBodyIsLeftAlone() throws Exception {
    AsyncEntityProducer small = new Pieces(new byte[1_000]);
    assertThat(wrapped(small)).isSameAs(small);
  }

  private void send(byte[] body, Connection connection) throws Exception {
    AsyncEntityProducer sent = wrapped(new Pieces(body));
    assertThat(sent.getContentLength()).isEqualTo(body.length);
    while (!connection.ended) {
      assertThat(sent.available()).isPositive();
      sent.produce(connection);
    }
    sent.releaseResources();
  }

  /** What is handed on in place of the body. */
  private static AsyncEntityProducer wrapped(AsyncEntityProducer body) throws Exception {
    return wrapped(LargeWrites.handler(), body);
  }

  private static AsyncEntityProducer wrapped(
      AsyncExecChainHandler handler, AsyncEntityProducer body) throws Exception {
    AsyncEntityProducer[] sent = new AsyncEntityProducer[1];
    AsyncExecChain chain =
        (HttpRequest _, AsyncEntityProducer b, AsyncExecChain.Scope _, AsyncExecCallback _) ->
            sent[0] = b;
    handler.execute(null, body, null, chain, null);
    return sent[0];
  }

  /** Offers a body in small pieces, as the client of Elasticsearch does. */
  private static final class Pieces extends AbstractBinAsyncEntityProducer {
    private final ByteBuffer left;
    private final int size;

    Pieces(byte[] body) {
      super(0, ContentType.APPLICATION_JSON);
      left = ByteBuffer.wrap(body);
      size = body.length;
    }

    @Override
    protected int availableData() {
      return left.remaining();
    }

    @Override
    protected void produceData(StreamChannel<ByteBuffer> to) throws IOException {
      ByteBuffer piece = left.slice(left.position(), Math.min(PIECE, left.remaining()));
      left.position(left.position() + to.write(piece));
      if (!left.hasRemaining()) {
        to.endStream();
      }
    }

    @Override
    public long getContentLength() {
      return size;
    }

    @Override
    public boolean isRepeatable() {
      return true;
    }

    @Override
    public void failed(Exception cause) {
      throw new AssertionError(cause);
    }
  }

  /** Takes so many bytes at a time. */
  private static class Connection implements DataStreamChannel {
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    private final int most;
    private int writes;
    private boolean ended;

    Connection(int most) {
      this.most = most;
    }

    @Override
    public int write(ByteBuffer bytes) throws IOException {
      byte[] taken = new byte[Math.min(most, bytes.remaining())];
      bytes.get(taken);
      received.writeBytes(taken);
      writes++;
      return taken.length;
    }

    @Override
    public void endStream() {
      ended = true;
    }

    @Override
    public void endStream(List<? extends Header> trailers) {
      ended = true;
    }

    @Override
    public void requestOutput() {
      // It asks again by itself.
    }
  }
}
