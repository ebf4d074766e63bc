package io.tillpost.console.recovery.edit;

import io.tillpost.console.recovery.Chosen;
import io.tillpost.console.recovery.OperationAnswer;
import io.tillpost.console.recovery.RecoveryRecords;
import io.tillpost.console.recovery.RetryRequest;
import io.tillpost.console.recovery.act.OperationControl;
import io.tillpost.console.recovery.operation.ShownItems;
import io.tillpost.console.security.CurrentOperator;
import io.tillpost.console.security.Permission;
import io.tillpost.recovery.FieldRule;
import io.tillpost.recovery.RecoveryOperation;
import io.tillpost.store.Documents.Versioned;
import java.util.Optional;
import org.springframework.security.access.prepost.PreAuthorize;

/**
 * Takes up an edit by rule again as a whole: the rule as it was, to be changed and planned over the
 * same list as an operation of its own. A preview that is replaced so by who made it is cancelled,
 * and says by which operation.
 */
public class RuleAgain {
  private static final String MAY = "hasRole('" + Permission.Name.EDIT_AND_RETRY + "')";
  private static final String NO_RULE =
      "It keeps no rule that could be edited: correct its messages one by one, or set the field"
          + " anew from their exception.";

  private final RecoveryRecords records;
  private final EditAndRetry edits;
  private final OperationControl control;
  private final ShownItems items;
  private final CurrentOperator currentOperator;

  public RuleAgain(
      RecoveryRecords records,
      EditAndRetry edits,
      OperationControl control,
      ShownItems items,
      CurrentOperator currentOperator) {
    this.records = records;
    this.edits = edits;
    this.control = control;
    this.items = items;
    this.currentOperator = currentOperator;
  }

  /**
   * Why the current operator cannot take up the rule of this edit, in sentences for a button; empty
   * if they can.
   */
  @PreAuthorize("hasRole('" + Permission.Name.VIEW + "')")
  public Optional<String> objection(RecoveryOperation edit) {
    return currentOperator
        .refusal(Permission.EDIT_AND_RETRY)
        .or(() -> edit.rule() == null ? Optional.of(NO_RULE) : Optional.empty())
        .or(() -> foreign(edit));
  }

  /**
   * The rule as it was; empty where there is none, or none that is the current operator's to see:
   * its values are those of payloads.
   */
  @PreAuthorize(MAY)
  public Optional<EditRule> of(RecoveryOperation edit) {
    FieldRule rule = edit.rule();
    return rule == null || objection(edit).isPresent()
        ? Optional.empty()
        : Optional.of(EditRule.of(rule));
  }

  /**
   * Freezes the list of an edit by rule with this rule in place of its own, so that every
   * difference can be looked at: all of it where it was never started, else what did not get
   * through. Rights, locks and schemas are looked at as if it were the first time.
   *
   * @param operationId of an edit by rule that is at its preview, or has come to its end
   * @param request only to plan
   */
  @PreAuthorize(MAY)
  public OperationAnswer plan(String operationId, EditRule rule, RetryRequest request) {
    RecoveryOperation edit =
        records.operations().get(operationId).map(Versioned::value).orElse(null);
    if (edit == null) {
      return new OperationAnswer.NotFound("There is no operation " + operationId);
    }
    if (edit.rule() == null) {
      return new OperationAnswer.Invalid("That operation was no edit by rule. " + NO_RULE);
    }
    OperationAnswer answer = edits.planRuleAs(new Chosen.AgainOf(operationId), rule, request);
    if (answer instanceof OperationAnswer.Accepted accepted) {
      // After the other one is there: a crash in between leaves two previews rather than none, and
      // the same request again cancels the first.
      control.replace(operationId, accepted.operation().id());
    }
    return answer;
  }

  private Optional<String> foreign(RecoveryOperation edit) {
    return items.any(edit)
        ? Optional.empty()
        : Optional.of(
            "None of its messages is of your stores: you work for %s."
                .formatted(currentOperator.stores().words()));
  }
}
