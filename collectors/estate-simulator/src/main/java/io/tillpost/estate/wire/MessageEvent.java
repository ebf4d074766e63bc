package io.tillpost.estate.wire;

import io.tillpost.estate.message.Failure;
import io.tillpost.estate.message.Message;
import io.tillpost.estate.message.Stage;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One report that a message reached a stage.
 *
 * @param id the same for the same message, attempt and stage
 * @param source who reports, such as {@code /middleware/erp-adapter}
 * @param message what it is about
 * @param stage what it reached
 * @param attempt on which attempt, from 1
 * @param time when, epoch milliseconds
 * @param traceparent W3C trace context of the work it reports
 * @param keys business keys
 * @param failure why it failed, or null
 * @param payload the document, or null where it is not sent along
 */
public record MessageEvent(
    String id,
    String source,
    Message message,
    Stage stage,
    int attempt,
    long time,
    String traceparent,
    Map<String, String> keys,
    @Nullable Failure failure,
    @Nullable String payload) {}
