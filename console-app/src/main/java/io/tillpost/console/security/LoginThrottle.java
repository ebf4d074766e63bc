package io.tillpost.console.security;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Slows down guessing of passwords, by name and address and by address alone. It treats a name that
 * exists like one that does not, and it never blocks a name for other addresses, so that nobody can
 * lock a colleague out.
 *
 * <p>Remembers at most {@value #REMEMBERED} keys, the least recently used go first.
 */
@Component
final class LoginThrottle {

  static final int FREE_FAILURES = 5;
  static final int FREE_FAILURES_OF_ADDRESS = 50;
  static final Duration FIRST_WAIT = Duration.ofSeconds(15);
  static final Duration LONGEST_WAIT = Duration.ofMinutes(15);
  private static final int REMEMBERED = 10_000;
  private static final int MOST_DOUBLINGS = 10;

  private final Clock clock;
  private final Map<String, Failures> failures =
      new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Failures> eldest) {
          return size() > REMEMBERED;
        }
      };

  LoginThrottle(Clock clock) {
    this.clock = clock;
  }

  /**
   * How long this caller still has to wait before a password is even looked at; empty if not at
   * all.
   */
  synchronized Optional<Duration> waitFor(String name, String address) {
    Duration longest = longer(waitOf(byName(name, address)), waitOf(address));
    return longest.isPositive() ? Optional.of(longest) : Optional.empty();
  }

  synchronized void failed(String name, String address) {
    count(byName(name, address), FREE_FAILURES);
    count(address, FREE_FAILURES_OF_ADDRESS);
  }

  synchronized void succeeded(String name, String address) {
    failures.remove(byName(name, address));
  }

  private Duration waitOf(String key) {
    Failures known = failures.get(key);
    return known == null ? Duration.ZERO : Duration.between(clock.instant(), known.blockedUntil);
  }

  private void count(String key, int free) {
    Instant now = clock.instant();
    Failures known = failures.get(key);
    int before = known == null || known.last.plus(LONGEST_WAIT).isBefore(now) ? 0 : known.count;
    int count = before + 1;
    Instant blockedUntil = now;
    if (count >= free) {
      Duration wait = FIRST_WAIT.multipliedBy(1L << Math.min(count - free, MOST_DOUBLINGS));
      blockedUntil = now.plus(wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait);
    }
    failures.put(key, new Failures(count, now, blockedUntil));
  }

  private static Duration longer(Duration a, Duration b) {
    return a.compareTo(b) > 0 ? a : b;
  }

  private static String byName(String name, String address) {
    return address + " " + name.substring(0, Math.min(name.length(), 100));
  }

  private record Failures(int count, Instant last, Instant blockedUntil) {}
}
