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
    workflow = Objects.requireNonNull(later(workflow, said(event.workflow(), event)));
    correlationId = later(correlationId, mayBe(event.correlationId(), event));
    source = later(source, mayBe(event.source(), event));
    target = later(target, mayBe(event.target(), event));
    storeId = later(storeId, mayBe(key.storeId(), event));
    registerId = later(registerId, mayBe(key.registerId(), event));
    businessDate = later(businessDate, mayBe(key.businessDate(), event));
    transactionNumber = later(transactionNumber, mayBe(key.transactionNumber(), event));
    amount = later(amount, mayBe(event.amount(), event));
    schemaVersion = later(schemaVersion, mayBe(event.schemaVersion(), event));
    Payload content = event.payload();
    payload = later(payload, mayBe(content == null ? null : content.contentType(), event));
    key.keys()
        .forEach(
            (name, value) ->
                keys.merge(
                    name, said(value, event), (a, b) -> Objects.requireNonNull(later(a, b))));
    Reported attempt = attempts.computeIfAbsent(event.attempt(), _ -> new Reported());
    attempt.reached.merge(event.stage(), said(event.id().source(), event), event.stage()::counting);
    attempt.failure = later(attempt.failure, mayBe(event.failure(), event));
    attempt.traceId = later(attempt.traceId, mayBe(event.traceId(), event));
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

  private static <T> @Nullable Latest<T> mayBe(@Nullable T value, MessageEvent event) {
    return value == null ? null : said(value, event);
  }
}
