package io.tillpost.message;

import io.tillpost.failure.Failure;
import io.tillpost.trace.SpanId;
import io.tillpost.trace.TraceId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One report that a message reached a stage, failed or was dropped ({@code
 * io.tillpost.message-event.v1}).
 *
 * @param id identifies the event; the same id twice counts once
 * @param messageId the message it speaks of
 * @param workflow the business process, like {@code sales-posting}
 * @param stage what was reached
 * @param attempt the pass of the message towards its target, from 1
 * @param time when it happened, by the sender's clock
 * @param capturedAt when the message came into being at its source; the same in every event of a
 *     message
 * @param correlationId ties messages of one customer action together, or null
 * @param source the system the message comes from, like {@code pos}, or null
 * @param target the system it goes to, like {@code erp}, or null
 * @param businessKey what a person would look for; {@link BusinessKey#NONE} where nothing is known
 * @param amount the money behind the message, or null
 * @param schemaVersion like {@code sales/2}, or null
 * @param failure why the attempt ended; given with {@code FAILED} and {@code DEAD_LETTERED}, null
 *     otherwise
 * @param payload the content at this stage, or null
 * @param traceId the trace this happened in, or null
 * @param spanId the span this happened in, or null
 */
public record MessageEvent(
    EventId id,
    MessageId messageId,
    String workflow,
    Stage stage,
    int attempt,
    Instant time,
    Instant capturedAt,
    @Nullable String correlationId,
    @Nullable String source,
    @Nullable String target,
    BusinessKey businessKey,
    @Nullable Money amount,
    @Nullable String schemaVersion,
    @Nullable Failure failure,
    @Nullable Payload payload,
    @Nullable TraceId traceId,
    @Nullable SpanId spanId) {
  /** The highest attempt number accepted; keeps the state of one message bounded. */
  public static final int MAX_ATTEMPT = 1_000;

  public MessageEvent {
    if (attempt < 1 || attempt > MAX_ATTEMPT) {
      throw new IllegalArgumentException("An attempt is a number from 1 to " + MAX_ATTEMPT);
    }
    if (stage.needsFailure() && failure == null) {
      throw new IllegalArgumentException(stage + " needs a failure");
    }
  }
}
