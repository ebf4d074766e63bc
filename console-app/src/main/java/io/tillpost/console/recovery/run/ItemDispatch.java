package io.tillpost.console.recovery.run;

import io.opentelemetry.api.OpenTelemetry;
import io.tillpost.console.recovery.Claims;
import io.tillpost.console.recovery.EarlierClaims;
import io.tillpost.console.recovery.Eligibility;
import io.tillpost.console.recovery.Following;
import io.tillpost.console.recovery.ItemAudit;
import io.tillpost.console.recovery.RecoveryRecords;
import io.tillpost.console.recovery.automatic.AutomaticGuard;
import io.tillpost.console.recovery.channel.BackOff;
import io.tillpost.console.recovery.channel.ChannelAnswer;
import io.tillpost.console.recovery.channel.ChannelRequest;
import io.tillpost.console.recovery.channel.ChannelTransport;
import io.tillpost.console.recovery.channel.DispatchTrace;
import io.tillpost.console.recovery.channel.LookUps;
import io.tillpost.console.recovery.channel.LookedUp;
import io.tillpost.console.recovery.channel.RecoveryChannel;
import io.tillpost.console.recovery.earlier.EarlierMessages;
import io.tillpost.console.recovery.earlier.EarlierOnes;
import io.tillpost.console.recovery.earlier.SkipReasons;
import io.tillpost.console.recovery.earlier.Superseding;
import io.tillpost.message.Message;
import io.tillpost.message.MessageId;
import io.tillpost.message.MessageStatus;
import io.tillpost.recovery.EarlierPassed;
import io.tillpost.recovery.ItemEvent;
import io.tillpost.recovery.ItemState;
import io.tillpost.recovery.OperationScope;
import io.tillpost.recovery.RecoveryAction;
import io.tillpost.recovery.RecoveryItem;
import io.tillpost.recovery.RecoveryOperation;
import io.tillpost.store.Documents.Versioned;
import io.tillpost.store.Messages;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Brings one item as far as the channel's answer: looks at the message as it is now, claims the
 * attempt, writes that a request goes out, sends it, writes the answer. Every step may be the last
 * one before a crash; see docs/recovery-design.md.
 */
final class ItemDispatch {
  /** For how many timeouts of the channel the item is kept from other dispatchers. */
  private static final int HOLD = 2;

  private final RecoveryRecords records;
  private final EarlierClaims earlierClaims;
  private final EarlierGuard earlierOnes;
  private final Claims claims;
  private final Messages messages;
  private final SentContents contents;
  private final Superseding superseding;
  private final ObjectOrder order;
  private final AutomaticGuard automatic;
  private final LookUps lookUps;
  private final ChannelTransport client;
  private final ItemAudit audit;
  private final OpenTelemetry telemetry;
  private final BackOff backOff;
  private final Clock clock;
  private final String dispatcher;

  ItemDispatch(
      RecoveryRecords records,
      Messages messages,
      Superseding superseding,
      ObjectOrder order,
      AutomaticGuard automatic,
      LookUps lookUps,
      ChannelTransport client,
      ItemAudit audit,
      OpenTelemetry telemetry,
      BackOff backOff,
      Clock clock,
      String dispatcher) {
    this.records = records;
    this.earlierClaims = new EarlierClaims(records);
    this.earlierOnes =
        new EarlierGuard(records, messages, new EarlierMessages(messages, superseding), order);
    this.claims = new Claims(records, clock);
    this.messages = messages;
    this.contents = new SentContents(records, messages);
    this.superseding = superseding;
    this.order = order;
    this.automatic = automatic;
    this.lookUps = lookUps;
    this.client = client;
    this.audit = audit;
    this.telemetry = telemetry;
    this.backOff = backOff;
    this.clock = clock;
    this.dispatcher = dispatcher;
  }

  /**
   * Does what is to be done now; returns the item as it is then.
   *
   * @param earlier messages about its business object that may have failed
   */
  Versioned<RecoveryItem> dispatch(
      RecoveryOperation operation, Lane lane, Versioned<RecoveryItem> known, EarlierOnes earlier) {
    RecoveryItem item = known.value();
    Optional<Message> found =
        messages.find(new MessageId(item.messageId())).map(Messages.StoredMessage::message);
    Optional<ItemEvent> instead =
        item.state() == ItemState.PLANNED
            ? notNow(operation, lane, item, found, earlier)
            : found
                .flatMap(message -> Following.outcome(message, item))
                .or(() -> found.flatMap(message -> asked(lane, item, message)))
                .or(() -> tooLate(item))
                .or(() -> noMore(operation, item, found));
    if (instead.isPresent()) {
      return isKnown(item, instead.get())
          ? known
          : records.apply(known, instead.get(), clock.instant());
    }
    // One that may be taken and whose message has gone from the store can only run out.
    return found.map(message -> send(operation, lane, known, message)).orElse(known);
  }

