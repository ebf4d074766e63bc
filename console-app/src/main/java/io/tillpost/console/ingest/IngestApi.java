package io.tillpost.console.ingest;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.tillpost.console.ingest.ParkedRecords.AllAnswer;
import io.tillpost.console.ingest.ParkedRecords.Answer;
import io.tillpost.store.Page;
import io.tillpost.store.ParkedRecord;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Parked records over HTTP, with the rights of the view. */
@RestController
@Tag(name = "Ingest", description = "What was received and cannot be stored")
class IngestApi {
  private static final int PAGE = 200;

  private final IngestMonitor monitor;
  private final ParkedRecords records;
  private final RefusalLog refusals;

  IngestApi(IngestMonitor monitor, ParkedRecords records, RefusalLog refusals) {
    this.monitor = monitor;
    this.records = records;
    this.refusals = refusals;
  }

  /**
   * A parked record, without its content, which may be a payload.
   *
   * @param reason what is wrong with it
   * @param source who sent it, as far as it says
   * @param toldSender whether the answer to its sender said so
   * @param state PARKED, or TO_SEND while it is about to be sent again, or SENT
   */
  record ParkedRecordView(
      String id,
      ParkedRecord.Kind kind,
      String reason,
      String source,
      Instant receivedAt,
      boolean toldSender,
      ParkedRecord.State state) {
    static ParkedRecordView of(ParkedLine line) {
      return new ParkedRecordView(
          line.id(),
          line.kind(),
          line.reason(),
          line.source(),
          line.acceptedAt(),
          line.toldSender(),
          line.state());
    }
  }

  /**
   * A part of the list.
   *
   * @param next to be given as {@code after}, or null at the end
   */
  record ParkedRecordsView(List<ParkedRecordView> items, long total, @Nullable String next) {}

  @GetMapping("/api/v1/parked-records")
  @Operation(
      summary = "Records that were received and cannot be stored, newest first",
      description = "With words of their reason in `reason`, those alone.")
  ParkedRecordsView parked(
      @RequestParam(defaultValue = "") String reason,
      @RequestParam(required = false) @Nullable String after) {
    Page<ParkedLine> page = monitor.parked(reason, PAGE, after);
    return new ParkedRecordsView(
        page.items().stream().map(ParkedRecordView::of).toList(), page.total(), page.next());
  }

  @GetMapping("/api/v1/refusals")
  @Operation(
      summary = "What was refused within the last day, by sender and reason, the most first",
      description = "Where a key is nobody's, the sender is the address it was sent from.")
  List<Refused> refusals() {
    return refusals.lastDay();
  }

  @PostMapping("/api/v1/parked-records/{id}/send-again")
  @Operation(
      summary = "Send a parked record again",
      description =
          "It is checked by the rules as they are now and stored, or parked with what is wrong"
              + " with it now. Asked twice, it is sent once.")
  @ApiResponse(responseCode = "202", description = "It is going to be sent, or was already")
  @ApiResponse(responseCode = "403", description = "Not allowed")
  @ApiResponse(responseCode = "404", description = "There is no such record")
  @ApiResponse(responseCode = "409", description = "It cannot be sent again; the detail says why")
  ResponseEntity<?> sendAgain(@PathVariable String id) {
    return switch (records.sendAgain(id)) {
      case Answer.Accepted(var record) ->
          ResponseEntity.accepted().body(ParkedRecordView.of(record));
      case Answer.NotFound() -> problem(HttpStatus.NOT_FOUND, "There is no such record");
      case Answer.Refused(var reason) -> problem(HttpStatus.CONFLICT, reason);
    };
  }

  /**
   * What is to be sent again.
   *
   * @param reason words of the reason that they are parked for; null or blank for all
   * @param why in the operator's words; required
   */
  record SendAllAgainRequest(@Nullable String reason, @Nullable String why) {}

  @PostMapping("/api/v1/parked-records/send-again")
  @Operation(
      summary = "Send all parked records again, or those with words in their reason",
      description =
          "The oldest first, at most 10,000 at once (`more` says whether others wait). Each is"
              + " checked by the rules as they are now and stored, or parked with what is wrong"
              + " with it now. Asked twice, each is sent once.")
  @ApiResponse(responseCode = "202", description = "So many are going to be sent")
  @ApiResponse(responseCode = "400", description = "There is no why")
  @ApiResponse(responseCode = "403", description = "Not allowed")
  ResponseEntity<?> sendAllAgain(@RequestBody SendAllAgainRequest request) {
    return switch (records.sendAllAgain(
        Objects.requireNonNullElse(request.reason(), ""),
        Objects.requireNonNullElse(request.why(), ""))) {
      case AllAnswer.Asked asked -> ResponseEntity.accepted().body(asked);
      case AllAnswer.Invalid(var reason) -> problem(HttpStatus.BAD_REQUEST, reason);
    };
  }

  private static ResponseEntity<ProblemDetail> problem(HttpStatus status, String detail) {
    return ResponseEntity.of(ProblemDetail.forStatusAndDetail(status, detail)).build();
  }
}
