package io.tillpost.console.recovery.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.tillpost.console.recovery.OperationAnswer;
import io.tillpost.console.recovery.act.OperationControl;
import io.tillpost.console.recovery.operation.Operations;
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

  private final PlanBodies plans;
  private final OperationControl control;
  private final Operations operations;

  OperationsApi(PlanBodies plans, OperationControl control, Operations operations) {
    this.plans = plans;
    this.control = control;
    this.operations = operations;
  }

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
      summary = "Freeze a list of messages to be retried, discarded or restored",
      description =
          "Nothing is done yet. The answer says how many, which money, what is left out and why."
              + " The same Idempotency-Key is the same operation. An edit by rule is edited again with"
              + " againOf and set: over all of its messages where it was never started, else over"
              + " what did not get through; one's own preview is cancelled for the new one.")
  ResponseEntity<?> plan(
      @Parameter(description = "The same for every repeat of one request")
          @RequestHeader(name = KEY, required = false)
          @Nullable String key,
      @RequestBody PlanBodies.PlanBody body) {
    return answer(plans.plan(body, key));
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

  private static @Nullable String reason(@Nullable ReasonBody body) {
    return body == null ? null : body.reason();
  }

  private ResponseEntity<?> answer(OperationAnswer answer) {
    return Problems.answer(answer, operation -> OperationJson.of(operation, operations));
  }
}
