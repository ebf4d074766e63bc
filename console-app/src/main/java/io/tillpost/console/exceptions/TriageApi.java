package io.tillpost.console.exceptions;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.tillpost.console.security.CurrentOperator;
import io.tillpost.console.security.Permission;
import io.tillpost.failure.ExceptionGroup;
import io.tillpost.failure.ExceptionStatus;
import io.tillpost.failure.FailureClass;
import io.tillpost.failure.Fingerprint;
import io.tillpost.failure.IgnoredUntil;
import io.tillpost.failure.OwnerSide;
import io.tillpost.message.Money;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/**
 * Acts of triage over HTTP, with the rights of the views and the same audit. A request with an
 * {@code Idempotency-Key} is done once to an exception, however often it comes: its name is written
 * in the same step as what it does.
 */
@RestController
@Tag(name = "Triage", description = "Classify, assign, comment, ignore: what people decide")
class TriageApi {
  static final String KEY = "The same for every repeat of one request";
  static final String ASSIGN =
      "assignee is a user name, team a name of a team; without one it is nobody, or no team, whatever"
          + " a rule says. keep ASSIGNEE gives it to a team and leaves who deals with it, keep TEAM"
          + " the other way round; byRule puts both back to what a rule says. A team that is given an"
          + " exception with which nobody deals is mailed.";

  private final Triage triage;
  private final TriageCalls calls;

  TriageApi(Triage triage, ExceptionInbox inbox, CurrentOperator operator) {
    this.triage = triage;
    this.calls = new TriageCalls(inbox, operator, () -> {}, DecidedView::of);
  }

  /**
   * What people decided about an exception, after the act.
   *
   * @param teamByHand whether somebody said which team has it, null for none; else a rule may
   * @param assigneeByHand whether somebody said who deals with it, null for nobody; else a rule may
   */
  record DecidedView(
      String id,
      ExceptionStatus status,
      @Nullable FailureClass failureClass,
      @Nullable OwnerSide ownerSide,
      @Nullable String team,
      @Nullable String assignee,
      boolean teamByHand,
      boolean assigneeByHand,
      @Nullable IgnoredUntil ignoredUntil,
      @Nullable String ticket,
      @Nullable String automaticRetryStoppedBy,
      int comments) {
    static DecidedView of(ExceptionGroup group) {
      return new DecidedView(
          group.fingerprint(),
          group.status(),
          group.classOverride(),
          group.sideOverride(),
          group.team(),
          group.assignee(),
          group.decidesTeam(),
          group.decidesAssignee(),
          group.ignoredUntil(),
          group.ticket(),
          group.retryStoppedBy(),
          group.comments().size());
    }
  }

  /** The class by hand; null takes it back. */
  record ClassBody(@Nullable FailureClass failureClass) {}

  /** Who has to act; null goes by the class. The note is for the side that has it then. */
  record SideBody(@Nullable OwnerSide side, @Nullable String note) {}

  /**
   * Who deals with it and which team has it, whatever a rule says; null for nobody and for no team.
   * Or {@code byRule} to put both back to what a rule says; then the others are left out.
   *
   * @param keep what stays as it is, by hand or by rule: then it is left out, and only the other
   *     one is set
   */
  record AssignBody(
      @Nullable String assignee,
      @Nullable String team,
      @Nullable Boolean byRule,
      AssignWish.@Nullable Kept keep) {
    TriageAnswer to(Triage triage, Fingerprint exception) {
      if (Boolean.TRUE.equals(byRule)) {
        return assignee == null && team == null && keep == null
            ? triage.assignByRule(exception)
            : new TriageAnswer.Invalid("Give either byRule or assignee and team");
      }
      return isKeptAndGiven()
          ? new TriageAnswer.Invalid(
              "What is kept is not given: with keep ASSIGNEE give the team alone, with keep TEAM the"
                  + " assignee alone")
          : new AssignWish(assignee, team, keep).of(exception, triage);
    }

    private boolean isKeptAndGiven() {
      return switch (keep) {
        case null -> false;
        case ASSIGNEE -> assignee != null;
        case TEAM -> team != null;
      };
    }
  }

  /** Plain text, 1 to 4,000 characters; {@code @login} calls somebody. */
  record CommentBody(@Nullable String text) {}

  /** Until the first of these is so; at least one, and why. */
  record IgnoreBody(
      @Nullable Instant until,
      @Nullable Long messages,
      @Nullable Long stores,
      @Nullable Money money,
      @Nullable String reason) {
    IgnoredUntil ends() {
      return new IgnoredUntil(until, messages, stores, money);
    }
  }

  /** Whether it is stopped from now on; a stop needs a reason. */
  record AutomaticRetryBody(boolean stopped, @Nullable String reason) {}

  /** The address of a ticket, http or https; null for none. */
  record TicketBody(@Nullable String ticket) {}

  @PostMapping("/api/v1/exceptions/{id}/classify")
  @Operation(summary = "Give an exception a class by hand, or take that back")
  @ApiResponse(responseCode = "200", description = "As it is now")
  @ApiResponse(responseCode = "404", description = "There is no such exception")
  @ApiResponse(responseCode = "409", description = "The key stands for another request")
  ResponseEntity<?> classify(
      @PathVariable String id,
      @Parameter(description = KEY) @RequestHeader(name = "Idempotency-Key", required = false)
          @Nullable String key,
      @RequestBody ClassBody body) {
    return calls.act(
        Permission.CLASSIFY, id, key, body, found -> triage.classify(found, body.failureClass()));
  }

