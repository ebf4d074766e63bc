package io.tillpost.console.recovery.channel;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The configured recovery channels. */
public final class RecoveryChannels {
  private final Map<String, RecoveryChannel> byName = new LinkedHashMap<>();
  private final Map<String, RecoveryChannel> byWorkflow = new LinkedHashMap<>();

  /** These channels; a workflow goes through one of them at most. */
  public RecoveryChannels(Collection<RecoveryChannel> channels) {
    for (RecoveryChannel channel : channels) {
      byName.put(channel.name(), channel);
      for (String workflow : channel.workflows()) {
        RecoveryChannel other = byWorkflow.put(workflow, channel);
        if (other != null) {
          throw new IllegalArgumentException(
              "tillpost.channels: the workflow "
                  + workflow
                  + " goes through both "
                  + other.name()
                  + " and "
                  + channel.name());
        }
      }
    }
  }

  /** In the configured order. */
  public List<RecoveryChannel> all() {
    return List.copyOf(byName.values());
  }

  /** The channel of that name. */
  public Optional<RecoveryChannel> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  /** The channel that messages of this workflow go through; empty where none is configured. */
  public Optional<RecoveryChannel> forWorkflow(String workflow) {
    return Optional.ofNullable(byWorkflow.get(workflow));
  }
}