  /** What it waits for is written down once, however long it waits. */
  private static boolean isKnown(RecoveryItem item, ItemEvent event) {
    return event instanceof ItemEvent.Waits waits && waits.itemId().equals(item.waitsFor());
  }

  /** What the target says of a request that it may have taken, before the same one goes again. */
  private Optional<ItemEvent> asked(Lane lane, RecoveryItem item, Message message) {
    if (!item.mayBeTaken() || !LookUps.tellsOf(item)) {
      return Optional.empty();
    }
    return switch (lookUps.ask(lane.channel().name(), message)) {
      case LookedUp.Posted _ -> Optional.of(new ItemEvent.FoundInTarget(LookUps.HAS_IT));
      case LookedUp.Pending _ ->
          tooLate(item)
              .or(
                  () ->
                      Optional.of(
                          new ItemEvent.OutcomeUnknown(
                              clock.instant().plus(backOff.after(item.dispatches())),
                              "The target says that it is on its way")));
      case LookedUp.Absent _, LookedUp.NotKnown _ -> Optional.empty();
    };
  }

  /** What the target says of an earlier attempt of which nobody knows whether it got through. */
  private Optional<ItemEvent> askedBefore(Lane lane, RecoveryItem item, Optional<Message> found) {
    if (found.isEmpty()
        || !LookUps.tellsOf(item)
        || !earlierClaims.inDoubt(found.get(), item.attempt())) {
      return Optional.empty();
    }
    return switch (lookUps.ask(lane.channel().name(), found.get())) {
      case LookedUp.Posted _ -> Optional.of(new ItemEvent.Skipped(LookUps.HAS_IT));
      case LookedUp.Pending _ ->
          Optional.of(
              new ItemEvent.Skipped("The target says that an earlier attempt is on its way"));
      case LookedUp.Absent _, LookedUp.NotKnown _ -> Optional.empty();
    };
  }

  private Optional<ItemEvent> tooLate(RecoveryItem item) {
    Instant deadline = item.deadline();
    return deadline != null && clock.instant().isAfter(deadline)
        ? Optional.of(new ItemEvent.DeadlinePassed())
        : Optional.empty();
  }

  /**
   * Why the item does not go out for the first time; where nothing is against it, it is claimed.
   */
  private Optional<ItemEvent> notNow(
      RecoveryOperation operation,
      Lane lane,
      RecoveryItem item,
      Optional<Message> found,
      EarlierOnes earlier) {
    return objection(operation, item, found)
        .<ItemEvent>map(ItemEvent.Skipped::new)
        .or(() -> earlierOnes.objection(item, earlier))
        .or(() -> askedBefore(lane, item, found))
        .or(() -> order.take(item, lane.channel().timeout()))
        .or(() -> claims.take(operation, item).map(ItemEvent.Skipped::new));
  }

  /**
   * Why one that went out, and was certainly not taken, does not go out again: what has happened
   * since, while its channel was away for example, counts as it does for those that never went out.
   */
  private Optional<ItemEvent> noMore(
      RecoveryOperation operation, RecoveryItem item, Optional<Message> found) {
    return item.mayBeTaken()
        ? Optional.empty()
        : objection(operation, item, found).map(ItemEvent.Cancelled::new);
  }

  private Optional<String> objection(
      RecoveryOperation operation, RecoveryItem item, Optional<Message> found) {
    if (found.isEmpty()) {
      return Optional.of("The message is not stored any more");
    }
    Message message = found.get();
    MessageStatus status = message.status();
    if (status == MessageStatus.CONFIRMED && operation.action() != RecoveryAction.REPLAY) {
      return Optional.of("The target has it already");
    }
    int highest = message.currentAttempt().number();
    if (highest >= item.attempt()) {
      return Optional.of("Attempt %d was made since".formatted(highest));
    }
    Optional<String> standing = Eligibility.objection(operation.action(), message);
    if (standing.isPresent()) {
      return standing;
    }
    Optional<String> newer =
        superseding
            .newerConfirmed(message, other -> !mayFollow(item, other))
            .map(Superseding.Newer::words);
    if (newer.isPresent()) {
      return newer;
    }
    boolean byItself = operation.scope().kind() == OperationScope.Kind.MESSAGE;
    return earlierClaims
        .objection(operation.action(), message, item.attempt(), byItself)
        .or(() -> automatic.objection(operation, item, message));
  }

