package io.tillpost.console.exceptions;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.tillpost.console.exceptions.FrozenLists.Frozen;
import io.tillpost.console.exceptions.TriageApi.AssignBody;
import io.tillpost.console.exceptions.TriageApi.ClassBody;
import io.tillpost.console.exceptions.TriageApi.CommentBody;
import io.tillpost.console.exceptions.TriageApi.DecidedView;
import io.tillpost.console.exceptions.TriageApi.IgnoreBody;
import io.tillpost.console.exceptions.TriageApi.SideBody;
import io.tillpost.console.exceptions.TriageApi.TicketBody;
import io.tillpost.console.security.CurrentOperator;
import io.tillpost.console.security.Permission;
import io.tillpost.failure.Fingerprint;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** One act of triage over several exceptions, with what became of each. */
@RestController
@Tag(name = "Triage")
class BulkTriageApi {
  private static final String SECONDS_TO_WAIT = "5";

  private final Triage triage;
  private final FrozenLists lists;
  private final OneAfterAnother each;
  private final CurrentOperator operator;

  BulkTriageApi(Triage triage, FrozenLists lists, OneAfterAnother each, CurrentOperator operator) {
    this.triage = triage;
    this.lists = lists;
    this.each = each;
    this.operator = operator;
  }

  /**
   * Which exceptions, and exactly one act.
   *
   * @param exceptions ids; or a filter
   * @param filter the parameters of the list with their values; frozen when the request comes first
   */
  record BulkBody(
      @Nullable List<String> exceptions,
      @Nullable Map<String, List<String>> filter,
      @Nullable ClassBody classify,
      @Nullable SideBody owner,
      @Nullable AssignBody assign,
      @Nullable CommentBody comment,
      @Nullable IgnoreBody ignore,
      @Nullable NoticeBody notice,
      @Nullable TicketBody ticket) {}

  /** Stops ignoring; says nothing else. */
  record NoticeBody() {}

  /**
   * What became of it.
   *
   * @param done for how many of the chosen ones it was done
   */
  record BulkView(int chosen, int done, List<OutcomeView> outcomes) {
    static BulkView of(List<OutcomeView> outcomes) {
      return new BulkView(
          outcomes.size(), (int) outcomes.stream().filter(OutcomeView::done).count(), outcomes);
    }
  }

  /**
   * What became of one exception.
   *
   * @param reason why it was not done; null where it was
   * @param exception as it is now; null where it was not done
   */
  record OutcomeView(
      String id, boolean done, @Nullable String reason, @Nullable DecidedView exception) {
    static OutcomeView left(Fingerprint exception, String reason) {
      return new OutcomeView(exception.value(), false, reason, null);
    }

    static OutcomeView of(Fingerprint exception, TriageAnswer answer) {
      return switch (answer) {
        case TriageAnswer.Done done ->
            new OutcomeView(exception.value(), true, null, DecidedView.of(done.exception()));
        case TriageAnswer.Invalid invalid ->
            new OutcomeView(exception.value(), false, invalid.reason(), null);
      };
    }
  }

  /** An act and the right that it needs. */
  private record Act(Permission permission, Function<Fingerprint, TriageAnswer> doing) {}

  @PostMapping("/api/v1/exceptions/triage")
  @Operation(
      summary = "Do one act of triage to several exceptions",
      description =
          "Give either ids or a filter, up to 2,000 exceptions, and exactly one act. What cannot be"
              + " done to one leaves the others alone. With an Idempotency-Key a repeat is about"
              + " the same exceptions and does nothing twice, also after a crash. Of assign: "
              + TriageApi.ASSIGN
              + " Hand-overs soon after each other go into one mail.")
  @ApiResponse(responseCode = "200", description = "What became of each")
  @ApiResponse(responseCode = "400", description = "The body cannot be read, or means too many")
  @ApiResponse(responseCode = "409", description = "The key stands for another request")
  @ApiResponse(
      responseCode = "503",
      description =
          "The storage stopped answering: chosen, done and outcomes say how far it came. A repeat"
              + " with the same key does the rest, and nothing twice")
  ResponseEntity<?> triage(
      @Parameter(description = TriageApi.KEY)
          @RequestHeader(name = "Idempotency-Key", required = false)
          @Nullable String key,
      @RequestBody BulkBody body) {
    allow(Permission.COMMENT);
    List<Act> acts = acts(body);
    if (acts.size() != 1) {
      return problem(
          HttpStatus.BAD_REQUEST,
          "Give exactly one of classify, owner, assign, comment, ignore, notice and ticket");
    }
    Act act = acts.getFirst();
    allow(act.permission());
    Optional<TriageRequest> request =
        key == null || key.isBlank()
            ? Optional.empty()
            : Optional.of(TriageRequest.of(operator.get().id(), key, body));
    return switch (lists.freeze(body.exceptions(), body.filter(), request.orElse(null))) {
      case Frozen.Invalid invalid -> problem(HttpStatus.BAD_REQUEST, invalid.reason());
      case Frozen.OtherRequest _ ->
          problem(HttpStatus.CONFLICT, "This Idempotency-Key was used for another request already");
      case Frozen.Chosen chosen ->
          answer(
              chosen.exceptions(),
              each.to(chosen.exceptions(), request.orElse(null), act.doing()),
              request.isPresent());
    };
  }

