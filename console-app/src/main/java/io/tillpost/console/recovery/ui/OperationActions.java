package io.tillpost.console.recovery.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.notification.Notification;
import com.vaadin.flow.component.notification.NotificationVariant;
import com.vaadin.flow.component.textfield.TextArea;
import io.tillpost.console.recovery.OperationAnswer;
import io.tillpost.console.recovery.RetryRequest;
import io.tillpost.console.recovery.act.Discards;
import io.tillpost.console.recovery.act.OperationControl;
import io.tillpost.console.recovery.act.Recovery;
import io.tillpost.console.recovery.act.Replays;
import io.tillpost.console.recovery.edit.EditAndRetry;
import io.tillpost.console.recovery.edit.RuleAgain;
import io.tillpost.console.recovery.operation.OperationProgress;
import io.tillpost.console.recovery.run.QuestionProgress;
import io.tillpost.console.recovery.run.Questions;
import io.tillpost.console.security.CurrentOperator;
import io.tillpost.console.security.Permission;
import io.tillpost.frontend.Complaint;
import io.tillpost.frontend.TillpostTheme;
import io.tillpost.recovery.ItemState;
import io.tillpost.recovery.OperationState;
import io.tillpost.recovery.OperationSummary;
import io.tillpost.recovery.RecoveryOperation;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Supplier;
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
  private final transient LeftOutButtons leftOut;
  private final transient AgainButtons again;
  private final Div buttons = new Div();
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
      RuleAgain rules,
      Replays replays,
      OperationControl control,
      Questions questions,
      CurrentOperator currentOperator,
      Consumer<RecoveryOperation> changed) {
    this.control = control;
    this.questions = questions;
    this.ask =
        new AskTarget(
            key -> this.questions.ofOperation(shown == null ? "" : shown.id(), key),
            () -> Optional.ofNullable(shown).ifPresent(changed));
    this.leftOut =
        new LeftOutButtons(
            new PlanAnew(recovery, edits, replays),
            control,
            currentOperator,
            this::answered,
            changed);
    this.again =
        new AgainButtons(
            recovery,
            discards,
            edits,
            rules,
            replays,
            control,
            currentOperator,
            this::answered,
            changed);
    buttons.add(start, approve, decline, resume, pause);
    leftOut.all().forEach(buttons::add);
    buttons.add(cancel);
    again.all().forEach(buttons::add);
    buttons.add(ask);
    this.currentOperator = currentOperator;
    this.changed = changed;
    decline.addClickListener(_ -> ask(decline, Wordings.DECLINE, control::decline));
    pause.addClickListener(_ -> act(id -> control.pause(id, note.getValue())));
    cancel.addClickListener(_ -> ask(cancel, Wordings.CANCEL, control::cancel));
    cancel.addThemeVariants(ButtonVariant.LUMO_ERROR);
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
    ReasonDialog.Wording wording = Wordings.of(operation.action());
    reason.setLabel(wording.question());
    reason.setPlaceholder("For example: " + wording.example());
    boolean prepared = state == OperationState.PLANNED;
    boolean steered =
        prepared || state.waiting() || state.mayDispatch() || state == OperationState.PAUSED;
    Optional<String> noSteering = steered ? control.steerObjection(operation) : Optional.empty();
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
    again.show(progress, reasons);
    leftOut.show(operation, reasons);
    showQuestion(progress, question, reasons);
    why.setText(String.join(" ", reasons));
  }

  /** The button is there where the target can be asked; where it cannot, that is said. */
  private void showQuestion(
      OperationProgress progress, Optional<QuestionProgress> question, Set<String> reasons) {
    boolean doubt = progress.count(ItemState.UNCONFIRMED) > 0;
    Optional<String> cannot = doubt ? questions.objection(progress.operation()) : NOTHING;
    cannot.ifPresent(reasons::add);
    boolean underWay = question.filter(q -> !q.question().finished()).isPresent();
    offer(
        ask,
        doubt && cannot.isEmpty(),
        () -> underWay ? BEING_ASKED : currentOperator.refusal(Permission.RETRY),
        reasons);
    asked.setText(question.map(QuestionProgress::words).orElse(""));
  }

  /**
   * Shows the button where it fits, and adds why it cannot be pressed.
   *
   * @param objection is asked only where it fits
   */
  static void offer(
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

  private void approve() {
    OperationSummary summary = shown == null ? null : shown.summary();
    if (summary != null) {
      act(id -> control.approve(id, summary.listHash()));
    }
  }

  private void act(java.util.function.Function<String, OperationAnswer> doing) {
    if (shown != null) {
      answered(doing.apply(shown.id()));
    }
  }

  private void answered(OperationAnswer answer) {
    switch (answer) {
      case OperationAnswer.Accepted a -> {
        note.clear();
        changed.accept(a.operation());
      }
      case OperationAnswer.Invalid i -> {
        Complaint.about(reason, i.reason());
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
