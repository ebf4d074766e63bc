package io.tillpost.console.alerting;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.tillpost.alerting.Alerts.Acknowledged;
import io.tillpost.alerting.evaluate.Acknowledgement;
import io.tillpost.alerting.evaluate.Alert;
import io.tillpost.alerting.evaluate.AlertPhase;
import io.tillpost.console.security.CurrentOperator;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Alerts over HTTP, with the rights of the view. */
@RestController
@Tag(name = "Alerts", description = "What is on now, and who has taken it")
class AlertsApi {
  private final AlertDesk desk;
  private final CurrentOperator operator;

  AlertsApi(AlertDesk desk, CurrentOperator operator) {
    this.desk = desk;
    this.operator = operator;
  }

  /**
   * An alert.
   *
   * @param since when this state began
   * @param acknowledgedBy who has taken it since it fires; null for nobody
   * @param note in the words of who took it, or null
   */
  record AlertView(
      String id,
      String title,
      String rule,
      String severity,
      AlertPhase state,
      Instant since,
      @Nullable String acknowledgedBy,
      @Nullable Instant acknowledgedAt,
      @Nullable String note) {
    static AlertView of(Alert alert) {
      Acknowledgement taken = alert.acknowledgement();
      return new AlertView(
          alert.id(),
          alert.title(),
          alert.rule(),
          alert.severity().name(),
          alert.phase(),
          alert.since(),
          taken == null ? null : taken.by(),
          taken == null ? null : taken.at(),
          taken == null ? null : taken.note());
    }
  }

  /**
   * What one says about it.
   *
   * @param note may be absent
   */
  record NoteBody(@Nullable String note) {}

  @GetMapping("/api/v1/alerts")
  @Operation(summary = "The alerts that are pending or firing now")
  List<AlertView> alerts() {
    return desk.now().active().stream().map(AlertView::of).toList();
  }

  @PostMapping("/api/v1/alerts/{id}/acknowledge")
  @Operation(
      summary = "Take a firing alert",
      description = "Who has taken it already is answered the same again.")
  @ApiResponse(responseCode = "200", description = "It is yours")
  @ApiResponse(responseCode = "403", description = "Not allowed")
  @ApiResponse(responseCode = "404", description = "There is no such alert")
  @ApiResponse(responseCode = "409", description = "It does not fire, or somebody else has it")
  ResponseEntity<?> acknowledge(
      @PathVariable String id, @RequestBody(required = false) @Nullable NoteBody body) {
    String note = body == null || body.note() == null ? "" : body.note();
    return switch (desk.acknowledge(id, note)) {
      case Acknowledged.Done done -> ResponseEntity.ok(AlertView.of(done.alert()));
      case Acknowledged.Already already when isMine(already.by()) ->
          ResponseEntity.of(desk.find(id).map(AlertView::of));
      case Acknowledged.Already already ->
          problem(
              HttpStatus.CONFLICT,
              "%s has taken this alert already; nothing was changed. Talk to them."
                  .formatted(already.by().by()));
      case Acknowledged.NotFiring _ ->
          problem(
              HttpStatus.CONFLICT, "This alert does not fire now, so there is nothing to take.");
      case Acknowledged.NotFound _ -> problem(HttpStatus.NOT_FOUND, "There is no alert " + id);
    };
  }

  private boolean isMine(Acknowledgement taken) {
    return taken.by().equals(operator.get().id());
  }

  private static ResponseEntity<ProblemDetail> problem(HttpStatus status, String detail) {
    return ResponseEntity.of(ProblemDetail.forStatusAndDetail(status, detail)).build();
  }
}
