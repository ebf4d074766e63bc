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
import io.tillpost.console.classification.FieldValue;
import io.tillpost.console.recovery.AutomaticNotice;
import io.tillpost.console.recovery.AutomaticRetries;
import io.tillpost.console.security.CurrentOperator;
import io.tillpost.failure.EarlierSides;
import io.tillpost.failure.ExceptionMerge;
import io.tillpost.failure.ExceptionSplit;
import io.tillpost.failure.ExceptionStatus;
import io.tillpost.failure.FailureClass;
import io.tillpost.failure.Fingerprint;
import io.tillpost.failure.OwnerSide;
import io.tillpost.failure.SideChange;
import io.tillpost.failure.SplitCondition;
import io.tillpost.failure.TriageComment;
import io.tillpost.failure.TriageStep;
import io.tillpost.message.Money;
import io.tillpost.recovery.ItemState;
import io.tillpost.recovery.OperationState;
import io.tillpost.recovery.RecoveryAction;
import io.tillpost.store.FailureQueries.Group;
import io.tillpost.store.FailureQueries.StoreCount;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
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

  /**
   * An exception in the list.
   *
   * @param id the fingerprint
   * @param money per currency, never converted
   * @param oldest capture time of the oldest message
   * @param lastRecovery null where there was none
   */
  record ExceptionView(
      String id,
      String title,
      String code,
      String workflow,
      @Nullable String target,
      FailureClass failureClass,
      OwnerSide ownerSide,
      @Nullable String team,
      @Nullable String assignee,
      ExceptionStatus status,
      long messages,
      long stores,
      List<Money> money,
      Instant oldest,
      Instant lastFailed,
      @Nullable LastRecoveryView lastRecovery) {
    static ExceptionView of(ExceptionSummary summary) {
      Group group = summary.group();
      return new ExceptionView(
          group.fingerprint().value(),
          summary.title(),
          group.sample().code(),
          group.workflow(),
          group.target(),
          summary.failureClass(),
          summary.ownerSide(),
          summary.team(),
          summary.assignee(),
          summary.status(),
          group.messages(),
          group.stores(),
          group.money().amounts(),
          group.oldest(),
          group.lastFailed(),
          LastRecoveryView.of(summary.lastRecovery()));
    }
  }

  /**
   * The last recovery of an exception that began.
   *
   * @param at when it began
   * @param messages how many it has; only those of the caller's stores where {@code ownStoresOnly}
   * @param done how many of them the target has, or are discarded or restored as was asked for
   * @param counts of them by state
   */
  record LastRecoveryView(
      LastRecovery.Result result,
      String operationId,
      RecoveryAction action,
      String by,
      Instant at,
      OperationState state,
      long messages,
      long done,
      Map<ItemState, Long> counts,
      boolean ownStoresOnly) {
    static @Nullable LastRecoveryView of(@Nullable LastRecovery last) {
      return last == null
          ? null
          : new LastRecoveryView(
              last.result(),
              last.operationId(),
              last.action(),
              last.by(),
              last.at(),
              last.state(),
              last.messages(),
              last.done(),
              last.counts(),
              last.ownStoresOnly());
    }
  }

  /**
   * An exception in full.
   *
   * @param title in plain language, also once it is resolved
   * @param summary as in the list; null once none of its messages is failed any more
   * @param template what its failures have in common, {@code *} for what differs; null likewise
   * @param sampleMessageId the newest of its messages; null likewise
   * @param handOvers when it went over to the other side, oldest first; the latest 100
   * @param earlierHandOvers what those before came to; null where there are none
   * @param mergedInto how it went into another exception, by which its messages are counted now;
   *     null where it did not
   * @param merges what went into it
   * @param splitOff how it was split off another exception; null where it was not
   * @param splits what was split off it
   * @param classOrigin where its class comes from, in words; null once none of its messages is
   *     failed any more
   * @param ownerOrigin which team has it and who deals with it, and where that comes from, in words
   * @param matched what the rule that gave the class matched in the payload; empty also where the
   *     caller may not see it
   * @param automaticRetry what automatic retry does with its messages; null where they are left to
   *     people
   * @param retried what retries of its own messages came to; null where fewer than 10 have an
   *     outcome
   * @param retriedAlike what retries of its class towards its target came to in the last 30 days;
   *     null where fewer than 30 have an outcome, and once none of its messages is failed any more
   */
  record ExceptionDetailView(
      String id,
      String title,
      ExceptionStatus status,
      @Nullable ExceptionView summary,
      @Nullable String template,
      @Nullable String sampleMessageId,
      List<StoreView> stores,
      @Nullable String ticket,
      List<TriageComment> comments,
      List<TriageStep> history,
      List<SideChange> handOvers,
      @Nullable EarlierSides earlierHandOvers,
      @Nullable MergeView mergedInto,
      List<MergeView> merges,
      @Nullable SplitView splitOff,
      List<SplitView> splits,
      @Nullable String classOrigin,
      String ownerOrigin,
      List<FieldValue> matched,
      @Nullable AutomaticNotice automaticRetry,
      @Nullable RetriedView retried,
      @Nullable RetriedAlikeView retriedAlike) {}

  /**
   * What retries came to.
   *
   * @param messages how many have an outcome
   * @param confirmedSoon how many of them were confirmed within {@code withinSeconds} of going out
   * @param confirmed how many were at all
   */
  record RetriedView(long messages, long confirmedSoon, long confirmed, long withinSeconds) {
    static RetriedView of(Retried retried) {
      return new RetriedView(
          retried.messages(), retried.soon(), retried.ever(), retried.within().toSeconds());
    }
  }

  /** What retries of the same class towards the same target came to, of all exceptions. */
  record RetriedAlikeView(
      FailureClass failureClass, String target, long days, RetriedView retried) {
    static RetriedAlikeView of(RetriedAlike alike) {
      return new RetriedAlikeView(
          alike.failureClass(),
          alike.target(),
          alike.over().toDays(),
          RetriedView.of(alike.retried()));
    }
  }

  /** The exception {@code from} went into {@code into}. */
  record MergeView(
      String from,
      String fromTitle,
      String into,
      String intoTitle,
      Instant at,
      String by,
      @Nullable String reason) {
    static MergeView of(ExceptionMerge merge) {
      return new MergeView(
          merge.from().value(),
          merge.fromTitle(),
          merge.into().value(),
          merge.intoTitle(),
          merge.at(),
          merge.by(),
          merge.reason());
    }
  }

  /** The messages of {@code from} for which the condition holds are the exception {@code part}. */
  record SplitView(
      String part,
      String from,
      String fromTitle,
      SplitCondition condition,
      Instant at,
      String by,
      @Nullable String reason) {
    static SplitView of(ExceptionSplit split) {
      return new SplitView(
          split.part().value(),
          split.from().value(),
          split.fromTitle(),
          split.condition(),
          split.at(),
          split.by(),
          split.reason());
    }
  }

  /** One store of an exception. */
  record StoreView(String storeId, long messages, List<Money> money) {
    static StoreView of(StoreCount count) {
      return new StoreView(count.storeId(), count.messages(), count.money().amounts());
    }
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
        "%,d exceptions as %s".formatted(exceptions, format));
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
