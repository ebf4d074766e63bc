package io.tillpost.console.recovery.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.tillpost.console.recovery.AnywayChoice;
import io.tillpost.console.recovery.AnywayWish;
import io.tillpost.console.recovery.OperationAnswer;
import io.tillpost.console.recovery.RetryRequest;
import io.tillpost.console.recovery.act.Discards;
import io.tillpost.console.recovery.act.Recovery;
import io.tillpost.console.recovery.edit.Edit;
import io.tillpost.console.recovery.edit.EditAndRetry;
import io.tillpost.console.recovery.operation.Differences;
import io.tillpost.console.recovery.operation.OperationFilter;
import io.tillpost.console.recovery.operation.Operations;
import io.tillpost.console.recovery.operation.UnconfirmedFilter;
import io.tillpost.console.text.MessagePath;
import io.tillpost.message.MessageId;
import io.tillpost.recovery.EarlierChoice;
import io.tillpost.recovery.ItemState;
import io.tillpost.recovery.OperationState;
import io.tillpost.recovery.RecoveryAction;
import io.tillpost.recovery.RecoveryItem;
import io.tillpost.store.Page;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Retry, discard and restore over HTTP, with the rights of the views. */
@RestController
@Tag(name = "Recovery", description = "Retry messages and follow what becomes of them")
class RecoveryApi {
  private static final int MOST_OPERATIONS = 200;

  private final Recovery recovery;
  private final Discards discards;
  private final EditAndRetry edits;
  private final Operations operations;

  RecoveryApi(Recovery recovery, Discards discards, EditAndRetry edits, Operations operations) {
    this.recovery = recovery;
    this.discards = discards;
    this.edits = edits;
    this.operations = operations;
  }

  /**
   * Which part of a list.
   *
   * @param size how many, 1 to 1,000; 100 if null
   * @param after the next of the part before, or null for the first
   */
  record Part(
      @Parameter(description = "How many, 1 to 1,000; 100 if absent") @Nullable Integer size,
      @Parameter(description = "The next of the part before") @Nullable String after) {
    private static final int MOST = 1_000;
    private static final int USUAL = 100;

    int count() {
      return size == null ? USUAL : size;
    }

    boolean isRight() {
      return count() >= 1 && count() <= MOST;
    }
  }

  /**
   * Why.
   *
   * @param reason in words, 3 to 500 characters
   * @param earlier where an earlier message about the same business object has failed: INCLUDE
   *     sends it too, and first, SEND_ANYWAY sends this one before it; 409 if absent. Only to retry
   * @param inDoubt where nobody knows whether an earlier attempt reached the target: SEND_ANYWAY
   *     makes another one, which may post it twice; 409 if absent. Only to retry
   * @param superseded where a newer message makes it needless: SEND_ANYWAY sends it; it is left out
   *     if absent. Only to retry
   */
  record RetryBody(
      @Nullable String reason,
      @Nullable EarlierChoice earlier,
      @Nullable AnywayChoice inDoubt,
      @Nullable AnywayChoice superseded) {}

  @PostMapping("/api/v1/messages/{messageId}/retry")
  @Operation(
      summary = "Retry a failed message",
      description =
          "Starts an operation; what becomes of it is at the address in Location. The same"
              + " Idempotency-Key is the same operation.")
  @ApiResponse(
      responseCode = "202",
      description = "The operation runs, or waits for a second person to approve it")
  @ApiResponse(responseCode = "400", description = "The request is not right")
  @ApiResponse(responseCode = "404", description = "There is no such message")
  @ApiResponse(
      responseCode = "409",
      description =
          "It cannot be retried now; the detail says why. So it is where an earlier attempt was sent"
              + " and nobody confirmed it: have the target asked (ask-target), settle it (settle of"
              + " that operation), or repeat the request with inDoubt")
  ResponseEntity<?> retry(
      @PathVariable String messageId,
      @Parameter(description = "The same for every repeat of one request")
          @RequestHeader(name = "Idempotency-Key", required = false)
          @Nullable String key,
      @RequestBody RetryBody body) {
    return answer(messageId, key, body, recovery::retryMessage);
  }

  @PostMapping("/api/v1/messages/{messageId}/discard")
  @Operation(
      summary = "Discard a failed message",
      description =
          "It leaves impact, exceptions and alerts; nothing is sent to the middleware. The same"
              + " Idempotency-Key is the same operation.")
  @ApiResponse(
      responseCode = "202",
      description = "The operation runs, or waits for a second person to approve it")
  @ApiResponse(responseCode = "400", description = "The request is not right")
  @ApiResponse(responseCode = "404", description = "There is no such message")
  @ApiResponse(responseCode = "409", description = "It cannot be discarded; the detail says why")
  ResponseEntity<?> discard(
      @PathVariable String messageId,
      @Parameter(description = "The same for every repeat of one request")
          @RequestHeader(name = "Idempotency-Key", required = false)
          @Nullable String key,
      @RequestBody RetryBody body) {
    return answer(messageId, key, body, discards::discardMessage);
  }

