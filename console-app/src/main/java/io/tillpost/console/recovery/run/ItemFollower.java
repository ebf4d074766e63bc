package io.tillpost.console.recovery.run;

import io.tillpost.console.recovery.Following;
import io.tillpost.console.recovery.RecoveryRecords;
import io.tillpost.console.recovery.channel.LookUps;
import io.tillpost.console.recovery.channel.LookedUp;
import io.tillpost.console.recovery.target.TargetGate;
import io.tillpost.console.recovery.target.TargetGates;
import io.tillpost.message.Message;
import io.tillpost.message.MessageId;
import io.tillpost.recovery.ItemEvent;
import io.tillpost.recovery.RecoveryItem;
import io.tillpost.store.Documents.Versioned;
import io.tillpost.store.Messages;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/** Looks at the message of an item and writes what became of the attempt. */
final class ItemFollower {
  private final RecoveryRecords records;
  private final Messages messages;
  private final LookUps lookUps;
  private final TargetGates targets;
  private final Clock clock;

  ItemFollower(
      RecoveryRecords records,
      Messages messages,
      LookUps lookUps,
      TargetGates targets,
      Clock clock) {
    this.records = records;
    this.messages = messages;
    this.lookUps = lookUps;
    this.targets = targets;
    this.clock = clock;
  }

  /** Looks once; returns the item as it is then. */
  Versioned<RecoveryItem> look(Versioned<RecoveryItem> known) {
    RecoveryItem item = known.value();
    Instant now = clock.instant();
    Optional<Message> message =
        messages.find(new MessageId(item.messageId())).map(Messages.StoredMessage::message);
    Optional<ItemEvent> event = message.flatMap(stored -> Following.outcome(stored, item));
    if (event.isPresent()) {
      return records.apply(known, event.get(), now);
    }
    Instant deadline = item.deadline();
    return item.state().open() && deadline != null && now.isAfter(deadline)
        ? atTheEnd(item, message, now)
            .map(ending -> records.apply(known, ending, clock.instant()))
            .orElse(known)
        : known;
  }

  /**
   * Nobody said in time what became of it: the target is asked, where that can be done, at the
   * target's rate and not in a freeze. Empty where it is not its turn yet.
   */
  private Optional<ItemEvent> atTheEnd(RecoveryItem item, Optional<Message> message, Instant now) {
    Optional<String> channel =
        records.operations().get(item.operationId()).map(operation -> operation.value().channel());
    TargetGate gate = targets.of(item.message().targetName());
    if (!LookUps.tellsOf(item)
        || channel.filter(lookUps::areOfferedBy).isEmpty()
        || message.isEmpty()
        || gate.closed(now).isPresent()) {
      return Optional.of(new ItemEvent.DeadlinePassed());
    }
    if (!gate.enter(now)) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          lookUps.ask(channel.get(), message.get()) instanceof LookedUp.Posted
              ? new ItemEvent.FoundInTarget(LookUps.HAS_IT)
              : new ItemEvent.DeadlinePassed());
    } finally {
      gate.leave();
    }
  }
}
