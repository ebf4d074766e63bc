package io.tillpost.console.recovery.list;

import io.tillpost.console.recovery.OperationAnswer;
import io.tillpost.console.recovery.Wish;
import io.tillpost.recovery.RecoveryOperation;
import java.util.Optional;
import java.util.Set;

/** Which channel the messages of a list go through: one for all of them. */
final class PlannedChannel {
  private final RetryRules rules;

  PlannedChannel(RetryRules rules) {
    this.rules = rules;
  }

  /** What is wrong with the channel that is named, whichever messages go there. */
  Optional<OperationAnswer> faultOfName(Wish wish) {
    String named = wish.channel();
    return wish.action().onlyRecorded() || named == null || rules.isChannel(named)
        ? Optional.empty()
        : Optional.of(new OperationAnswer.Invalid("There is no recovery channel " + named));
  }

  /** Why these messages cannot go through one channel; empty if they can. */
  Optional<OperationAnswer> fault(Wish wish, ChosenList chosen) {
    if (wish.action().onlyRecorded() || wish.channel() != null) {
      return faultOfName(wish);
    }
    Set<String> workflows = chosen.workflows();
    Optional<String> missing =
        workflows.stream().flatMap(w -> rules.channelMissing(w).stream()).findFirst();
    if (missing.isPresent()) {
      return Optional.of(new OperationAnswer.Refused(missing.get()));
    }
    long channels = workflows.stream().map(rules::channel).distinct().count();
    return channels == 1
        ? Optional.empty()
        : Optional.of(
            new OperationAnswer.Refused("These messages go through different recovery channels"));
  }

  /** The name of the channel, where nothing is against it. */
  String of(Wish wish, ChosenList chosen) {
    String named = ofNotRead(wish);
    return named.equals(RecoveryOperation.NO_CHANNEL) && !wish.action().onlyRecorded()
        ? rules.channel(chosen.workflows().iterator().next()).name()
        : named;
  }

  /** The same as far as it is known before the messages are read. */
  static String ofNotRead(Wish wish) {
    String named = wish.channel();
    return named == null ? RecoveryOperation.NO_CHANNEL : named;
  }
}
