package io.tillpost.console.recovery.channel;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

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
 * @param lookUpUrl where the target can be asked for a message by its business key, http or https;
 *     null where the channel offers no look-up
 */
public record RecoveryChannel(
    String name,
    URI url,
    ChannelSecret secret,
    List<String> workflows,
    Duration timeout,
    Duration deadline,
    int concurrency,
    @Nullable URI lookUpUrl) {
  public RecoveryChannel {
    workflows = List.copyOf(workflows);
    require(web(url), name, "url is http or https");
    require(url.getUserInfo() == null, name, "url carries no login: requests are signed");
    require(lookUpUrl == null || web(lookUpUrl), name, "look-up-url is http or https");
    require(!workflows.isEmpty(), name, "workflows names at least one");
    require(timeout.isPositive(), name, "timeout is positive");
    require(deadline.compareTo(timeout) > 0, name, "deadline is longer than timeout");
    require(concurrency >= 1 && concurrency <= 256, name, "concurrency is 1 to 256");
  }

  private static boolean web(URI url) {
    return url.isAbsolute() && List.of("http", "https").contains(url.getScheme());
  }

  private static void require(boolean holds, String name, String rule) {
    if (!holds) {
      throw new IllegalArgumentException("tillpost.channels." + name + ": " + rule);
    }
  }
}
