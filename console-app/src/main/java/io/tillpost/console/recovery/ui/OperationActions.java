package io.tillpost.console.recovery.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.notification.Notification;
import com.vaadin.flow.component.notification.NotificationVariant;
import com.vaadin.flow.component.textfield.TextArea;
import io.tillpost.console.recovery.AnywayWish;
import io.tillpost.console.recovery.Chosen;
import io.tillpost.console.recovery.Discards;
import io.tillpost.console.recovery.EarlierWish;
import io.tillpost.console.recovery.EditAndRetry;
import io.tillpost.console.recovery.OperationAnswer;
import io.tillpost.console.recovery.OperationControl;
import io.tillpost.console.recovery.OperationProgress;
import io.tillpost.console.recovery.QuestionProgress;
import io.tillpost.console.recovery.Questions;
import io.tillpost.console.recovery.Recovery;
import io.tillpost.console.recovery.Replays;
import io.tillpost.console.recovery.RetryRequest;
import io.tillpost.console.security.CurrentOperator;
import io.tillpost.console.security.Permission;
import io.tillpost.frontend.TillpostTheme;
import io.tillpost.message.MessageId;
import io.tillpost.recovery.EarlierChoice;
import io.tillpost.recovery.EarlierFailed;
import io.tillpost.recovery.ItemState;
import io.tillpost.recovery.OperationScope;
import io.tillpost.recovery.OperationState;
import io.tillpost.recovery.OperationSummary;
import io.tillpost.recovery.RecoveryAction;
import io.tillpost.recovery.RecoveryOperation;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What can be done with an operation now; a button that cannot be pressed says why. */
final class OperationActions extends Div {
  private static final Optional<String> NOTHING = Optional.empty();
  private static final Optional<String> RUNS =
      Optional.of("It is running, so there is nothing to resume.");
  private static final Optional<String> BEING_ASKED =
      Optional.of("The target is being asked already.");
  private static final Optional<String> STANDS =
      Optional.of("It is paused already: resume or cancel it.");

  private final transient Recovery recovery;
  private final transient PlanAnew anew;
  private final transient Discards discards;
  private final transient EditAndRetry edits;
  private final transient Replays replays;
  private final transient OperationControl control;
  private final transient Questions questions;
  private final transient CurrentOperator currentOperator;
  private final Consumer<RecoveryOperation> changed;
  private final TextArea reason = new TextArea();
  private final TextArea note = new TextArea("Why is it paused or resumed? (optional)");
  private final Button start = primary("Start", this::start);
  private final Button approve = primary("Approve", this::approve);
  private final Button decline = new Button("Decline");
  private final Button pause = new Button("Pause");
  private final Button resume = primary("Resume", this::resume);
  private final Button cancel = new Button("Cancel operation");
  private final Button include = new Button("Include the earlier ones", _ -> includeEarlier());
  private final Button anyway = new Button("Send them anyway…", _ -> askWhyAnyway());
  private final Button superseded =
      new Button("Send superseded ones anyway…", _ -> askWhySuperseded());
  private final Button again = new Button("Edit again", _ -> editAgain());
  private final Button rest = new Button("Retry the rest");
  private final Button restore = new Button("Restore what was discarded");
  private final Div buttons =
      new Div(
          start,
          approve,
          decline,
          resume,
          pause,
          include,
          anyway,
          superseded,
          cancel,
          again,
          rest,
          restore);
  private final Span why = new Span();
  private final Span asked = new Span();
  private final AskTarget ask;
  private transient @Nullable RecoveryOperation shown;
  private String reasonOf = "";

