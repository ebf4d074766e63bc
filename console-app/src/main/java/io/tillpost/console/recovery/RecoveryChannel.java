package io.tillpost.console.recovery;

import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * The named way into the middleware for recovery.
 *
 * @param name as configured
 * @param url where requests are posted, http or https
 * @param secret what they are signed with
 * @param workflows whose messages go this way; at least one
 * @param timeout for one request and its answer
 * @param deadline from a request that may have been taken until its outcome must be known
 * @param concurrency how many requests at the same time, over all operations of this console
 */
public record RecoveryChannel(
    String name,
    URI url,
    ChannelSecret secret,
    List<String> workflows,
    Duration timeout,
    Duration deadline,
    int concurrency) {
  public RecoveryChannel {
    workflows = List.copyOf(workflows);
    require(
        url.isAbsolute() && List.of("http", "https").contains(url.getScheme()),
        name,
        "url is http or https");
    require(url.getUserInfo() == null, name, "url carries no login: requests are signed");
    require(!workflows.isEmpty(), name, "workflows names at least one");
    require(timeout.isPositive(), name, "timeout is positive");
    require(deadline.compareTo(timeout) > 0, name, "deadline is longer than timeout");
    require(concurrency >= 1 && concurrency <= 256, name, "concurrency is 1 to 256");
  }

  private static void require(boolean holds, String name, String rule) {
    if (!holds) {
      throw new IllegalArgumentException("tillpost.channels." + name + ": " + rule);
    }
  }
}
