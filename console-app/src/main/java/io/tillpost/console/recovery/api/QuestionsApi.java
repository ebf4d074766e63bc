package io.tillpost.console.recovery.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.tillpost.console.recovery.run.QuestionAnswer;
import io.tillpost.console.recovery.run.QuestionProgress;
import io.tillpost.console.recovery.run.Questions;
import io.tillpost.console.text.MessagePath;
import io.tillpost.message.MessageId;
import io.tillpost.recovery.TargetAnswer;
import io.tillpost.recovery.TargetQuestion;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** Has targets asked over HTTP, with the rights of the views. */
@RestController
@Tag(name = "Recovery", description = "Retry messages and follow what becomes of them")
@ApiResponse(responseCode = "403", description = "Not allowed")
class QuestionsApi {
  private static final String KEY = "Idempotency-Key";
  private static final String KEY_IS = "The same for every repeat of one request";
  private static final String ADDRESS = "/api/v1/questions/";

  private final Questions questions;

  QuestionsApi(Questions questions) {
    this.questions = questions;
  }

  /**
   * A question to targets.
   *
   * @param operationId whose unconfirmed messages it is about, or null
   * @param messageId the one message that it is about, or null
   * @param size how many attempts were unconfirmed then
   * @param answers how many of which so far; those without a message are left out
   * @param finishedAt when nothing was left to be asked, or null
   * @param note why some were not asked for, or null
   */
  record QuestionView(
      String id,
      @Nullable String operationId,
      @Nullable String messageId,
      String askedBy,
      Instant askedAt,
      long size,
      Map<TargetAnswer, Long> answers,
      @Nullable Instant finishedAt,
      @Nullable String note) {
    static QuestionView of(QuestionProgress progress) {
      TargetQuestion q = progress.question();
      return new QuestionView(
          q.id(),
          q.operationId(),
          q.messageId(),
          q.askedBy(),
          q.askedAt(),
          q.size(),
          progress.answers(),
          q.finishedAt(),
          q.note());
    }
  }

  @PostMapping("/api/v1/messages/{messageId}/ask-target")
  @Operation(
      summary = "Ask the target whether it has a message that nobody confirmed",
      description =
          "By business key, through the look-up of the channel. Nothing is sent. A target that has"
              + " it ends the doubt (ALREADY_DONE); anything else leaves the message unconfirmed."
              + " The answer is at the address in Location. The same Idempotency-Key is the same"
              + " question.")
  @ApiResponse(responseCode = "202", description = "The target is being asked, or has been")
  @ApiResponse(responseCode = "400", description = "The request is not right")
  @ApiResponse(responseCode = "404", description = "There is no such message")
  @ApiResponse(responseCode = "409", description = "It cannot be asked; the detail says why")
  ResponseEntity<?> ofMessage(
      @PathVariable String messageId,
      @Parameter(description = KEY_IS) @RequestHeader(name = KEY, required = false)
          @Nullable String key) {
    MessageId message = MessagePath.ofCall(messageId).orElse(null);
    if (message == null) {
      return Problems.of(HttpStatus.NOT_FOUND, "There is no message with such an id");
    }
    return answer(questions.ofMessage(message, key));
  }

  @PostMapping("/api/v1/operations/{id}/ask-target")
  @Operation(
      summary = "Ask the targets about all unconfirmed messages of an operation",
      description =
          "One after the other, at the rate of each target. Nothing is sent. The answers are at the"
              + " address in Location, and at each message of the operation. The same"
              + " Idempotency-Key is the same question.")
  @ApiResponse(responseCode = "202", description = "The targets are being asked, or have been")
  @ApiResponse(responseCode = "400", description = "The request is not right")
  @ApiResponse(responseCode = "404", description = "There is no such operation")
  @ApiResponse(responseCode = "409", description = "They cannot be asked; the detail says why")
  ResponseEntity<?> ofOperation(
      @PathVariable String id,
      @Parameter(description = KEY_IS) @RequestHeader(name = KEY, required = false)
          @Nullable String key) {
    return answer(questions.ofOperation(id, key));
  }

  @GetMapping("/api/v1/questions/{id}")
  @Operation(summary = "What targets answered to a question so far")
  @ApiResponse(responseCode = "200", description = "The question as it is now")
  @ApiResponse(responseCode = "404", description = "There is no such question")
  ResponseEntity<?> question(@PathVariable String id) {
    return questions
        .find(id)
        .<ResponseEntity<?>>map(
            found ->
                ResponseEntity.ok()
                    .header(HttpHeaders.CACHE_CONTROL, "no-store")
                    .body(QuestionView.of(found)))
        .orElseGet(() -> Problems.of(HttpStatus.NOT_FOUND, "There is no question " + id));
  }

  private static ResponseEntity<?> answer(QuestionAnswer answer) {
    return switch (answer) {
      case QuestionAnswer.Accepted a ->
          ResponseEntity.accepted()
              .location(URI.create(ADDRESS + a.progress().question().id()))
              .body(QuestionView.of(a.progress()));
      case QuestionAnswer.NotFound n -> Problems.of(HttpStatus.NOT_FOUND, n.reason());
      case QuestionAnswer.Forbidden f -> Problems.of(HttpStatus.FORBIDDEN, f.reason());
      case QuestionAnswer.Refused r -> Problems.of(HttpStatus.CONFLICT, r.reason());
      case QuestionAnswer.Invalid i -> Problems.of(HttpStatus.BAD_REQUEST, i.reason());
    };
  }
}