  @PostMapping("/api/v1/messages/{messageId}/restore")
  @Operation(
      summary = "Take back that a message was discarded",
      description = "It stands as it did before. The same Idempotency-Key is the same operation.")
  @ApiResponse(responseCode = "202", description = "The operation runs")
  @ApiResponse(responseCode = "400", description = "The request is not right")
  @ApiResponse(responseCode = "404", description = "There is no such message")
  @ApiResponse(responseCode = "409", description = "It is not discarded")
  ResponseEntity<?> restore(
      @PathVariable String messageId,
      @Parameter(description = "The same for every repeat of one request")
          @RequestHeader(name = "Idempotency-Key", required = false)
          @Nullable String key,
      @RequestBody RetryBody body) {
    return answer(messageId, key, body, discards::restoreMessage);
  }

  /**
   * A corrected payload: one of the two.
   *
   * @param body the whole text anew
   * @param fields values by the paths of their fields
   * @param earlier SEND_ANYWAY to send it before an earlier message about the same business object
   *     that has failed; 409 if absent
   * @param earlierReason why then, 3 to 500 characters
   * @param inDoubt SEND_ANYWAY to send it although nobody knows whether an earlier attempt reached
   *     the target; 409 if absent
   * @param inDoubtReason why then, 3 to 500 characters
   * @param superseded SEND_ANYWAY to send it although a newer message makes it needless; it is left
   *     out if absent
   * @param supersededReason why then, 3 to 500 characters
   */
  record EditBody(
      @Nullable String body,
      @Nullable Map<String, String> fields,
      @Nullable EarlierChoice earlier,
      @Nullable String earlierReason,
      @Nullable AnywayChoice inDoubt,
      @Nullable String inDoubtReason,
      @Nullable AnywayChoice superseded,
      @Nullable String supersededReason) {}

  @PostMapping("/api/v1/messages/{messageId}/edit")
  @Operation(
      summary = "Freeze the retry of a failed message with a corrected payload",
      description =
          "Nothing is sent: start it, and have it approved where that is needed. The same"
              + " Idempotency-Key is the same operation.")
  @ApiResponse(responseCode = "202", description = "The operation, previewed")
  @ApiResponse(
      responseCode = "400",
      description = "The payload is not right, or a field is locked; the detail says which")
  @ApiResponse(responseCode = "404", description = "There is no such message")
  @ApiResponse(
      responseCode = "409",
      description =
          "It cannot be retried now, or it could not be checked against its schema; the detail says"
              + " why and what to do")
  ResponseEntity<?> edit(
      @PathVariable String messageId,
      @Parameter(description = "The same for every repeat of one request")
          @RequestHeader(name = "Idempotency-Key", required = false)
          @Nullable String key,
      @RequestBody EditBody body) {
    MessageId message = MessagePath.ofCall(messageId).orElse(null);
    if (message == null) {
      return Problems.of(HttpStatus.NOT_FOUND, "There is no message with such an id");
    }
    // Who may not edit is told nothing else, so the service is asked in any case.
    Edit edit =
        body.body() != null
            ? new Edit.Text(body.body())
            : new Edit.Fields(body.fields() == null ? Map.of() : body.fields());
    return Problems.answer(
        edits.planAs(
            message,
            edit,
            RetryRequest.plan(PlanBodies.wish(body.earlier(), body.earlierReason()), key)
                .withInDoubt(AnywayWish.of(body.inDoubt(), body.inDoubtReason()))
                .withSuperseded(AnywayWish.of(body.superseded(), body.supersededReason()))),
        a -> OperationJson.of(a, operations));
  }

  @GetMapping("/api/v1/operations/{id}/differences")
  @Operation(
      summary = "What an operation changes in payloads",
      description =
          "By message and field; needs the right to see payloads or to approve. Messages of other"
              + " stores are left out.")
  @ApiResponse(responseCode = "200", description = "The differences; they never change")
  ResponseEntity<?> differences(@PathVariable String id, @ParameterObject Part part) {
    if (!part.isRight()) {
      return Problems.of(HttpStatus.BAD_REQUEST, "size is 1 to 1,000");
    }
    Page<Differences> page = operations.differences(id, part.count(), part.after());
    return ResponseEntity.ok(new DifferenceList(page.total(), page.items(), page.next()));
  }

  /**
   * A part of the differences.
   *
   * @param total of how many messages
   * @param next where the following part begins, or null at the end
   */
  record DifferenceList(long total, List<Differences> items, @Nullable String next) {}

  private ResponseEntity<?> answer(
      String messageId,
      @Nullable String key,
      RetryBody body,
      BiFunction<MessageId, RetryRequest, OperationAnswer> act) {
    MessageId message = MessagePath.ofCall(messageId).orElse(null);
    if (message == null) {
      return Problems.of(HttpStatus.NOT_FOUND, "There is no message with such an id");
    }
    String reason = body.reason() == null ? "" : body.reason();
    RetryRequest request =
        new RetryRequest(reason, key)
            .with(PlanBodies.wish(body.earlier(), null))
            .withInDoubt(AnywayWish.of(body.inDoubt(), null))
            .withSuperseded(AnywayWish.of(body.superseded(), null));
    OperationAnswer answer = act.apply(message, request);
    return Problems.answer(answer, a -> OperationJson.of(a, operations));
  }

