package io.tillpost.console.recovery.channel;

import io.tillpost.message.BusinessKey;
import io.tillpost.message.Message;
import io.tillpost.message.Payload;
import io.tillpost.recovery.RecoveryAction;
import io.tillpost.recovery.RecoveryItem;
import io.tillpost.recovery.RecoveryOperation;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** The body of a request to a recovery channel. Its members are a public contract. */
public record ChannelRequest(
    String operationId,
    RecoveryAction action,
    String messageId,
    String workflow,
    int attempt,
    @Nullable String correlationId,
    Instant capturedAt,
    @Nullable String storeId,
    @Nullable String registerId,
    @Nullable LocalDate businessDate,
    @Nullable Long transactionNumber,
    String reason,
    String requestedBy,
    @Nullable Content payload) {
  private static final JsonMapper JSON = JsonMapper.shared();

  /** The content to process instead of what the middleware has. */
  record Content(String contentType, String body) {}

  /**
   * The request for one message; a null payload lets the middleware use the content it has. A retry
   * of what went out with a correction tells the middleware that it comes with one.
   */
  public static ChannelRequest of(
      RecoveryOperation operation, RecoveryItem item, Message message, @Nullable Payload payload) {
    BusinessKey key = message.businessKey();
    return new ChannelRequest(
        operation.id(),
        payload != null && operation.action() == RecoveryAction.RETRY
            ? RecoveryAction.EDIT_AND_RETRY
            : operation.action(),
        item.messageId(),
        message.workflow(),
        item.attempt(),
        message.correlationId(),
        message.capturedAt(),
        key.storeId(),
        key.registerId(),
        key.businessDate(),
        key.transactionNumber(),
        operation.reason(),
        operation.requestedBy(),
        payload == null ? null : new Content(payload.contentType(), payload.body()));
  }

  /** As JSON; members without a value are null, never left out. */
  public byte[] json() {
    return JSON.writeValueAsBytes(this);
  }
}
