package io.tillpost.store.elasticsearch;

import io.tillpost.message.BusinessKey;
import io.tillpost.message.Message;
import io.tillpost.message.MessageStatus;
import io.tillpost.message.Money;
import io.tillpost.message.Stage;
import io.tillpost.message.Workflows;
import io.tillpost.store.SearchWords;
import io.tillpost.store.json.Fields;
import io.tillpost.store.json.JsonBytes;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The document of a message's state: what is searched and added up, and the fold itself. */
final class StateDocument {
  /** Messages that became due, by how that went ({@code outcome}). */
  enum Outcome {
    IN_TIME,
    LATE,
    OPEN
  }

  private final Workflows workflows;
  private final Slices slices = new Slices();

  StateDocument(Workflows workflows) {
    this.workflows = workflows;
  }

  /** Writes one object; everything but {@code state} follows from the state. */
  void write(JsonBytes json, Message message) {
    MessageStatus status = message.status();
    BusinessKey key = message.businessKey();
    Instant dueAt = workflows.get(message.workflow()).dueAt(message.capturedAt());
    Optional<Instant> finishedAt = message.finishedAt();
    boolean late = finishedAt.filter(finished -> finished.isAfter(dueAt)).isPresent();
    // What is given up was never confirmed, however early that was.
    boolean missed = late || status == MessageStatus.DISCARDED;
    Outcome outcome = status.isOpen() ? Outcome.OPEN : missed ? Outcome.LATE : Outcome.IN_TIME;
    json.writeStartObject();
    Fields fields =
        new Fields(json)
            .text("message_id", message.id().value())
            .text("workflow", message.workflow())
            .text("status", status.name())
            .flag("open", status.isOpen())
            .flag("failed", status.isFailed())
            .text("stage", message.stage().name())
            .text("furthest_stage", message.furthestStage().name())
            .flag("reached_middleware", hasReachedMiddleware(message))
            .number("attempt", (long) message.currentAttempt().number())
            .moment("captured_at", message.capturedAt())
            .moment("last_event_at", message.lastEventAt())
            .moment("due_at", dueAt)
            .moment("finished_at", finishedAt.orElse(null))
            .moment("attention_from", message.attentionFrom(dueAt).orElse(null))
            .flag("late", late)
            .flag("in_time", outcome == Outcome.IN_TIME)
            .text("slice", status.isOpen() ? slice(message) : null)
            .number("open_since", status.isOpen() ? message.capturedAt().toEpochMilli() : null)
            .text("outcome", slices.outcome(outcome.name(), message.workflow()))
            .texts("search", SearchWords.of(message, key));
    facts(fields, message, key);
    failure(fields, message);
    json.writeName("state");
    StateWriter.write(json, message);
    json.writeEndObject();
  }

  private static void facts(Fields fields, Message message, BusinessKey key) {
    Money amount = message.amount();
    fields
        .text("store_id", key.storeId())
        .text("register_id", key.registerId())
        .text("business_date", key.businessDate() == null ? null : key.businessDate().toString())
        .number("transaction_number", key.transactionNumber())
        .texts("keys", key.keys())
        .text("correlation_id", message.correlationId())
        .text("source", message.source())
        .text("target", message.target())
        .number("amount_minor", amount == null ? null : amount.minor())
        .text("currency", amount == null ? null : amount.currency())
        .texts("trace_ids", traceIds(message))
        .text("schema_version", message.schemaVersion());
  }

  private static void failure(Fields fields, Message message) {
    message
        .failure()
        .ifPresent(
            failure ->
                fields
                    .text("failure_code", failure.code())
                    .texts("failure_words", SearchWords.of(failure))
                    .text("failure_class", failure.classOrUnknown().name())
                    .text("failure_field", failure.field())
                    .moment("failed_at", message.failedAt().orElse(null)));
    message.fingerprint().ifPresent(print -> fields.text("fingerprint", print.value()));
  }

  private static List<String> traceIds(Message message) {
    return message.attempts().values().stream()
        .map(attempt -> attempt.traceId())
        .filter(Objects::nonNull)
        .map(trace -> trace.value().value())
        .distinct()
        .toList();
  }

  private String slice(Message message) {
    Money amount = message.amount();
    return slices.text(
        new Slices.Slice(
            message.workflow(),
            message.storeId(),
            message.status().isFailed(),
            hasReachedMiddleware(message),
            amount == null ? "" : amount.currency()));
  }

  private static boolean hasReachedMiddleware(Message message) {
    return message.furthestStage().compareTo(Stage.RECEIVED) >= 0;
  }
}