  /**
   * @param changed is told of the operation as it is after something was done; it may be another
   *     one
   */
  OperationActions(
      Recovery recovery,
      Discards discards,
      EditAndRetry edits,
      Replays replays,
      OperationControl control,
      Questions questions,
      CurrentOperator currentOperator,
      Consumer<RecoveryOperation> changed) {
    this.recovery = recovery;
    this.anew = new PlanAnew(recovery, edits, replays);
    this.discards = discards;
    this.edits = edits;
    this.replays = replays;
    this.control = control;
    this.questions = questions;
    this.ask =
        new AskTarget(
            key -> this.questions.ofOperation(shown == null ? "" : shown.id(), key),
            () -> Optional.ofNullable(shown).ifPresent(changed));
    buttons.add(ask);
    this.currentOperator = currentOperator;
    this.changed = changed;
    decline.addClickListener(_ -> ask(decline, Wordings.DECLINE, control::decline));
    pause.addClickListener(_ -> act(id -> control.pause(id, note.getValue())));
    cancel.addClickListener(_ -> ask(cancel, Wordings.CANCEL, control::cancel));
    cancel.addThemeVariants(ButtonVariant.LUMO_ERROR);
    rest.addClickListener(_ -> planRest());
    restore.addClickListener(_ -> planRestore());
    buttons.getChildren().map(Button.class::cast).forEach(b -> b.setDisableOnClick(true));
    buttons.addClassName(TillpostTheme.TOOLBAR);
    reason.setRequired(true);
    reason.setMaxLength(RetryRequest.LONGEST_REASON);
    reason.setWidth("min(40rem, 100%)");
    note.setMinRows(1);
    note.setPlaceholder("For example: the ERP answers slowly");
    note.setMaxLength(RetryRequest.LONGEST_REASON);
    note.setWidth("min(40rem, 100%)");
    why.addClassName(TillpostTheme.QUIET);
    asked.addClassName(TillpostTheme.QUIET);
    add(reason, note, buttons, why, asked);
  }

  void show(OperationProgress progress, Optional<QuestionProgress> question) {
    RecoveryOperation operation = progress.operation();
    OperationState state = operation.state();
    shown = operation;
    RecoveryAction action = operation.action();
    ReasonDialog.Wording wording = Wordings.of(action);
    reason.setLabel(wording.question());
    reason.setPlaceholder("For example: " + wording.example());
    rest.setText(restOf(action));
    Optional<String> noRetry = currentOperator.refusal(Permission.RETRY);
    boolean prepared = state == OperationState.PLANNED;
    boolean steered =
        prepared || state.waiting() || state.mayDispatch() || state == OperationState.PAUSED;
    Optional<String> noSteering = steered ? control.steerObjection(operation) : Optional.empty();
    Optional<String> noDiscard = currentOperator.refusal(Permission.DISCARD);
    Set<String> reasons = new LinkedHashSet<>();
    boolean previewed = state == OperationState.PREVIEWED;
    boolean waits = state == OperationState.AWAITING_APPROVAL;
    Optional<String> noStart = previewed ? control.startObjection(operation) : Optional.empty();
    reason.setVisible(previewed && noStart.isEmpty());
    if (!operation.id().equals(reasonOf)) {
      // What was taken up again keeps its reason until somebody writes another one.
      reasonOf = operation.id();
      if (!operation.reason().isBlank()) {
        reason.setValue(operation.reason());
      }
    }
    offer(start, previewed, () -> noStart, reasons);
    offer(approve, waits, () -> control.approvalObjection(operation), reasons);
    offer(decline, waits, () -> control.declineObjection(operation), reasons);
    // Both keep their places, so that a second click where Start was does not pause.
    boolean paused = state == OperationState.PAUSED;
    boolean steerable = state.mayDispatch() || paused;
    note.setVisible(steerable && noSteering.isEmpty());
    offer(
        resume,
        steerable,
        () -> paused ? control.resumeObjection(operation) : noSteering.or(() -> RUNS),
        reasons);
    offer(pause, steerable, () -> noSteering.or(() -> paused ? STANDS : NOTHING), reasons);
    boolean cancellable = prepared || state.waiting() || steerable;
    offer(cancel, cancellable, () -> noSteering, reasons);
    boolean corrected =
        action == RecoveryAction.EDIT_AND_RETRY
            && operation.scope().kind() == OperationScope.Kind.MESSAGE
            && progress.count(ItemState.CONFIRMED) + progress.count(ItemState.ALREADY_DONE) == 0;
    offer(
        again,
        corrected && (previewed || !state.open()),
        () -> currentOperator.refusal(Permission.EDIT_AND_RETRY),
        reasons);
    offer(
        rest,
        action.hasRestFor(action) && !state.open() && progress.rest() > 0,
        () -> control.restObjection(operation),
        reasons);
    offer(
        restore,
        !state.open() && progress.count(ItemState.DISCARDED) > 0,
        () -> noDiscard,
        reasons);
    OperationSummary summary = operation.summary();
    EarlierFailed earlier = summary == null ? null : summary.earlier();
    boolean leavesOut =
        previewed
            && PlanAnew.fits(operation)
            && earlier != null
            && earlier.messages() > 0
            && earlier.choice() != EarlierChoice.SEND_ANYWAY;
    boolean alone = action == RecoveryAction.RETRY && earlier != null && earlier.added() == 0;
    offer(include, leavesOut && alone, () -> noRetry, reasons);
    offer(anyway, leavesOut, () -> control.restObjection(operation), reasons);
    offer(
        superseded,
        previewed
            && PlanAnew.fits(operation)
            && summary != null
            && summary.skipped().containsKey(Recovery.SUPERSEDED),
        () -> control.restObjection(operation),
        reasons);
    showQuestion(progress, question, noRetry, reasons);
    why.setText(String.join(" ", reasons));
  }

