package io.tillpost.console.recovery.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.tillpost.console.recovery.act.SettleAnswer;
import io.tillpost.console.recovery.act.Settlements;
import io.tillpost.console.text.MessagePath;
import io.tillpost.message.MessageId;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Settles unconfirmed messages over HTTP, with the rights of the views. */
@RestController
@Tag(name = "Recovery", description = "Retry messages and follow what becomes of them")
class SettlementsApi {
  private final Settlements settlements;

  SettlementsApi(Settlements settlements) {
    this.settlements = settlements;
  }

  /**
   * What somebody found.
   *
   * @param found whether the message is in the target; needed
   * @param reason like the number of the document there, or where it was looked for; 3 to 500
   *     characters
   */
  record SettleBody(@Nullable Boolean found, @Nullable String reason) {}

  @PostMapping("/api/v1/operations/{id}/items/{messageId}/settle")
  @Operation(
      summary = "Say whether the target has an unconfirmed message, after looking into it",
      description =
          "Nothing is sent. With found it is ALREADY_DONE, else FAILED, so that it may be retried."
              + " The same request twice has one effect and the same answer.")
  @ApiResponse(responseCode = "200", description = "It is so; the message of the operation")
  @ApiResponse(responseCode = "400", description = "The request is not right")
  @ApiResponse(responseCode = "403", description = "Not allowed")
  @ApiResponse(responseCode = "404", description = "There is no such message in such an operation")
  @ApiResponse(responseCode = "409", description = "It is not unconfirmed; the detail says more")
  ResponseEntity<?> settle(
      @PathVariable String id, @PathVariable String messageId, @RequestBody SettleBody body) {
    MessageId message = MessagePath.ofCall(messageId).orElse(null);
    if (message == null) {
      return Problems.of(HttpStatus.NOT_FOUND, "There is no message with such an id");
    }
    return switch (settlements.settle(id, message, body.found(), body.reason())) {
      case SettleAnswer.Settled s -> ResponseEntity.ok(OperationJson.ItemView.of(s.item()));
      case SettleAnswer.NotFound n -> Problems.of(HttpStatus.NOT_FOUND, n.reason());
      case SettleAnswer.Forbidden f -> Problems.of(HttpStatus.FORBIDDEN, f.reason());
      case SettleAnswer.Refused r -> Problems.of(HttpStatus.CONFLICT, r.reason());
      case SettleAnswer.Invalid i -> Problems.of(HttpStatus.BAD_REQUEST, i.reason());
    };
  }
}
