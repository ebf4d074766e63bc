package io.tillpost.console.live;

import io.tillpost.console.security.Operator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Names a query that pages watch. Two pages with equal keys share one query, so a key has to hold
 * everything the result depends on: filters, the page number, and the operator's id where the
 * result is personal.
 *
 * @param name of the query, unique in the console, for example {@code impact}
 * @param parts what the result depends on; compared with {@code equals}
 * @param every the pause between the end of one query and the start of the next; at least 200 ms
 */
public record LiveKey(String name, List<?> parts, Duration every) {

  private static final Duration SHORTEST = Duration.ofMillis(200);

  /** Copies the parts. */
  public LiveKey {
    parts = List.copyOf(parts);
    if (every.compareTo(SHORTEST) < 0) {
      throw new IllegalArgumentException("Not more often than every " + SHORTEST);
    }
  }

  /** A key from its parts, none of them null. */
  public static LiveKey of(String name, Duration every, Object... parts) {
    return new LiveKey(name, Arrays.asList(parts), every);
  }

  /** The same for who has the same roles and may look into messages of the same stores only. */
  LiveKey forRightsOf(Operator operator) {
    List<Object> all = new ArrayList<>(parts);
    all.add(operator.roles());
    all.add(operator.stores());
    return new LiveKey(name, all, every);
  }
}