  @PostMapping("/api/v1/exceptions/{id}/owner")
  @Operation(summary = "Say which side has to act, with a note for it")
  @ApiResponse(responseCode = "200", description = "As it is now")
  @ApiResponse(responseCode = "404", description = "There is no such exception")
  @ApiResponse(responseCode = "409", description = "The key stands for another request")
  ResponseEntity<?> owner(
      @PathVariable String id,
      @Parameter(description = KEY) @RequestHeader(name = "Idempotency-Key", required = false)
          @Nullable String key,
      @RequestBody SideBody body) {
    return calls.act(
        Permission.CLASSIFY,
        id,
        key,
        body,
        found -> triage.ownerSide(found, body.side(), body.note()));
  }

  @PostMapping("/api/v1/exceptions/{id}/assign")
  @Operation(
      summary = "Assign an exception to somebody, to a team or to both, or take that back",
      description = ASSIGN)
  @ApiResponse(responseCode = "200", description = "As it is now")
  @ApiResponse(
      responseCode = "400",
      description =
          "Nobody has that user name, it is no name of a team, or the body says two things")
  @ApiResponse(responseCode = "404", description = "There is no such exception")
  @ApiResponse(responseCode = "409", description = "The key stands for another request")
  ResponseEntity<?> assign(
      @PathVariable String id,
      @Parameter(description = KEY) @RequestHeader(name = "Idempotency-Key", required = false)
          @Nullable String key,
      @RequestBody AssignBody body) {
    return calls.act(Permission.ASSIGN, id, key, body, found -> body.to(triage, found));
  }

  @PostMapping("/api/v1/exceptions/{id}/comment")
  @Operation(summary = "Comment on an exception")
  @ApiResponse(responseCode = "200", description = "As it is now")
  @ApiResponse(responseCode = "400", description = "The text is empty or too long")
  @ApiResponse(responseCode = "404", description = "There is no such exception")
  @ApiResponse(responseCode = "409", description = "The key stands for another request")
  ResponseEntity<?> comment(
      @PathVariable String id,
      @Parameter(description = KEY) @RequestHeader(name = "Idempotency-Key", required = false)
          @Nullable String key,
      @RequestBody CommentBody body) {
    return calls.act(
        Permission.COMMENT, id, key, body, found -> triage.comment(found, text(body.text())));
  }

  @PostMapping("/api/v1/exceptions/{id}/ignore")
  @Operation(summary = "Let an exception be until it becomes worse")
  @ApiResponse(responseCode = "200", description = "As it is now")
  @ApiResponse(responseCode = "400", description = "It has no end or no reason, or is worse now")
  @ApiResponse(responseCode = "404", description = "There is no such exception")
  @ApiResponse(responseCode = "409", description = "The key stands for another request")
  ResponseEntity<?> ignore(
      @PathVariable String id,
      @Parameter(description = KEY) @RequestHeader(name = "Idempotency-Key", required = false)
          @Nullable String key,
      @RequestBody IgnoreBody body) {
    return calls.act(
        Permission.CLASSIFY,
        id,
        key,
        body,
        found -> triage.ignore(found, body.ends(), text(body.reason())));
  }

  @PostMapping("/api/v1/exceptions/{id}/notice")
  @Operation(summary = "Stop ignoring an exception")
  @ApiResponse(responseCode = "200", description = "As it is now")
  @ApiResponse(responseCode = "400", description = "It is not ignored")
  @ApiResponse(responseCode = "404", description = "There is no such exception")
  @ApiResponse(responseCode = "409", description = "The key stands for another request")
  ResponseEntity<?> notice(
      @PathVariable String id,
      @Parameter(description = KEY) @RequestHeader(name = "Idempotency-Key", required = false)
          @Nullable String key) {
    return calls.act(Permission.CLASSIFY, id, key, "notice", triage::notice);
  }

  @PostMapping("/api/v1/exceptions/{id}/automatic-retry")
  @Operation(summary = "Stop the automatic retry of an exception's messages, or start it again")
  @ApiResponse(responseCode = "200", description = "As it is now")
  @ApiResponse(responseCode = "400", description = "It is so already, or the reason is missing")
  @ApiResponse(responseCode = "404", description = "There is no such exception")
  @ApiResponse(responseCode = "409", description = "The key stands for another request")
  ResponseEntity<?> automaticRetry(
      @PathVariable String id,
      @Parameter(description = KEY) @RequestHeader(name = "Idempotency-Key", required = false)
          @Nullable String key,
      @RequestBody AutomaticRetryBody body) {
    return calls.act(
        Permission.RETRY,
        id,
        key,
        body,
        found ->
            body.stopped()
                ? triage.stopAutomaticRetry(found, text(body.reason()))
                : triage.startAutomaticRetry(found));
  }

  @PostMapping("/api/v1/exceptions/{id}/ticket")
  @Operation(summary = "Link a ticket in another system")
  @ApiResponse(responseCode = "200", description = "As it is now")
  @ApiResponse(responseCode = "400", description = "It is no address of http or https")
  @ApiResponse(responseCode = "404", description = "There is no such exception")
  @ApiResponse(responseCode = "409", description = "The key stands for another request")
  ResponseEntity<?> ticket(
      @PathVariable String id,
      @Parameter(description = KEY) @RequestHeader(name = "Idempotency-Key", required = false)
          @Nullable String key,
      @RequestBody TicketBody body) {
    return calls.act(
        Permission.COMMENT, id, key, body, found -> triage.ticket(found, body.ticket()));
  }

  private static String text(@Nullable String text) {
    return Objects.requireNonNullElse(text, "");
  }
}
