package io.tillpost.console.live;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.shared.Registration;
import jakarta.annotation.PreDestroy;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.springframework.security.authentication.AuthenticationCredentialsNotFoundException;
import org.springframework.security.core.context.SecurityContextHolderStrategy;
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
 * known result at once. Nothing runs while nobody watches. Operators share a query only with those
 * who have the same roles and are bound to the same stores, so nobody is shown what was asked with
 * more rights than theirs. RATIONALE.md tells where the rights of a query come from.
 */
@Service
public class LiveUpdates {

  private final Map<LiveKey, SharedQuery<?>> queries = new ConcurrentHashMap<>();
  private final SecurityContextHolderStrategy logins;
  private final Clock clock;

  /**
   * @param logins of this console: the one of the process may be that of another console
   */
  LiveUpdates(SecurityContextHolderStrategy logins, Clock clock) {
    this.logins = logins;
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
   * @throws AuthenticationCredentialsNotFoundException where nobody is logged in while the
   *     component is attached
   */
  public <T> Registration watch(
      Component owner, LiveKey key, Supplier<T> query, Consumer<Live<T>> show) {
    return new Watching<>(this, owner, key, query, show);
  }

  /** Who is logged in on the page, or in the request, that this thread works for. */
  Rights rightsOfThisThread() {
    return Rights.of(logins.getContext().getAuthentication());
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
              known == null ? new SharedQuery<>(key, query, logins, clock) : (SharedQuery<T>) known;
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
