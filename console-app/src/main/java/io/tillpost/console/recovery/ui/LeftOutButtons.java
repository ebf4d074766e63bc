package io.tillpost.console.recovery.ui;

import com.vaadin.flow.component.button.Button;
import io.tillpost.console.recovery.AnywayWish;
import io.tillpost.console.recovery.EarlierWish;
import io.tillpost.console.recovery.OperationAnswer;
import io.tillpost.console.recovery.RetryRequest;
import io.tillpost.console.recovery.act.OperationControl;
import io.tillpost.console.recovery.earlier.SkipReasons;
import io.tillpost.console.security.CurrentOperator;
import io.tillpost.console.security.Permission;
import io.tillpost.recovery.EarlierChoice;
import io.tillpost.recovery.EarlierFailed;
import io.tillpost.recovery.OperationState;
import io.tillpost.recovery.OperationSummary;
import io.tillpost.recovery.RecoveryAction;
import io.tillpost.recovery.RecoveryOperation;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What can be done about messages that a preview leaves out: they go all the same, or first. */
final class LeftOutButtons {
  private final PlanAnew anew;
  private final OperationControl control;
  private final CurrentOperator currentOperator;
  private final Consumer<OperationAnswer> answered;
  private final Consumer<RecoveryOperation> planned;
  private final Button include = new Button("Include the earlier ones", _ -> includeEarlier());
  private final Button anyway = new Button("Send them anyway…", _ -> askWhyAnyway());
  private final Button superseded =
      new Button("Send superseded ones anyway…", _ -> askWhySuperseded());
  private @Nullable RecoveryOperation shown;

  /**
   * @param answered is told what came of a click
   * @param planned is told of the operation that a dialog had planned
   */
  LeftOutButtons(
      PlanAnew anew,
      OperationControl control,
      CurrentOperator currentOperator,
      Consumer<OperationAnswer> answered,
      Consumer<RecoveryOperation> planned) {
    this.anew = anew;
    this.control = control;
    this.currentOperator = currentOperator;
    this.answered = answered;
    this.planned = planned;
  }

  List<Button> all() {
    return List.of(include, anyway, superseded);
  }

  /**
   * @param reasons takes why a button cannot be pressed
   */
  void show(RecoveryOperation operation, Set<String> reasons) {
    shown = operation;
    OperationSummary summary = operation.summary();
    EarlierFailed earlier = summary == null ? null : summary.earlier();
    boolean fits = operation.state() == OperationState.PREVIEWED && PlanAnew.fits(operation);
    boolean leavesOut =
        fits
            && earlier != null
            && earlier.messages() > 0
            && earlier.choice() != EarlierChoice.SEND_ANYWAY;
    boolean alone =
        operation.action() == RecoveryAction.RETRY && earlier != null && earlier.added() == 0;
    OperationActions.offer(
        include, leavesOut && alone, () -> currentOperator.refusal(Permission.RETRY), reasons);
    OperationActions.offer(anyway, leavesOut, () -> control.restObjection(operation), reasons);
    OperationActions.offer(
        superseded,
        fits && summary != null && summary.skipped().containsKey(SkipReasons.BY_A_NEWER_ONE),
        () -> control.restObjection(operation),
        reasons);
  }

  private void includeEarlier() {
    planAnew(request -> request.with(EarlierWish.INCLUDE));
  }

  /** Planned anew with what was decided for the list that is shown, and this wish. */
  private void planAnew(UnaryOperator<RetryRequest> wish) {
    RecoveryOperation operation = shown;
    if (operation != null) {
      String key = UUID.randomUUID().toString();
      answered.accept(anew.plan(operation, wish.apply(PlanAnew.asBefore(operation, key))));
    }
  }

  private void askWhySuperseded() {
    askWhy(
        superseded,
        Wordings.SUPERSEDED_ANYWAY,
        (before, why) -> before.withSuperseded(AnywayWish.sendAnyway(why)));
  }

  private void askWhyAnyway() {
    askWhy(anyway, Wordings.ANYWAY, (before, why) -> before.with(EarlierWish.sendAnyway(why)));
  }

  /** Asks why what is left out goes all the same, and plans the list anew with it. */
  private void askWhy(
      Button button,
      ReasonDialog.Wording wording,
      BiFunction<RetryRequest, String, RetryRequest> wish) {
    RecoveryOperation operation = shown;
    button.setEnabled(true);
    if (operation != null) {
      new ReasonDialog(
              wording,
              request ->
                  anew.plan(
                      operation,
                      wish.apply(PlanAnew.asBefore(operation, request.key()), request.reason())),
              planned)
          .open();
    }
  }
}