  @GetMapping("/api/v1/operations/{id}")
  @Operation(
      summary = "A recovery operation",
      description =
          "State, counts and the outcome of each message. Sent is not done. Messages of other stores"
              + " are counted, but not listed.")
  @ApiResponse(responseCode = "200", description = "The operation as it is now")
  @ApiResponse(responseCode = "404", description = "There is no such operation")
  ResponseEntity<?> operation(
      @PathVariable String id,
      @Parameter(description = "Only messages in these states") @RequestParam(required = false)
          @Nullable Set<ItemState> state,
      @ParameterObject Part part) {
    if (!part.isRight()) {
      return Problems.of(HttpStatus.BAD_REQUEST, "size is 1 to 1,000");
    }
    if (part.after() != null && !Operations.isAPart(part.after())) {
      return Problems.of(HttpStatus.BAD_REQUEST, "after is the next of the part before");
    }
    return operations
        .find(id)
        .<ResponseEntity<?>>map(
            found ->
                ResponseEntity.ok()
                    .header(HttpHeaders.CACHE_CONTROL, "no-store")
                    .body(
                        OperationJson.of(
                            found,
                            operations.items(
                                id, state == null ? Set.of() : state, part.count(), part.after()),
                            OperationJson.OutlookView.of(found.operation(), operations),
                            operations.ruleOf(found.operation()))))
        .orElseGet(() -> Problems.of(HttpStatus.NOT_FOUND, "There is no operation " + id));
  }

  @GetMapping("/api/v1/operations")
  @Operation(
      summary = "The newest recovery operations by anybody, newest first",
      description = "Without their messages; those are at each operation's own address.")
  @ApiResponse(responseCode = "200", description = "The operations as they are now")
  ResponseEntity<?> operations(
      @Parameter(description = "Only these actions") @RequestParam(required = false)
          @Nullable Set<RecoveryAction> action,
      @Parameter(description = "Only those in these states") @RequestParam(required = false)
          @Nullable Set<OperationState> state,
      @Parameter(description = "Only those that this person asked for")
          @RequestParam(required = false)
          @Nullable String requestedBy,
      @Parameter(description = "How many, 1 to 200") @RequestParam(defaultValue = "50") int size) {
    if (size < 1 || size > MOST_OPERATIONS) {
      return Problems.of(HttpStatus.BAD_REQUEST, "size is 1 to 200");
    }
    OperationFilter filter =
        new OperationFilter(
            action == null ? Set.of() : action, state == null ? Set.of() : state, requestedBy);
    return ResponseEntity.ok(
        operations.newest(filter, size).items().stream()
            .map(o -> OperationJson.of(o, new Page<>(List.of(), 0, null), null, null))
            .toList());
  }

  @GetMapping("/api/v1/unconfirmed")
  @Operation(
      summary = "Messages of which nobody knows whether the target has them",
      description =
          "Over all operations, those that have waited longest first, or the newest. Messages whose"
              + " outcome is known meanwhile are left out, so a part may have fewer than asked for:"
              + " the end is where there is no next.")
  @ApiResponse(responseCode = "200", description = "The messages as they are now")
  @ApiResponse(responseCode = "400", description = "The request is not right")
  ResponseEntity<?> unconfirmed(
      @Parameter(description = "Only of this store") @RequestParam(required = false)
          @Nullable String store,
      @Parameter(description = "Only those that go to this system") @RequestParam(required = false)
          @Nullable String target,
      @Parameter(description = "Only of this workflow") @RequestParam(required = false)
          @Nullable String workflow,
      @Parameter(description = "Those first that were due last")
          @RequestParam(defaultValue = "false")
          boolean newestFirst,
      @ParameterObject Part part) {
    if (!part.isRight()) {
      return Problems.of(HttpStatus.BAD_REQUEST, "size is 1 to 1,000");
    }
    if (part.after() != null && !Operations.isAPart(part.after())) {
      return Problems.of(HttpStatus.BAD_REQUEST, "after is the next of the part before");
    }
    Page<RecoveryItem> page =
        operations.unconfirmed(
            new UnconfirmedFilter(store, target, workflow),
            newestFirst,
            part.count(),
            part.after());
    return ResponseEntity.ok(
        new UnconfirmedList(
            page.total(),
            page.items().stream().map(OperationJson.ItemView::of).toList(),
            page.next()));
  }

  /**
   * A part of the unconfirmed messages.
   *
   * @param total how many there are in all
   * @param next where the following part begins, or null at the end
   */
  record UnconfirmedList(long total, List<OperationJson.ItemView> items, @Nullable String next) {}
}
