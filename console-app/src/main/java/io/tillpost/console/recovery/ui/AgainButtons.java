package io.tillpost.console.recovery.ui;

import com.vaadin.flow.component.button.Button;
import io.tillpost.console.recovery.Chosen;
import io.tillpost.console.recovery.OperationAnswer;
import io.tillpost.console.recovery.act.Discards;
import io.tillpost.console.recovery.act.OperationControl;
import io.tillpost.console.recovery.act.Recovery;
import io.tillpost.console.recovery.act.Replays;
import io.tillpost.console.recovery.edit.EditAndRetry;
import io.tillpost.console.recovery.edit.EditRule;
import io.tillpost.console.recovery.edit.RuleAgain;
import io.tillpost.console.recovery.operation.OperationProgress;
import io.tillpost.console.security.CurrentOperator;
import io.tillpost.console.security.Permission;
import io.tillpost.message.MessageId;
import io.tillpost.recovery.ItemState;
import io.tillpost.recovery.OperationScope;
import io.tillpost.recovery.OperationState;
import io.tillpost.recovery.RecoveryAction;
import io.tillpost.recovery.RecoveryOperation;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What can be planned out of an operation: its edit again, its rest, or that it is taken back. */
final class AgainButtons {
  private final Recovery recovery;
  private final Discards discards;
  private final EditAndRetry edits;
  private final RuleAgain rules;
  private final Replays replays;
  private final OperationControl control;
  private final CurrentOperator currentOperator;
  private final Consumer<OperationAnswer> answered;
  private final Consumer<RecoveryOperation> planned;
  private final Button again = new Button("Edit again", _ -> editAgain());
  private final Button rest = new Button("Retry the rest", _ -> planRest());
  private final Button restore = new Button("Restore what was discarded", _ -> planRestore());
  private @Nullable RecoveryOperation shown;

  /**
   * @param answered is told what came of a click
   * @param planned is told of the operation that a dialog had planned
   */
  AgainButtons(
      Recovery recovery,
      Discards discards,
      EditAndRetry edits,
      RuleAgain rules,
      Replays replays,
      OperationControl control,
      CurrentOperator currentOperator,
      Consumer<OperationAnswer> answered,
      Consumer<RecoveryOperation> planned) {
    this.recovery = recovery;
    this.discards = discards;
    this.edits = edits;
    this.rules = rules;
    this.replays = replays;
    this.control = control;
    this.currentOperator = currentOperator;
    this.answered = answered;
    this.planned = planned;
  }

  List<Button> all() {
    return List.of(again, rest, restore);
  }

  /**
   * @param reasons takes why a button cannot be pressed
   */
  void show(OperationProgress progress, Set<String> reasons) {
    RecoveryOperation operation = progress.operation();
    shown = operation;
    RecoveryAction action = operation.action();
    boolean ended = !operation.state().open();
    boolean left =
        ofOne(operation)
            ? progress.count(ItemState.CONFIRMED) + progress.count(ItemState.ALREADY_DONE) == 0
            : progress.rest() > 0;
    OperationActions.offer(
        again,
        action == RecoveryAction.EDIT_AND_RETRY
            && (operation.state() == OperationState.PREVIEWED || (ended && left)),
        () ->
            ofOne(operation)
                ? currentOperator.refusal(Permission.EDIT_AND_RETRY)
                : rules.objection(operation),
        reasons);
    rest.setText(restOf(action));
    OperationActions.offer(
        rest,
        action.hasRestFor(action) && ended && progress.rest() > 0,
        () -> control.restObjection(operation),
        reasons);
    OperationActions.offer(
        restore,
        ended && progress.count(ItemState.DISCARDED) > 0,
        () -> currentOperator.refusal(Permission.DISCARD),
        reasons);
  }

  private static boolean ofOne(RecoveryOperation operation) {
    return operation.scope().kind() == OperationScope.Kind.MESSAGE;
  }

  private void editAgain() {
    RecoveryOperation operation = shown;
    if (operation == null) {
      return;
    }
    if (ofOne(operation)) {
      MessageId message = new MessageId(operation.scope().subjectId());
      again.getUI().ifPresent(ui -> EditView.takeUpAgain(ui, message, operation.id()));
    } else {
      rules.of(operation).ifPresent(rule -> ask(operation, rule));
      again.setEnabled(true);
    }
  }

  /** The rule as it was; what was decided for a list that is still previewed goes on with it. */
  private void ask(RecoveryOperation operation, EditRule rule) {
    boolean previewed = operation.state() == OperationState.PREVIEWED;
    new RuleDialog(
            (changed, request) ->
                rules.plan(
                    operation.id(),
                    changed,
                    (previewed ? PlanAnew.asBefore(operation, request.key()) : request)
                        .because(request.reason())),
            planned)
        .filledWith(rule, operation.reason(), again(operation, previewed))
        .open();
  }

  private String again(RecoveryOperation operation, boolean previewed) {
    if (!previewed) {
      return "Nothing is sent yet: what did not get through is previewed anew with this rule, in the"
          + " payloads as they are now. Messages that it does not fit are left out.";
    }
    boolean own = operation.requestedBy().equals(currentOperator.get().id());
    return "Nothing is sent yet: all messages of this preview are previewed anew with this rule. "
        + (own
            ? "This preview is cancelled then."
            : "The preview of %s stays as it is.".formatted(operation.requestedBy()));
  }

  /** The same once more with what is left, previewed anew. */
  private void planRest() {
    RecoveryOperation operation = shown;
    if (operation == null) {
      return;
    }
    String id = operation.id();
    String key = UUID.randomUUID().toString();
    answered.accept(
        switch (operation.action()) {
          case RETRY -> recovery.planRest(id, key);
          case EDIT_AND_RETRY -> edits.planRest(id, key);
          case REPLAY -> replays.planRest(id, key);
          case DISCARD -> discards.plan(new Chosen.RestOf(id), key);
          case RESTORE -> new OperationAnswer.Refused("A restore leaves no rest");
        });
  }

  private static String restOf(RecoveryAction action) {
    return switch (action) {
      case RETRY -> "Retry the rest";
      case EDIT_AND_RETRY -> "Retry the rest as corrected";
      case REPLAY -> "Replay the rest";
      case DISCARD, RESTORE -> "Discard the rest";
    };
  }

  private void planRestore() {
    Optional.ofNullable(shown)
        .ifPresent(
            operation ->
                answered.accept(
                    discards.planRestore(
                        new Chosen.DiscardedBy(operation.id()), UUID.randomUUID().toString())));
  }
}
