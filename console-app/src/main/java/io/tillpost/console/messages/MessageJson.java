package io.tillpost.console.messages;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.tillpost.failure.Failure;
import io.tillpost.failure.FailureClass;
import io.tillpost.failure.Fingerprint;
import io.tillpost.message.Attempt;
import io.tillpost.message.BusinessKey;
import io.tillpost.message.Latest;
import io.tillpost.message.Message;
import io.tillpost.message.MessageStatus;
import io.tillpost.message.Money;
import io.tillpost.message.Stage;
import io.tillpost.store.Messages.StoredMessage;
import io.tillpost.trace.TraceId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A message as the HTTP API tells it; absent members are not known.
 *
 * @param status how it stands as a whole
 * @param stage the furthest stage of the current attempt
 * @param overdue whether it is open past its due time, or was finished after it
 * @param exceptionId the exception it belongs to while it is failed
 * @param stages every stage reached, by attempt and time
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record MessageJson(
    String messageId,
    String workflow,
    MessageStatus status,
    Stage stage,
    int attempt,
    Instant capturedAt,
    Instant dueAt,
    @Nullable Instant finishedAt,
    boolean overdue,
    @Nullable String storeId,
    @Nullable String registerId,
    @Nullable LocalDate businessDate,
    @Nullable Long transactionNumber,
    Map<String, String> keys,
    @Nullable Money amount,
    @Nullable String correlationId,
    @Nullable String source,
    @Nullable String target,
    @Nullable String schemaVersion,
    @Nullable FailureJson failure,
    @Nullable String exceptionId,
    @Nullable String traceId,
    List<StageJson> stages,
    List<AttemptJson> attempts) {
  static MessageJson of(
      StoredMessage stored, Function<Message, Optional<Fingerprint>> exceptions, Instant now) {
    Message message = stored.message();
    BusinessKey key = message.businessKey();
    return new MessageJson(
        message.id().value(),
        message.workflow(),
        message.status(),
        message.stage(),
        message.currentAttempt().number(),
        message.capturedAt(),
        stored.dueAt(),
        message.finishedAt().orElse(null),
        stored.isBreachedAt(now),
        key.storeId(),
        key.registerId(),
        key.businessDate(),
        key.transactionNumber(),
        key.keys(),
        message.amount(),
        message.correlationId(),
        message.source(),
        message.target(),
        message.schemaVersion(),
        message.failure().map(FailureJson::of).orElse(null),
        exceptions.apply(message).map(Fingerprint::value).orElse(null),
        message.traceId().map(TraceId::value).orElse(null),
        message.attempts().values().stream().flatMap(a -> StageJson.of(a).stream()).toList(),
        message.attempts().values().stream().map(AttemptJson::of).toList());
  }

  /** A stage that was reached in an attempt, and which system said so. */
  record StageJson(int attempt, Stage stage, Instant time, String reportedBy) {
    static List<StageJson> of(Attempt attempt) {
      return attempt.reached().entrySet().stream()
          .map(e -> of(attempt.number(), e.getKey(), e.getValue()))
          .sorted(Comparator.comparing(StageJson::time).thenComparing(StageJson::stage))
          .toList();
    }

    private static StageJson of(int attempt, Stage stage, Latest<String> report) {
      return new StageJson(attempt, stage, report.time(), report.value());
    }
  }

  /** One pass towards the target. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record AttemptJson(
      int number, MessageStatus status, @Nullable FailureJson failure, @Nullable String traceId) {
    static AttemptJson of(Attempt attempt) {
      Latest<Failure> failure = attempt.failure();
      Latest<TraceId> trace = attempt.traceId();
      return new AttemptJson(
          attempt.number(),
          attempt.status(),
          failure == null ? null : FailureJson.of(failure.value()),
          trace == null ? null : trace.value().value());
    }
  }

  /** Why an attempt ended. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record FailureJson(
      String code,
      String message,
      @Nullable String field,
      @JsonProperty("class") @Nullable FailureClass failureClass) {
    static FailureJson of(Failure failure) {
      return new FailureJson(
          failure.code(), failure.message(), failure.field(), failure.failureClass());
    }
  }
}
