package io.tillpost.console.exceptions;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.tillpost.console.classification.ClassificationRule;
import io.tillpost.console.classification.FieldValue;
import io.tillpost.console.classification.RuleBook;
import io.tillpost.console.classification.RuleProblem;
import io.tillpost.console.classification.RuleVersion;
import io.tillpost.console.classification.SaveAnswer;
import io.tillpost.console.exceptions.RuleTrial.Amount;
import io.tillpost.console.exceptions.RuleTrial.BeforeAfter;
import io.tillpost.failure.FailureClass;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The rules that classify, over HTTP, with the rights of their page and the same audit. */
@RestController
@RequestMapping("/api/v1/classification-rules")
@Tag(name = "Classification rules", description = "Read, try and change the rules that classify")
class RulesApi {
  private final RuleBook book;
  private final RuleTrial trial;

  RulesApi(RuleBook book, RuleTrial trial) {
    this.book = book;
    this.trial = trial;
  }

  /** All rules as YAML. */
  record TextBody(@Nullable String text) {}

  /** All rules as YAML, the number of the version that was changed, and why. */
  record SaveBody(@Nullable String text, int basedOn, @Nullable String reason) {}

  /** What rules would do. A change is not named where the caller may not see what decides it. */
  record TrialView(
      int exceptions,
      int keptByHand,
      Map<FailureClass, BeforeAfter> classes,
      List<ChangeView> changes,
      Amount changesNotNamed,
      List<OwnerChangeView> ownerChanges,
      Amount ownerChangesNotNamed,
      List<ByRuleView> byRule,
      RuleTrial.Payloads payloads,
      List<WarningView> warnings) {
    static TrialView of(RuleTrial.Outcome outcome) {
      return new TrialView(
          outcome.exceptions(),
          outcome.keptByHand(),
          outcome.classes(),
          outcome.changes().stream().map(ChangeView::of).toList(),
          outcome.hidden(),
          outcome.ownerChanges().stream().map(OwnerChangeView::of).toList(),
          outcome.hiddenOwners(),
          outcome.byRule().stream().map(ByRuleView::of).toList(),
          outcome.payloads(),
          outcome.warnings().stream().map(WarningView::of).toList());
    }
  }

  /** An exception whose class would change, and what the rule matched in its payload. */
  record ChangeView(
      String exception,
      String title,
      long messages,
      FailureClass before,
      FailureClass after,
      @Nullable String rule,
      List<FieldValue> matched) {
    static ChangeView of(RuleTrial.Change change) {
      ClassificationRule rule = change.rule();
      return new ChangeView(
          change.fingerprint().value(),
          change.title(),
          change.messages(),
          change.before(),
          change.after(),
          rule == null ? null : rule.name(),
          change.values());
    }
  }

  /** An exception that would have another team or assignee. */
  record OwnerChangeView(String exception, String title, long messages, Owner before, Owner after) {
    static OwnerChangeView of(RuleTrial.OwnerChange change) {
      return new OwnerChangeView(
          change.fingerprint().value(),
          change.title(),
          change.messages(),
          Owner.of(change.before()),
          Owner.of(change.after()));
    }
  }

  /** Null for no team, and for nobody. */
  record Owner(@Nullable String team, @Nullable String assignee) {
    static Owner of(Ownership ownership) {
      return new Owner(ownership.team(), ownership.assignee());
    }
  }

  /** What is likely not meant about a rule; it can be saved all the same. The line is from 1. */
  record WarningView(int line, String rule, String message) {
    static WarningView of(RuleWarning warning) {
      return new WarningView(warning.rule().line(), warning.rule().name(), warning.message());
    }
  }

  /** What one rule would classify first; {@code sampled} of the messages that were looked at. */
  record ByRuleView(int position, String name, Amount amount, int sampled) {
    static ByRuleView of(RuleTrial.ByRule by) {
      return new ByRuleView(by.rule().position(), by.rule().name(), by.amount(), by.sampled());
    }
  }

  @GetMapping
  @Operation(summary = "The rules that count now, as YAML")
  RuleVersion current() {
    return book.current();
  }

  @GetMapping("/versions")
  @Operation(summary = "Every version there was, newest first, with who, when and why")
  List<RuleVersion> versions() {
    return book.history();
  }

  @PostMapping("/try")
  @Operation(summary = "What rules would do to the failures of the last 7 days; nothing is changed")
  @ApiResponse(responseCode = "200", description = "What they would do")
  @ApiResponse(responseCode = "400", description = "The text is not right; where and why")
  ResponseEntity<?> attempt(@RequestBody TextBody body) {
    return switch (trial.of(Objects.requireNonNullElse(body.text(), ""))) {
      case RuleTrial.Answer.Tried tried -> ResponseEntity.ok(TrialView.of(tried.outcome()));
      case RuleTrial.Answer.Invalid invalid -> wrong(invalid.problems());
    };
  }

  @PutMapping
  @Operation(
      summary = "Change the rules",
      description = "Repeating a request that was done is answered alike and does nothing more.")
  @ApiResponse(responseCode = "200", description = "They count from now on")
  @ApiResponse(responseCode = "400", description = "The text is not right; where and why")
  @ApiResponse(responseCode = "409", description = "Somebody saved meanwhile, or nothing changed")
  ResponseEntity<?> save(@RequestBody SaveBody body) {
    SaveAnswer answer =
        book.save(
            Objects.requireNonNullElse(body.text(), ""),
            body.basedOn(),
            Objects.requireNonNullElse(body.reason(), ""));
    return switch (answer) {
      case SaveAnswer.Saved saved -> ResponseEntity.ok(saved.version());
      case SaveAnswer.Invalid invalid -> wrong(invalid.problems());
      case SaveAnswer.Refused refused ->
          ResponseEntity.of(ProblemDetail.forStatusAndDetail(HttpStatus.CONFLICT, refused.reason()))
              .build();
    };
  }

  private static ResponseEntity<?> wrong(List<RuleProblem> problems) {
    ProblemDetail detail =
        ProblemDetail.forStatusAndDetail(HttpStatus.BAD_REQUEST, problems.getFirst().toString());
    detail.setProperty("problems", problems);
    return ResponseEntity.of(detail).build();
  }
}
