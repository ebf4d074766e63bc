package io.tillpost.console.recovery.channel;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Keys under {@code tillpost.channels.<name>}; see {@link RecoveryChannel}.
 *
 * @param url where recovery requests are posted
 * @param secret what they are signed with
 * @param workflows whose messages go this way
 * @param timeout for one request and its answer
 * @param deadline from a request until its outcome must be known
 * @param concurrency how many requests at the same time
 * @param lookUpUrl where the target can be asked by business key, or null where it cannot
 */
public record ChannelProperties(
    URI url,
    String secret,
    List<String> workflows,
    @DefaultValue("10s") Duration timeout,
    @DefaultValue("5m") Duration deadline,
    @DefaultValue("8") int concurrency,
    @Nullable URI lookUpUrl) {
  /** The channel of that name. */
  public RecoveryChannel named(String name) {
    // Bound from a file: what is missing there is null here, whatever the type says.
    require(url != null, name, "url");
    require(secret != null, name, "secret");
    require(workflows != null, name, "workflows");
    return new RecoveryChannel(
        name, url, new ChannelSecret(secret), workflows, timeout, deadline, concurrency, lookUpUrl);
  }

  private static void require(boolean there, String name, String key) {
    if (!there) {
      throw new IllegalArgumentException("tillpost.channels." + name + "." + key + " is missing");
    }
  }

  @Override
  public String toString() {
    return "ChannelProperties[" + url + ", " + workflows + "]";
  }
}
