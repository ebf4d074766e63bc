package io.tillpost.console.exceptions;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.tillpost.console.audit.AuditAct;
import io.tillpost.console.audit.AuditAction;
import io.tillpost.console.audit.AuditLog;
import io.tillpost.console.audit.AuditOutcome;
import io.tillpost.console.audit.AuditSubject;
import io.tillpost.console.exceptions.ExceptionDetailView.MergeView;
import io.tillpost.console.exceptions.ExceptionDetailView.RetriedAlikeView;
import io.tillpost.console.exceptions.ExceptionDetailView.RetriedView;
import io.tillpost.console.exceptions.ExceptionDetailView.SplitView;
import io.tillpost.console.exceptions.ExceptionDetailView.StoreView;
import io.tillpost.console.recovery.due.AutomaticRetries;
import io.tillpost.console.security.CurrentOperator;
import io.tillpost.console.text.CountText;
import io.tillpost.failure.Fingerprint;
import io.tillpost.store.FailureQueries.Group;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Exceptions over HTTP, with the rights of the views. */
@RestController
@Tag(name = "Exceptions", description = "Like failures as one thing that somebody owns")
class ExceptionsApi {
  private static final MediaType CSV = new MediaType("text", "csv", StandardCharsets.UTF_8);
  private static final MediaType XLSX =
      MediaType.parseMediaType("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");

  private static final AuditSubject EXPORTED =
      new AuditSubject(AuditSubject.Kind.LIST, "exceptions");

  private final ExceptionInbox inbox;
  private final AutomaticRetries automatic;
  private final RetryEvidence evidence;
  private final CurrentOperator operator;
  private final AuditLog audit;

  ExceptionsApi(
      ExceptionInbox inbox,
      AutomaticRetries automatic,
      RetryEvidence evidence,
      CurrentOperator operator,
      AuditLog audit) {
    this.inbox = inbox;
    this.automatic = automatic;
    this.evidence = evidence;
    this.operator = operator;
    this.audit = audit;
  }

  @GetMapping("/api/v1/exceptions")
  @Operation(
      summary = "Exceptions with failed messages, worst impact first",
      description = "By number of stores, then of messages, then the oldest first.")
  @ApiResponse(responseCode = "200", description = "The exceptions as they are now")
  @ApiResponse(responseCode = "400", description = "A filter cannot be read; the detail says why")
  @ExceptionFilterDocs
  ResponseEntity<?> exceptions(
      @Parameter(hidden = true) @RequestParam MultiValueMap<String, String> parameters) {
    return listed(
        parameters, list -> ResponseEntity.ok(list.stream().map(ExceptionView::of).toList()));
  }

  @GetMapping("/api/v1/exceptions.csv")
  @Operation(
      summary = "The same list as CSV",
      description = "A row for each exception and currency. No cell is taken for a formula.")
  @ApiResponse(responseCode = "200", description = "The exceptions as they are now")
  @ApiResponse(responseCode = "400", description = "A filter cannot be read; the detail says why")
  @ExceptionFilterDocs
  ResponseEntity<?> csv(
      @Parameter(hidden = true) @RequestParam MultiValueMap<String, String> parameters) {
    return listed(
        parameters,
        list -> {
          noteExport("CSV", parameters, list.size());
          StringBuilder csv = new StringBuilder();
          ExceptionTable.csv(list, csv);
          return file("exceptions.csv", CSV, csv.toString().getBytes(StandardCharsets.UTF_8));
        });
  }

  @GetMapping("/api/v1/exceptions.xlsx")
  @Operation(
      summary = "The same list as a workbook for spreadsheets",
      description = "A row for each exception and currency; numbers and times are such cells.")
  @ApiResponse(responseCode = "200", description = "The exceptions as they are now")
  @ApiResponse(responseCode = "400", description = "A filter cannot be read; the detail says why")
  @ExceptionFilterDocs
  ResponseEntity<?> xlsx(
      @Parameter(hidden = true) @RequestParam MultiValueMap<String, String> parameters) {
    return listed(
        parameters,
        list -> {
          noteExport("XLSX", parameters, list.size());
          ByteArrayOutputStream workbook = new ByteArrayOutputStream();
          ExceptionTable.xlsx(list, workbook);
          return file("exceptions.xlsx", XLSX, workbook.toByteArray());
        });
  }

