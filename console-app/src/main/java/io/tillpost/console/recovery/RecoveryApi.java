package io.tillpost.console.recovery;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.tillpost.message.MessageId;
import io.tillpost.recovery.ItemState;
import io.tillpost.recovery.OperationState;
import io.tillpost.recovery.RecoveryAction;
import io.tillpost.recovery.RecoveryItem;
import io.tillpost.recovery.RecoveryOperation;
import io.tillpost.store.Page;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Retry over HTTP, with the rights of the views. */
@RestController
@Tag(name = "Recovery", description = "Retry messages and follow what becomes of them")
class RecoveryApi {
  private static final String LOCATION = "/api/v1/operations/";
  private static final int MOST_ITEMS = 1_000;

  private final Recovery recovery;
  private final Operations operations;

  RecoveryApi(Recovery recovery, Operations operations) {
    this.recovery = recovery;
    this.operations = operations;
  }

  /**
   * What to retry for.
   *
   * @param reason in words, 3 to 500 characters
   */
  record RetryBody(@Nullable String reason) {}

  /**
   * An operation.
   *
   * @param size how many messages were frozen
   * @param counts how many came to which state; states without a message are left out
   * @param items this part of them, ordered by message
   * @param next where the following part begins, to be given as {@code after}; null at the end
   */
  record OperationView(
      String id,
      RecoveryAction action,
      String requestedBy,
      String reason,
      Instant requestedAt,
      String scope,
      String channel,
      OperationState state,
      int size,
      Map<ItemState, Long> counts,
      List<ItemView> items,
      @Nullable String next) {}

  /**
   * One message of an operation.
   *
   * @param reason why it is in this state, or null
   */
  record ItemView(
      String messageId,
      int attempt,
      ItemState state,
      @Nullable String reason,
      @Nullable Instant sentAt,
      @Nullable Instant deadline,
      @Nullable String traceId) {
    static ItemView of(RecoveryItem item) {
      return new ItemView(
          item.messageId(),
          item.attempt(),
          item.state(),
          item.reason(),
          item.sentAt(),
          item.deadline(),
          item.traceId());
    }
  }

  @PostMapping("/api/v1/messages/{messageId}/retry")
  @Operation(
      summary = "Retry a failed message",
      description =
          "Starts an operation; what becomes of it is at the address in Location. The same"
              + " Idempotency-Key is the same operation.")
  @ApiResponse(responseCode = "202", description = "The operation runs")
  @ApiResponse(responseCode = "400", description = "The request is not right")
  @ApiResponse(responseCode = "404", description = "There is no such message")
  @ApiResponse(responseCode = "409", description = "It cannot be retried now; the detail says why")
  ResponseEntity<?> retry(
      @PathVariable String messageId,
      @Parameter(description = "The same for every repeat of one request")
          @RequestHeader(name = "Idempotency-Key", required = false)
          @Nullable String key,
      @RequestBody RetryBody body) {
    String reason = body.reason() == null ? "" : body.reason();
    if (messageId.isBlank() || messageId.length() > MessageId.MAX_LENGTH) {
      return problem(HttpStatus.NOT_FOUND, "There is no message with such an id");
    }
    RetryAnswer answer =
        recovery.retryMessage(new MessageId(messageId), new RetryRequest(reason, key));
    return switch (answer) {
      case RetryAnswer.Accepted a ->
          ResponseEntity.accepted()
              .location(URI.create(LOCATION + a.operation().id()))
              .body(view(new OperationProgress(a.operation(), Map.of()), Set.of(), 1, null));
      case RetryAnswer.NotFound n -> problem(HttpStatus.NOT_FOUND, n.reason());
      case RetryAnswer.Refused r -> problem(HttpStatus.CONFLICT, r.reason());
      case RetryAnswer.Invalid i -> problem(HttpStatus.BAD_REQUEST, i.reason());
    };
  }

  @GetMapping("/api/v1/operations/{id}")
  @Operation(
      summary = "A recovery operation",
      description = "State, counts and the outcome of each message. Sent is not done.")
  @ApiResponse(responseCode = "200", description = "The operation as it is now")
  @ApiResponse(responseCode = "404", description = "There is no such operation")
  ResponseEntity<?> operation(
      @PathVariable String id,
      @Parameter(description = "Only messages in these states") @RequestParam(required = false)
          @Nullable Set<ItemState> state,
      @Parameter(description = "How many messages, 1 to 1,000") @RequestParam(defaultValue = "100")
          int size,
      @Parameter(description = "The next of the part before") @RequestParam(required = false)
          @Nullable String after) {
    if (size < 1 || size > MOST_ITEMS) {
      return problem(HttpStatus.BAD_REQUEST, "size is 1 to 1,000");
    }
    return operations
        .find(id)
        .<ResponseEntity<?>>map(
            found ->
                ResponseEntity.ok()
                    .header(HttpHeaders.CACHE_CONTROL, "no-store")
                    .body(view(found, state == null ? Set.of() : state, size, after)))
        .orElseGet(() -> problem(HttpStatus.NOT_FOUND, "There is no operation " + id));
  }

  private OperationView view(
      OperationProgress progress, Set<ItemState> states, int size, @Nullable String after) {
    RecoveryOperation o = progress.operation();
    Page<RecoveryItem> items = operations.items(o.id(), states, size, after);
    return new OperationView(
        o.id(),
        o.action(),
        o.requestedBy(),
        o.reason(),
        o.requestedAt(),
        o.scope().description(),
        o.channel(),
        o.state(),
        o.size(),
        progress.counts(),
        items.items().stream().map(ItemView::of).toList(),
        items.next());
  }

  private static ResponseEntity<ProblemDetail> problem(HttpStatus status, String detail) {
    return ResponseEntity.of(ProblemDetail.forStatusAndDetail(status, detail)).build();
  }
}