  /** Whether somebody decided that the item goes in spite of that newer message. */
  private static boolean mayFollow(RecoveryItem item, Message newer) {
    return item.mayFollow(newer.id().value(), newer.confirmedAt().orElse(Instant.MAX));
  }

  /** What becomes of one whose content is not to be had; one that may be taken stays in doubt. */
  private ItemEvent withoutContent(RecoveryItem item, String why) {
    if (item.state() == ItemState.PLANNED) {
      return new ItemEvent.Skipped(why);
    }
    return item.mayBeTaken()
        ? new ItemEvent.OutcomeUnknown(clock.instant().plus(backOff.after(item.dispatches())), why)
        : new ItemEvent.Rejected(why);
  }

  private Versioned<RecoveryItem> send(
      RecoveryOperation operation, Lane lane, Versioned<RecoveryItem> known, Message message) {
    RecoveryChannel channel = lane.channel();
    SentContents.Found.Content content;
    switch (contents.of(known.value())) {
      case SentContents.Found.Content found -> content = found;
      case SentContents.Found.Another another -> {
        return records.apply(known, withoutContent(known.value(), another.why()), clock.instant());
      }
    }
    audit.begins(operation, known.value(), message, words(known.value(), content));
    Instant now = clock.instant();
    DispatchTrace trace = DispatchTrace.start(telemetry, known.value(), channel.name());
    ItemEvent.DispatchStarted start =
        new ItemEvent.DispatchStarted(
            dispatcher,
            now.plus(channel.timeout().multipliedBy(HOLD)),
            now.plus(channel.deadline()),
            trace.traceId());
    Optional<Versioned<RecoveryItem>> started = records.startDispatch(known, start, now);
    if (started.isEmpty()) {
      return records.again(known);
    }
    RecoveryItem item = started.get().value();
    byte[] body = ChannelRequest.of(operation, item, message, content.payload()).json();
    ChannelAnswer answer = client.post(channel, body, item.idempotencyKey(), trace.traceparent());
    trace.end(answer);
    Instant answered = clock.instant();
    lane.gate().heard(answer, answered);
    Duration after = Duration.between(now, answered);
    lane.health().answered(item.message().targetName(), answer, after, item.dispatches() > 1);
    return records.apply(started.get(), event(answer, item, lane, answered), answered);
  }

  /**
   * A request that was not taken says nothing of the one before it, of which nobody knows: a proxy
   * may have answered in the place of the middleware that works on it. That stays in doubt.
   */
  private ItemEvent notTaken(RecoveryItem item, Instant now, ItemEvent event, String reason) {
    return item.inDoubt()
        ? new ItemEvent.OutcomeUnknown(
            now.plus(backOff.after(item.dispatches())),
            "An earlier request may have been taken; to this one it said: " + reason)
        : event;
  }

  /** For the audit trail. */
  private static String words(RecoveryItem item, SentContents.Found.Content content) {
    EarlierPassed passes = item.passes();
    return content.words(item)
        + (passes == null
            ? ""
            : ", before " + SkipReasons.passed(passes, item.message().objectKey()))
        + (item.supersededBy() == null
            ? ""
            : ", in spite of the newer message " + item.supersededBy());
  }

  private ItemEvent event(ChannelAnswer answer, RecoveryItem item, Lane lane, Instant now) {
    return switch (answer) {
      case ChannelAnswer.Taken _ -> new ItemEvent.Taken(now.plus(lane.channel().deadline()));
      case ChannelAnswer.AlreadyDone a -> new ItemEvent.HadAlready(a.reason());
      case ChannelAnswer.Refused a ->
          notTaken(item, now, new ItemEvent.Refused(a.reason()), a.reason());
      case ChannelAnswer.Rejected a ->
          notTaken(item, now, new ItemEvent.Rejected(a.reason()), a.reason());
      case ChannelAnswer.SlowDown a ->
          new ItemEvent.SlowDown(lane.gate().closedUntil(), a.reason());
      case ChannelAnswer.NotReached a ->
          new ItemEvent.SlowDown(lane.gate().closedUntil(), a.reason());
      case ChannelAnswer.Unknown a ->
          new ItemEvent.OutcomeUnknown(now.plus(backOff.after(item.dispatches())), a.reason());
    };
  }
}