  private ResponseEntity<?> listed(MultiValueMap<String, String> parameters, Answer answer) {
    ExceptionFilterParameters.Read read =
        ExceptionFilterParameters.read(parameters, operator.get().id());
    if (!read.problems().isEmpty()) {
      return ResponseEntity.of(
              ProblemDetail.forStatusAndDetail(
                  HttpStatus.BAD_REQUEST, String.join("; ", read.problems())))
          .build();
    }
    try {
      return answer.of(inbox.list(read.filter()));
    } catch (IOException e) {
      throw new UncheckedIOException("Written to memory only", e);
    }
  }

  /** What leaves the house is in the audit trail, with the filter as it was asked for. */
  private void noteExport(String format, MultiValueMap<String, String> filter, int exceptions) {
    String words =
        filter.entrySet().stream()
            .map(entry -> entry.getKey() + "=" + String.join(",", entry.getValue()))
            .sorted()
            .collect(Collectors.joining(" "));
    audit.note(
        AuditAct.of(operator.get().id(), AuditAction.EXPORT, EXPORTED)
            .changing(null, words.isEmpty() ? "all" : words),
        AuditOutcome.DONE,
        CountText.of(exceptions, "exception") + " as " + format);
  }

  private static ResponseEntity<?> file(String name, MediaType type, byte[] content) {
    return ResponseEntity.ok()
        .contentType(type)
        .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + name + "\"")
        .body(content);
  }

  /** What is answered with the list. */
  @FunctionalInterface
  private interface Answer {
    ResponseEntity<?> of(List<ExceptionSummary> list) throws IOException;
  }

  @GetMapping("/api/v1/exceptions/{id}")
  @Operation(summary = "One exception with its stores, comments and history")
  @ApiResponse(responseCode = "200", description = "The exception as it is now")
  @ApiResponse(responseCode = "404", description = "There is no such exception")
  ResponseEntity<?> exception(@PathVariable String id) {
    return Fingerprints.read(id)
        .flatMap(inbox::find)
        .<ResponseEntity<?>>map(found -> ResponseEntity.ok(view(id, found)))
        .orElseGet(
            () ->
                ResponseEntity.of(
                        ProblemDetail.forStatusAndDetail(
                            HttpStatus.NOT_FOUND, "There is no exception " + id))
                    .build());
  }

  private ExceptionDetailView view(String id, ExceptionDetail detail) {
    ExceptionSummary summary = detail.summary().orElse(null);
    Group group = detail.group().orElse(null);
    return new ExceptionDetailView(
        id,
        detail.title(),
        detail.status(),
        summary == null ? null : ExceptionView.of(summary),
        group == null ? null : Fingerprint.template(group.sample().message()),
        group == null ? null : group.sampleMessage().value(),
        detail.stores().stream().map(StoreView::of).toList(),
        detail.triage().ticket(),
        detail.triage().comments(),
        detail.triage().history(),
        detail.triage().sides(),
        detail.triage().earlierSides(),
        detail.mergedInto().map(MergeView::of).orElse(null),
        detail.merges().stream().map(MergeView::of).toList(),
        detail.splitOff().map(SplitView::of).orElse(null),
        detail.splits().stream().map(SplitView::of).toList(),
        detail.classOrigin(operator.get()).orElse(null),
        detail.ownership().origin(),
        detail.triage().classOverride() == null
            ? detail.byRule().map(by -> by.valuesFor(operator.get())).orElse(List.of())
            : List.of(),
        automatic.of(detail.fingerprint()).orElse(null),
        evidence.of(detail.fingerprint()).map(RetriedView::of).orElse(null),
        group == null || group.target() == null || summary == null
            ? null
            : evidence
                .alike(summary.failureClass(), group.target())
                .map(RetriedAlikeView::of)
                .orElse(null));
  }
}
