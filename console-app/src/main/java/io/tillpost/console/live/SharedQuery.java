package io.tillpost.console.live;

import io.tillpost.console.live.Live.Fresh;
import io.tillpost.console.live.Live.Stale;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.core.context.SecurityContextHolderStrategy;

/**
 * One query for all pages that watch it: asked, delivered, and asked again after a pause, until
 * nobody watches.
 */
final class SharedQuery<T> {

  private static final Logger log = LoggerFactory.getLogger(SharedQuery.class);

  private final LiveKey key;
  private final Supplier<T> query;
  private final SecurityContextHolderStrategy logins;
  private final Clock clock;
  private final List<Subscriber<T>> subscribers = new CopyOnWriteArrayList<>();
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile @Nullable Live<T> last;

  SharedQuery(LiveKey key, Supplier<T> query, SecurityContextHolderStrategy logins, Clock clock) {
    this.key = key;
    this.query = query;
    this.logins = logins;
    this.clock = clock;
  }

  /** Adds a page; the first one starts the query. A known result is delivered at once. */
  void add(Subscriber<T> subscriber) {
    boolean first = subscribers.isEmpty();
    subscribers.add(subscriber);
    Live<T> known = last;
    if (known != null) {
      subscriber.deliver(known);
    }
    if (first) {
      Thread.ofVirtual().name("live-" + key.name()).start(this::askUntilEnded);
    }
  }

  /** Removes a page. Where none is left this ends for good, and the next page starts a new one. */
  boolean removeAndIsEmpty(Subscriber<?> subscriber) {
    subscribers.remove(subscriber);
    if (subscribers.isEmpty()) {
      end();
    }
    return subscribers.isEmpty();
  }

  /** Asks no more. */
  void end() {
    ended.countDown();
  }

  private void askUntilEnded() {
    try {
      do {
        List<Subscriber<T>> watching = List.copyOf(subscribers);
        if (!watching.isEmpty()) {
          Live<T> result = ask(watching.getLast());
          last = result;
          subscribers.forEach(subscriber -> deliver(subscriber, result));
        }
      } while (!ended.await(key.every().toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      log.debug("{} was interrupted and is not asked again", key, e);
    }
  }

  private Live<T> ask(Subscriber<T> onBehalfOf) {
    Instant asOf = clock.instant();
    logins.setContext(onBehalfOf.rights().context());
    try {
      return new Fresh<>(query.get(), asOf);
    } catch (RuntimeException e) {
      log.warn("The live query {} failed; it is tried again in {}", key, key.every(), e);
      return stale(asOf, e);
    } finally {
      logins.clearContext();
    }
  }

  private Stale<T> stale(Instant now, RuntimeException failure) {
    String message = failure.getMessage();
    String reason =
        message == null || message.isBlank()
            ? failure.getClass().getSimpleName()
            : message.lines().findFirst().orElse("");
    return switch (last) {
      case Fresh<T>(T value, Instant asOf) -> new Stale<>(Optional.of(value), asOf, reason);
      case Stale<T>(Optional<T> value, Instant asOf, String ignored) ->
          new Stale<>(value, asOf, reason);
      case null -> new Stale<>(Optional.empty(), now, reason);
    };
  }

  private void deliver(Subscriber<T> subscriber, Live<T> result) {
    try {
      subscriber.deliver(result);
    } catch (RuntimeException e) {
      log.warn("Could not hand the result of {} to a page", key, e);
    }
  }
}
