package io.tillpost.console.recovery.operation;

import io.tillpost.console.recovery.StartProperties;
import io.tillpost.console.recovery.channel.ChannelGate;
import io.tillpost.console.recovery.channel.RecoveryChannels;
import io.tillpost.console.recovery.run.Ramp;
import io.tillpost.console.recovery.target.TargetGate;
import io.tillpost.console.recovery.target.TargetGates;
import io.tillpost.console.text.MomentText;
import io.tillpost.recovery.OperationSummary;
import io.tillpost.recovery.RecoveryOperation;
import io.tillpost.store.StoreUnavailableException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** Works out how operations are expected to go. */
public final class Outlooks {
  private final TargetGates targets;
  private final RecoveryChannels channels;
  private final Function<String, Optional<ChannelGate.Closed>> closed;
  private final Ramp ramp;
  private final ZoneId zone;
  private final Clock clock;

  /**
   * @param closed until when the channel of a name takes nothing, as the dispatcher of this console
   *     was told
   * @param zone of the moments in notices
   */
  public Outlooks(
      TargetGates targets,
      RecoveryChannels channels,
      Function<String, Optional<ChannelGate.Closed>> closed,
      StartProperties start,
      ZoneId zone,
      Clock clock) {
    this.targets = targets;
    this.channels = channels;
    this.closed = closed;
    this.zone = zone;
    this.ramp = new Ramp(start);
    this.clock = clock;
  }

  Outlook of(RecoveryOperation operation) {
    OperationSummary summary = operation.summary();
    if (summary == null || operation.action().onlyRecorded()) {
      return new Outlook(Duration.ZERO, Map.of(), List.of());
    }
    Instant now = clock.instant();
    Duration longest = Duration.ZERO;
    Map<String, Double> rates = new TreeMap<>();
    List<String> notices = new ArrayList<>();
    channel(operation.channel()).ifPresent(notices::add);
    for (Map.Entry<String, Integer> target : summary.targets().entrySet()) {
      TargetGate gate = targets.of(target.getKey());
      Duration expected = ramp.expected(target.getValue(), gate.rate());
      longest = expected.compareTo(longest) > 0 ? expected : longest;
      rates.put(target.getKey(), gate.rate());
      heldUp(target.getKey(), now).ifPresent(notices::add);
    }
    return new Outlook(longest, rates, notices);
  }

  private Optional<String> heldUp(String target, Instant now) {
    try {
      return targets.heldUp(target, now);
    } catch (StoreUnavailableException _) {
      return Optional.of(
          "Whether somebody froze %s cannot be read now, so nothing is sent to it until it can be."
              .formatted(target));
    }
  }

  private Optional<String> channel(String name) {
    if (channels.find(name).isEmpty()) {
      return Optional.of(
          "Nothing is sent: there is no channel %s in the configuration any more.".formatted(name));
    }
    return closed
        .apply(name)
        .map(
            it ->
                "The channel %s %s %s."
                    .formatted(name, it.why(), MomentText.time(it.until(), zone)));
  }
}
