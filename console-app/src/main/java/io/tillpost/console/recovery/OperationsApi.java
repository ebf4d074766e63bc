package io.tillpost.console.recovery;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.tillpost.failure.Fingerprint;
import io.tillpost.message.MessageId;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** Plans and steers recovery operations over HTTP, with the rights of the views. */
@RestController
@Tag(name = "Recovery", description = "Retry messages and follow what becomes of them")
@ApiResponse(responseCode = "202", description = "It is so; the operation as it is now")
@ApiResponse(responseCode = "400", description = "The request is not right")
@ApiResponse(responseCode = "403", description = "Not allowed")
@ApiResponse(responseCode = "404", description = "There is nothing of that name")
@ApiResponse(responseCode = "409", description = "It cannot be done now; the detail says why")
class OperationsApi {
  private static final String ID = "/api/v1/operations/{id}";
  private static final String KEY = "Idempotency-Key";
  private static final Pattern FINGERPRINT = Pattern.compile("[0-9a-f]{16}");

  private final Recovery recovery;
  private final OperationControl control;
  private final Operations operations;

  OperationsApi(Recovery recovery, OperationControl control, Operations operations) {
    this.recovery = recovery;
    this.control = control;
    this.operations = operations;
  }

  /**
   * Which messages to retry: exactly one of the three.
   *
   * @param exceptionId all messages that are failed in this exception now
   * @param messageIds these messages, up to 1,000
   * @param restOf what this operation did not bring to its end
   */
  record PlanBody(
      @Nullable String exceptionId, @Nullable List<String> messageIds, @Nullable String restOf) {}

  /**
   * Why.
   *
   * @param reason in words; needed to start
   */
  record ReasonBody(@Nullable String reason) {}

  /**
   * What is approved.
   *
   * @param listHash of the preview that the second person has seen
   */
  record ApprovalBody(@Nullable String listHash) {}

  @PostMapping("/api/v1/operations")
  @Operation(
      summary = "Freeze a list of messages to be retried",
      description =
          "Nothing is sent. The answer says how many, which money, what is left out and why."
              + " The same Idempotency-Key is the same operation.")
  ResponseEntity<?> plan(
      @Parameter(description = "The same for every repeat of one request")
          @RequestHeader(name = KEY, required = false)
          @Nullable String key,
      @RequestBody PlanBody body) {
    return answer(planned(body, key));
  }

  @PostMapping(ID + "/start")
  @Operation(
      summary = "Start an operation that was previewed",
      description = "It runs, or waits for a second person to approve it.")
  ResponseEntity<?> start(@PathVariable String id, @RequestBody ReasonBody body) {
    return answer(control.start(id, body.reason() == null ? "" : body.reason()));
  }

  @PostMapping(ID + "/approve")
  @Operation(
      summary = "Approve an operation of somebody else",
      description = "With the listHash of its preview: what was seen is what is sent.")
  ResponseEntity<?> approve(@PathVariable String id, @RequestBody ApprovalBody body) {
    // The service looks at the right first: who may not approve is told nothing else.
    return answer(control.approve(id, body.listHash() == null ? "" : body.listHash()));
  }

  @PostMapping(ID + "/decline")
  @Operation(summary = "Do not approve an operation of somebody else; nothing is sent")
  ResponseEntity<?> decline(
      @PathVariable String id, @RequestBody(required = false) @Nullable ReasonBody body) {
    return answer(control.decline(id, reason(body)));
  }

  @PostMapping(ID + "/pause")
  @Operation(summary = "Send nothing more until the operation is resumed")
  ResponseEntity<?> pause(
      @PathVariable String id, @RequestBody(required = false) @Nullable ReasonBody body) {
    return answer(control.pause(id, reason(body)));
  }

  @PostMapping(ID + "/resume")
  @Operation(summary = "Go on with a paused operation")
  ResponseEntity<?> resume(
      @PathVariable String id, @RequestBody(required = false) @Nullable ReasonBody body) {
    return answer(control.resume(id, reason(body)));
  }

  @PostMapping(ID + "/cancel")
  @Operation(
      summary = "Cancel an operation",
      description = "What has gone out is followed to its end; the rest is left alone.")
  ResponseEntity<?> cancel(
      @PathVariable String id, @RequestBody(required = false) @Nullable ReasonBody body) {
    return answer(control.cancel(id, reason(body)));
  }

  private OperationAnswer planned(PlanBody body, @Nullable String key) {
    String exception = body.exceptionId();
    List<String> messages = body.messageIds();
    String rest = body.restOf();
    int given = (exception == null ? 0 : 1) + (messages == null ? 0 : 1) + (rest == null ? 0 : 1);
    if (given != 1) {
      return new OperationAnswer.Invalid(
          "Exactly one of exceptionId, messageIds and restOf is needed");
    }
    if (messages != null) {
      return messages.stream().anyMatch(OperationsApi::isNoId)
          ? new OperationAnswer.Invalid("A message id has 1 to 200 characters")
          : recovery.planMessages(messages.stream().map(MessageId::new).toList(), key);
    }
    if (rest != null) {
      return recovery.planRest(rest, key);
    }
    return exception != null && FINGERPRINT.matcher(exception).matches()
        ? recovery.planException(new Fingerprint(exception), key)
        : new OperationAnswer.NotFound("There is no exception " + exception);
  }

  private static boolean isNoId(@Nullable String id) {
    return id == null || id.isBlank() || id.length() > MessageId.MAX_LENGTH;
  }

  private static @Nullable String reason(@Nullable ReasonBody body) {
    return body == null ? null : body.reason();
  }

  private ResponseEntity<?> answer(OperationAnswer answer) {
    return Problems.answer(answer, operation -> OperationJson.of(operation, operations));
  }
}
