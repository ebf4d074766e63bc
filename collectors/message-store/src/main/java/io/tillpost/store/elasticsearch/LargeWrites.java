package io.tillpost.store.elasticsearch;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.apache.hc.client5.http.async.AsyncExecChainHandler;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;
import org.apache.hc.core5.http.nio.DataStreamChannel;
import org.jspecify.annotations.Nullable;

/**
 * Hands the body of a large request to the connection in pieces of a quarter of a megabyte. The
 * client of Elasticsearch writes 8 KiB at a time and waits for the selector between two of them,
 * which costs both sides more than the bytes themselves. For one use.
 */
final class LargeWrites implements AsyncEntityProducer {
  private static final int PIECE_BYTES = 256 * 1024;

  /** From here on a body is large. */
  private static final int LARGE_BYTES = 32 * 1024;

  private final AsyncEntityProducer body;
  private final BlockingQueue<ByteBuffer> free;
  private @Nullable ByteBuffer piece;
  private boolean ended;

  private LargeWrites(AsyncEntityProducer body, BlockingQueue<ByteBuffer> free) {
    this.body = body;
    this.free = free;
  }

  /** What a client needs for it, to be put before that which sends. */
  static AsyncExecChainHandler handler() {
    BlockingQueue<ByteBuffer> free = new ArrayBlockingQueue<>(8);
    return (request, body, scope, chain, callback) ->
        chain.proceed(
            request,
            body == null || body.getContentLength() < LARGE_BYTES
                ? body
                : new LargeWrites(body, free),
            scope,
            callback);
  }

  @Override
  public void produce(DataStreamChannel to) throws IOException {
    ByteBuffer gathered = piece;
    if (gathered == null) {
      ByteBuffer before = free.poll();
      gathered = before == null ? ByteBuffer.allocateDirect(PIECE_BYTES) : before.clear();
      piece = gathered;
    }
    int size = -1;
    while (!ended && gathered.hasRemaining() && gathered.position() > size) {
      size = gathered.position();
      body.produce(new Gathering(gathered));
    }
    gathered.flip();
    if (gathered.hasRemaining()) {
      to.write(gathered);
    }
    gathered.compact();
    if (ended && gathered.position() == 0) {
      to.endStream();
    }
  }

  /** Takes what the body produces. */
  private final class Gathering implements DataStreamChannel {
    private final ByteBuffer gathered;

    Gathering(ByteBuffer gathered) {
      this.gathered = gathered;
    }

    @Override
    public int write(ByteBuffer some) {
      int length = Math.min(some.remaining(), gathered.remaining());
      gathered.put(gathered.position(), some, some.position(), length);
      gathered.position(gathered.position() + length);
      some.position(some.position() + length);
      return length;
    }

    @Override
    public void endStream() {
      ended = true;
    }

    @Override
    public void endStream(@Nullable List<? extends Header> trailers) {
      ended = true;
    }

    @Override
    public void requestOutput() {
      // It is asked for until it has ended.
    }
  }

  @Override
  public int available() {
    return PIECE_BYTES;
  }

  @Override
  public void releaseResources() {
    body.releaseResources();
    ByteBuffer used = piece;
    piece = null;
    // Of a request that was given up another thread may just be writing: its piece is not for
    // anybody else.
    if (used != null && ended && used.position() == 0) {
      var _ = free.offer(used);
    }
  }

  @Override
  public boolean isRepeatable() {
    return false;
  }

  @Override
  public void failed(Exception cause) {
    body.failed(cause);
  }

  @Override
  public long getContentLength() {
    return body.getContentLength();
  }

  @Override
  public String getContentType() {
    return body.getContentType();
  }

  @Override
  public String getContentEncoding() {
    return body.getContentEncoding();
  }

  @Override
  public boolean isChunked() {
    return body.isChunked();
  }

  @Override
  public Set<String> getTrailerNames() {
    return body.getTrailerNames();
  }
}
