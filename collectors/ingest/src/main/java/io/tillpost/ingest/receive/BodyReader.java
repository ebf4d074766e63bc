package io.tillpost.ingest.receive;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpObject;
import com.linecorp.armeria.common.HttpRequest;
import java.io.ByteArrayOutputStream;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/** Collects a body while it arrives, and stops as soon as it is too much. */
final class BodyReader implements Subscriber<HttpObject> {
  private final Load load;
  private final long maxBytes;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final CompletableFuture<Body> body = new CompletableFuture<>();
  private @Nullable Subscription subscription;
  private long reserved;

  private BodyReader(Load load, long maxBytes) {
    this.load = load;
    this.maxBytes = maxBytes;
  }

  /** Reads the request's body; the future never fails. */
  static CompletableFuture<Body> read(HttpRequest request, Load load, long maxBytes) {
    BodyReader reader = new BodyReader(load, maxBytes);
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
    if (bytes.size() + data.length() > maxBytes) {
      stop(new Body.TooLarge());
    } else if (!load.reserve(data.length())) {
      stop(new Body.Busy());
    } else {
      reserved += data.length();
      bytes.write(data.array(), 0, data.length());
    }
  }

  private void stop(Body outcome) {
    load.release(reserved);
    reserved = 0;
    if (subscription != null) {
      subscription.cancel();
    }
    body.complete(outcome);
  }

  @Override
  public void onError(Throwable cause) {
    if (!body.isDone()) {
      load.release(reserved);
      body.complete(new Body.Broken());
    }
  }

  @Override
  public void onComplete() {
    body.complete(new Body.Complete(bytes.toByteArray(), reserved));
  }
}
