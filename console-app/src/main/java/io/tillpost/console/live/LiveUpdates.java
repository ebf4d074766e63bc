package io.tillpost.console.live;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.shared.Registration;
import io.tillpost.console.security.CurrentOperator;
import jakarta.annotation.PreDestroy;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.springframework.stereotype.Service;

/**
 * Lets a view show a query that is asked again and again while the view is open.
 *
 * <pre>
 * liveUpdates.watch(this, LiveKey.of("impact", Duration.ofSeconds(2)), impact::now, this::show);
 * </pre>
 *
 * <p>The query runs on a virtual thread, as one of the operators who watch it, once for all pages
 * with an equal key, and never overlaps with itself. The result comes under the lock of the page
 * ({@code ui.access}); a page that is slow gets the newest result only. A new page gets the last
 * known result at once. Nothing runs while nobody watches. Operators who are bound to stores share
 * a query only with those who are bound to the same ones.
 */
@Service
public class LiveUpdates {

  private final Map<LiveKey, SharedQuery<?>> queries = new ConcurrentHashMap<>();
  private final CurrentOperator currentOperator;
  private final Clock clock;

  LiveUpdates(CurrentOperator currentOperator, Clock clock) {
    this.currentOperator = currentOperator;
    this.clock = clock;
  }

  /**
   * Watches a query for as long as the component is attached, from now on if it is, and again
   * whenever it is attached again.
   *
   * @param owner the component that shows the result; {@code show} runs under the lock of its page
   * @param query thread-safe, returns no null; what it throws becomes a {@link Live.Stale}
   * @param show gets every result, in order, maybe leaving out older ones
   * @return ends the watching for good; call it to watch something else, for example after a filter
   *     has changed
   */
  public <T> Registration watch(
      Component owner, LiveKey key, Supplier<T> query, Consumer<Live<T>> show) {
    return new Watching<>(this, owner, key.forStoresOf(currentOperator), query, show);
  }

  /** How many queries run at present; for tests and metrics. */
  int running() {
    return queries.size();
  }

  @SuppressWarnings("unchecked") // a query is stored under the key of its own type
  <T> void join(LiveKey key, Supplier<T> query, Subscriber<T> subscriber) {
    queries.compute(
        key,
        (k, known) -> {
          SharedQuery<T> shared =
              known == null ? new SharedQuery<>(key, query, clock) : (SharedQuery<T>) known;
          shared.add(subscriber);
          return shared;
        });
  }

  void leave(LiveKey key, Subscriber<?> subscriber) {
    queries.computeIfPresent(
        key, (k, shared) -> shared.removeAndIsEmpty(subscriber) ? null : shared);
  }

  @PreDestroy
  void stop() {
    queries.values().forEach(SharedQuery::end);
  }
}
