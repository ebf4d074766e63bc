package io.tillpost.message;

import static io.tillpost.message.Latest.later;

import io.tillpost.failure.Failure;
import io.tillpost.trace.TraceId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Folds the events of one message one after the other, as {@link MessageFold#merge} would their
 * states, but without a state for each of them. For one thread.
 */
final class FoldedFacts {
  private final MessageId id;
  private Instant capturedAt;
  private Instant lastEventAt;
  private Latest<String> workflow;
  private @Nullable Latest<String> correlationId;
  private @Nullable Latest<String> source;
  private @Nullable Latest<String> target;
  private @Nullable Latest<String> storeId;
  private @Nullable Latest<String> registerId;
  private @Nullable Latest<LocalDate> businessDate;
  private @Nullable Latest<Long> transactionNumber;
  private @Nullable Latest<Money> amount;
  private @Nullable Latest<String> schemaVersion;
  private @Nullable Latest<String> payload;
  private final TreeMap<String, Latest<String>> keys = new TreeMap<>();
  private final TreeMap<Integer, Reported> attempts = new TreeMap<>();

  FoldedFacts(MessageEvent first) {
    id = first.messageId();
    capturedAt = first.capturedAt();
    lastEventAt = first.time();
    workflow = said(first.workflow(), first);
    add(first);
  }

  /** What was reported of one attempt. */
  private static final class Reported {
    private final Map<Stage, Latest<String>> reached = new EnumMap<>(Stage.class);
    private @Nullable Latest<Failure> failure;
    private @Nullable Latest<TraceId> traceId;
  }

  void add(MessageEvent event) {
    if (!event.messageId().equals(id)) {
      throw new IllegalArgumentException("Two messages are not one");
    }
    capturedAt = event.capturedAt().isBefore(capturedAt) ? event.capturedAt() : capturedAt;
    lastEventAt = event.time().isAfter(lastEventAt) ? event.time() : lastEventAt;
    BusinessKey key = event.businessKey();
    workflow = Objects.requireNonNull(latest(workflow, event.workflow(), event));
    correlationId = latest(correlationId, event.correlationId(), event);
    source = latest(source, event.source(), event);
    target = latest(target, event.target(), event);
    storeId = latest(storeId, key.storeId(), event);
    registerId = latest(registerId, key.registerId(), event);
    businessDate = latest(businessDate, key.businessDate(), event);
    transactionNumber = latest(transactionNumber, key.transactionNumber(), event);
    amount = latest(amount, event.amount(), event);
    schemaVersion = latest(schemaVersion, event.schemaVersion(), event);
    Payload content = event.payload();
    payload = latest(payload, content == null ? null : content.contentType(), event);
    key.keys()
        .forEach(
            (name, value) ->
                keys.merge(
                    name, said(value, event), (a, b) -> Objects.requireNonNull(later(a, b))));
    Reported attempt = attempts.computeIfAbsent(event.attempt(), _ -> new Reported());
    attempt.reached.merge(event.stage(), said(event.id().source(), event), event.stage()::counting);
    attempt.failure = latest(attempt.failure, event.failure(), event);
    attempt.traceId = latest(attempt.traceId, event.traceId(), event);
  }

  Message message() {
    TreeMap<Integer, Attempt> folded = new TreeMap<>();
    attempts.forEach(
        (number, said) ->
            folded.put(number, new Attempt(number, said.reached, said.failure, said.traceId)));
    return new Message(
        id,
        capturedAt,
        new MessageFacts(
            workflow,
            correlationId,
            source,
            target,
            storeId,
            registerId,
            businessDate,
            transactionNumber,
            amount,
            schemaVersion,
            payload,
            keys),
        folded,
        lastEventAt);
  }

  private static <T> Latest<T> said(T value, MessageEvent event) {
    return new Latest<>(value, event.time(), event.id());
  }

  /** The later of what was said before and what the event says, which may be nothing. */
  private static <T> @Nullable Latest<T> latest(
      @Nullable Latest<T> before, @Nullable T value, MessageEvent event) {
    return value == null || (before != null && event.time().isBefore(before.time()))
        ? before
        : later(before, said(value, event));
  }
}