  private static ResponseEntity<?> answer(
      List<Fingerprint> chosen, OneAfterAnother.Became became, boolean hasKey) {
    BulkView view =
        BulkView.of(chosen.stream().map(exception -> outcome(exception, became)).toList());
    if (became.isWhole()) {
      return ResponseEntity.ok(view);
    }
    HttpStatus status = HttpStatus.SERVICE_UNAVAILABLE;
    ProblemDetail problem =
        ProblemDetail.forStatusAndDetail(
            status,
            "The storage stopped answering: done for %,d of %,d. Ask again in a moment%s"
                .formatted(
                    view.done(),
                    view.chosen(),
                    hasKey
                        ? ", with the same Idempotency-Key: the rest is done then, and nothing"
                            + " twice."
                        : " for those that are not done. The one of which it is not known may be"
                            + " done twice then; with an Idempotency-Key nothing would be."));
    problem.setProperty("chosen", view.chosen());
    problem.setProperty("done", view.done());
    problem.setProperty("outcomes", view.outcomes());
    return ResponseEntity.status(status)
        .header(HttpHeaders.RETRY_AFTER, SECONDS_TO_WAIT)
        .body(problem);
  }

  private static OutcomeView outcome(Fingerprint exception, OneAfterAnother.Became became) {
    TriageAnswer answer = became.answers().get(exception);
    if (answer != null) {
      return OutcomeView.of(exception, answer);
    }
    return OutcomeView.left(
        exception,
        exception.equals(became.doubtful())
            ? "The storage did not answer: it is not known whether this was done"
            : "Nothing was done: the storage did not answer any more");
  }

  private List<Act> acts(BulkBody body) {
    List<Act> acts = new ArrayList<>();
    add(acts, Permission.CLASSIFY, body.classify(), (b, e) -> triage.classify(e, b.failureClass()));
    add(acts, Permission.CLASSIFY, body.owner(), (b, e) -> triage.ownerSide(e, b.side(), b.note()));
    add(acts, Permission.ASSIGN, body.assign(), (b, e) -> b.to(triage, e));
    add(acts, Permission.COMMENT, body.comment(), (b, e) -> triage.comment(e, text(b.text())));
    add(
        acts,
        Permission.CLASSIFY,
        body.ignore(),
        (b, e) -> triage.ignore(e, b.ends(), text(b.reason())));
    add(acts, Permission.CLASSIFY, body.notice(), (_, e) -> triage.notice(e));
    add(acts, Permission.COMMENT, body.ticket(), (b, e) -> triage.ticket(e, b.ticket()));
    return acts;
  }

  private static <T> void add(
      List<Act> acts, Permission permission, @Nullable T body, Doing<T> doing) {
    if (body != null) {
      acts.add(new Act(permission, exception -> doing.to(body, exception)));
    }
  }

  /** Does what a body asks for to an exception. */
  @FunctionalInterface
  private interface Doing<T> {
    TriageAnswer to(T body, Fingerprint exception);
  }

  private void allow(Permission permission) {
    operator
        .refusal(permission)
        .ifPresent(
            refusal -> {
              throw new AccessDeniedException(refusal);
            });
  }

  private static ResponseEntity<?> problem(HttpStatus status, String detail) {
    return ResponseEntity.of(ProblemDetail.forStatusAndDetail(status, detail)).build();
  }

  private static String text(@Nullable String text) {
    return Objects.requireNonNullElse(text, "");
  }
}
