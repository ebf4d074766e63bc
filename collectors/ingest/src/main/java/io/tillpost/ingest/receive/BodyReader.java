package io.tillpost.ingest.receive;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpObject;
import com.linecorp.armeria.common.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/**
 * Collects a body while it arrives. What is too much is let go by unread, up to a bound, before the
 * sender is answered: a connection closed under a sender that still writes would lose the answer.
 */
final class BodyReader implements Subscriber<HttpObject> {
  private static final long MAX_DISCARDED = 256L << 20;

  /** From here on a compressed body is looked at while it arrives; most never come here. */
  private static final long FIRST_LOOK = 64L << 10;

  private final Load load;

  /** Whose room it takes; null where none is. */
  private final @Nullable Sender sender;

  private final long maxBytes;
  private List<byte[]> parts = new ArrayList<>();
  private int size;
  private final CompletableFuture<Body> body = new CompletableFuture<>();
  private @Nullable Subscription subscription;
  private @Nullable Body refusal;
  private @Nullable GzipSize plain;
  private final long firstLook;
  private long reserved;
  private long discarded;

  private BodyReader(Load load, @Nullable Sender sender, long maxBytes, boolean gzip) {
    this.load = load;
    this.sender = sender;
    this.maxBytes = maxBytes;
    this.firstLook = gzip ? FIRST_LOOK : Long.MAX_VALUE;
  }

  /**
   * Reads the request's body; the future never fails.
   *
   * @param maxBytes before decompression, and after it where that is known already
   */
  static CompletableFuture<Body> read(
      HttpRequest request, Load load, Sender sender, long maxBytes, boolean gzip) {
    return start(request, new BodyReader(load, sender, maxBytes, gzip));
  }

  /** Lets the request's body go by; the future never fails. */
  static CompletableFuture<Body> discard(HttpRequest request, Load load) {
    BodyReader reader = new BodyReader(load, null, 0, false);
    reader.refusal = new Body.TooLarge();
    return start(request, reader);
  }

  private static CompletableFuture<Body> start(HttpRequest request, BodyReader reader) {
    request.subscribe(reader);
    return reader.body;
  }

  @Override
  public void onSubscribe(Subscription newSubscription) {
    subscription = newSubscription;
    newSubscription.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(HttpObject part) {
    if (!(part instanceof HttpData data) || body.isDone()) {
      return;
    }
    if (refusal != null) {
      discard(data.length(), refusal);
    } else if (size + data.length() > maxBytes) {
      refuse(new Body.TooLarge());
    } else if (sender != null && !load.reserve(sender, data.length())) {
      refuse(new Body.Busy());
    } else {
      byte[] bytes = data.array();
      reserved += bytes.length;
      parts.add(bytes);
      size += bytes.length;
      refuseBomb(bytes);
    }
  }

  /**
   * A hundred bombs at a time would fill the room for bodies before any of them is whole, and
   * others would be turned away. So a bomb is let go with the part that makes it one.
   */
  private void refuseBomb(byte[] part) {
    if (size < firstLook) {
      return;
    }
    GzipSize counting = plain;
    boolean tooLarge;
    if (counting == null) {
      counting = new GzipSize(maxBytes);
      plain = counting;
      tooLarge = parts.stream().anyMatch(counting::isTooLargeWith);
    } else {
      tooLarge = counting.isTooLargeWith(part);
    }
    if (tooLarge) {
      refuse(new Body.TooLarge());
    }
  }

  private void endCounting() {
    if (plain != null) {
      plain.close();
      plain = null;
    }
  }

  private void refuse(Body outcome) {
    refusal = outcome;
    release();
  }

  private void release() {
    endCounting();
    if (sender != null) {
      load.release(sender, reserved);
    }
    reserved = 0;
    parts = new ArrayList<>();
    size = 0;
  }

  /** One copy, at the end: an array that grows would be copied again and again. */
  private byte[] joined() {
    if (parts.size() == 1) {
      return parts.getFirst();
    }
    byte[] all = new byte[size];
    int at = 0;
    for (byte[] part : parts) {
      System.arraycopy(part, 0, all, at, part.length);
      at += part.length;
    }
    return all;
  }

  private void discard(int length, Body outcome) {
    discarded += length;
    if (discarded > MAX_DISCARDED && subscription != null) {
      subscription.cancel();
      body.complete(outcome);
    }
  }

  @Override
  public void onError(Throwable cause) {
    if (!body.isDone()) {
      release();
      body.complete(new Body.Broken());
    }
  }

  @Override
  public void onComplete() {
    endCounting();
    body.complete(refusal != null ? refusal : new Body.Complete(joined(), reserved));
  }
}