  /** The button is there where the target can be asked; where it cannot, that is said. */
  private void showQuestion(
      OperationProgress progress,
      Optional<QuestionProgress> question,
      Optional<String> noRetry,
      Set<String> reasons) {
    boolean doubt = progress.count(ItemState.UNCONFIRMED) > 0;
    Optional<String> cannot = doubt ? questions.objection(progress.operation()) : NOTHING;
    cannot.ifPresent(reasons::add);
    boolean underWay = question.filter(q -> !q.question().finished()).isPresent();
    offer(ask, doubt && cannot.isEmpty(), () -> underWay ? BEING_ASKED : noRetry, reasons);
    asked.setText(question.map(QuestionProgress::words).orElse(""));
  }

  private static void offer(
      Button button, boolean fits, Supplier<Optional<String>> objection, Set<String> reasons) {
    button.setVisible(fits);
    if (fits) {
      Optional<String> no = objection.get();
      button.setEnabled(no.isEmpty());
      no.ifPresent(reasons::add);
    }
  }

  private void resume() {
    act(id -> control.resume(id, note.getValue()));
  }

  /** Asks why first: who planned it, or waits for it, has to be told. */
  private void ask(
      Button button,
      ReasonDialog.Wording wording,
      BiFunction<String, String, OperationAnswer> act) {
    RecoveryOperation operation = shown;
    if (operation == null) {
      return;
    }
    ReasonDialog dialog =
        new ReasonDialog(
                wording,
                request ->
                    request
                        .fault()
                        .<OperationAnswer>map(OperationAnswer.Invalid::new)
                        .orElseGet(() -> act.apply(operation.id(), request.reason())),
                changed)
            .dismissedBy("Back");
    dialog.addOpenedChangeListener(
        event -> {
          if (!event.isOpened()) {
            button.setEnabled(true);
          }
        });
    dialog.open();
  }

  private void start() {
    act(id -> control.start(id, reason.getValue()));
  }

  private void editAgain() {
    RecoveryOperation operation = shown;
    if (operation != null) {
      MessageId message = new MessageId(operation.scope().subjectId());
      getUI().ifPresent(ui -> EditView.takeUpAgain(ui, message, operation.id()));
    }
  }

  /** The same once more with what is left, previewed anew. */
  private void planRest() {
    RecoveryOperation operation = shown;
    if (operation == null) {
      return;
    }
    String key = UUID.randomUUID().toString();
    act(
        id ->
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

  private void includeEarlier() {
    planAnew(request -> request.with(EarlierWish.INCLUDE));
  }

  /** Planned anew with what was decided for the list that is shown, and this wish. */
  private void planAnew(UnaryOperator<RetryRequest> wish) {
    RecoveryOperation operation = shown;
    if (operation != null) {
      String key = UUID.randomUUID().toString();
      act(_ -> anew.plan(operation, wish.apply(PlanAnew.asBefore(operation, key))));
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
              changed)
          .open();
    }
  }

  private void planRestore() {
    String key = UUID.randomUUID().toString();
    act(id -> discards.planRestore(new Chosen.DiscardedBy(id), key));
  }

  private void approve() {
    OperationSummary summary = shown == null ? null : shown.summary();
    if (summary != null) {
      act(id -> control.approve(id, summary.listHash()));
    }
  }

  private void act(java.util.function.Function<String, OperationAnswer> doing) {
    if (shown == null) {
      return;
    }
    switch (doing.apply(shown.id())) {
      case OperationAnswer.Accepted a -> {
        note.clear();
        changed.accept(a.operation());
      }
      case OperationAnswer.Invalid i -> {
        reason.setErrorMessage(i.reason());
        reason.setInvalid(true);
        start.setEnabled(true);
      }
      case OperationAnswer.Refused r -> complain(r.reason());
      case OperationAnswer.NotFound n -> complain(n.reason());
      case OperationAnswer.Forbidden f -> complain(f.reason());
    }
  }

  private static void complain(String text) {
    Notification.show(text).addThemeVariants(NotificationVariant.LUMO_ERROR);
  }

  private static Button primary(String text, Runnable click) {
    Button button = new Button(text, _ -> click.run());
    button.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    return button;
  }
}
