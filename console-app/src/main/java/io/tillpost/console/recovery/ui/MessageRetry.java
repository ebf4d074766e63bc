package io.tillpost.console.recovery.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import io.tillpost.console.live.Drawn;
import io.tillpost.console.live.Live;
import io.tillpost.console.live.LiveKey;
import io.tillpost.console.live.LiveUpdates;
import io.tillpost.console.recovery.OperationAnswer;
import io.tillpost.console.recovery.RetryRequest;
import io.tillpost.console.recovery.act.Discards;
import io.tillpost.console.recovery.act.Recovery;
import io.tillpost.console.recovery.act.Settlements;
import io.tillpost.console.recovery.due.AutomaticNotice;
import io.tillpost.console.recovery.due.AutomaticRetries;
import io.tillpost.console.recovery.operation.Operations;
import io.tillpost.console.recovery.run.Questions;
import io.tillpost.console.security.CurrentOperator;
import io.tillpost.console.security.Permission;
import io.tillpost.console.text.PathText;
import io.tillpost.frontend.SeverityBadge;
import io.tillpost.frontend.TillpostTheme;
import io.tillpost.message.MessageId;
import io.tillpost.recovery.ItemState;
import io.tillpost.recovery.RecoveryAction;
import io.tillpost.recovery.RecoveryItem;
import io.tillpost.recovery.RecoveryOperation;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Recovers one message: buttons that say why where they cannot be pressed, a dialog that asks for
 * the reason, and then what becomes of it, until it is confirmed or failed. Made by {@link
 * MessageRetries}.
 */
public final class MessageRetry extends Div {
  private static final Duration EVERY = Duration.ofSeconds(1);

  private final transient MessageId message;
  private final transient Recovery recovery;
  private final transient Discards discards;
  private final transient Operations operations;
  private final transient AutomaticRetries automatic;
  private final transient Questions questions;
  private final transient CurrentOperator currentOperator;
  private final Button retry = new Button("Retry");
  private final Button edit = new Button("Edit and retry");
  private final Button discard = new Button("Discard");
  private final Button restore = new Button("Restore");
  private final AskTarget ask;
  private final transient Settling settling;
  private final Button settle;
  private final Span why = new Span();
  private final Div progress = new Div();
  private final transient Drawn<Progress> drawnProgress = new Drawn<>();
  private final Div byItself = new Div();
  private transient @Nullable String started;
  private transient Optional<RecoveryItem> doubtful = Optional.empty();
  private transient Optional<AutomaticNotice> noticed = Optional.empty();

  MessageRetry(
      MessageId message,
      Recovery recovery,
      Discards discards,
      Operations operations,
      AutomaticRetries automatic,
      Questions questions,
      Settlements settlements,
      LiveUpdates live,
      CurrentOperator currentOperator) {
    this.message = message;
    this.recovery = recovery;
    this.discards = discards;
    this.operations = operations;
    this.automatic = automatic;
    this.questions = questions;
    this.ask = new AskTarget(key -> questions.ofMessage(message, key), () -> {});
    this.currentOperator = currentOperator;
    this.settling = new Settling(settlements, currentOperator);
    this.settle = settling.button(() -> doubtful);
    addClassName("tillpost-retry");
    getStyle().set("display", "flex").set("flex-wrap", "wrap").set("gap", "0.75rem");
    getStyle().set("align-items", "center");
    retry.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    retry.addClickListener(_ -> askToRetry());
    discard.addClickListener(_ -> ask(Wordings.DISCARD, r -> discards.discardMessage(message, r)));
    restore.addClickListener(_ -> ask(Wordings.RESTORE, r -> discards.restoreMessage(message, r)));
    edit.addClickListener(_ -> getUI().ifPresent(ui -> ui.navigate(address() + "/edit")));
    retry.setEnabled(false);
    edit.setEnabled(false);
    discard.setEnabled(false);
    restore.setVisible(false);
    ask.setVisible(false);
    settle.setVisible(false);
    why.addClassName(TillpostTheme.QUIET);
    progress.getStyle().set("display", "flex").set("gap", "0.5rem").set("align-items", "center");
    add(retry, edit, discard, restore, ask, settle, why, progress, byItself);
    live.watch(this, LiveKey.of("message-retry", EVERY, message), this::now, this::show);
  }

  /** What is known now; shared by all pages that show this message. */
  private State now() {
    List<RecoveryItem> items = operations.of(message);
    Optional<RecoveryItem> doubtful =
        items.stream().filter(item -> item.state() == ItemState.UNCONFIRMED).findFirst();
    return new State(
        recovery.objection(message),
        discards.objection(message),
        discards.restoreObjection(message),
        items,
        doubtful,
        doubtful.flatMap(questions::objection),
        automatic.of(message));
  }

  private void show(Live<State> result) {
    switch (result) {
      case Live.Fresh<State> fresh -> {
        show(fresh.value());
        latest(fresh.value().items()).ifPresent(this::show);
      }
      case Live.Stale<State> stale -> {
        stale.last().ifPresent(this::showLast);
        cannot("The storage does not answer");
      }
    }
  }

  private void show(State state) {
    Optional<String> noRetry = currentOperator.refusal(Permission.RETRY).or(state::objection);
    Optional<String> mayNot = currentOperator.refusal(Permission.DISCARD);
    Optional<String> noDiscard = mayNot.or(state::discardObjection);
    boolean restorable = state.restoreObjection().isEmpty();
    Optional<String> noEdit =
        currentOperator.refusal(Permission.EDIT_AND_RETRY).or(state::objection);
    retry.setEnabled(noRetry.isEmpty());
    edit.setEnabled(noEdit.isEmpty());
    discard.setVisible(!restorable);
    discard.setEnabled(noDiscard.isEmpty());
    restore.setVisible(restorable);
    restore.setEnabled(mayNot.isEmpty());
    doubtful = state.doubtful();
    ask.setVisible(doubtful.isPresent() && state.askObjection().isEmpty());
    settle.setVisible(doubtful.filter(settling::isFor).isPresent());
    ask.setEnabled(currentOperator.refusal(Permission.RETRY).isEmpty());
    say(
        Stream.of(noRetry, noEdit, restorable ? mayNot : noDiscard, state.askObjection())
            .flatMap(Optional::stream));
    if (!state.automatic().equals(noticed)) {
      noticed = state.automatic();
      byItself.removeAll();
      noticed.ifPresent(notice -> byItself.add(AutomaticBadge.of(notice)));
    }
  }

  /** What others were told last, where this page knows nothing yet. */
  private void showLast(State state) {
    show(state);
    if (progress.getComponentCount() == 0) {
      state.items().stream().findFirst().ifPresent(this::show);
    }
  }

  /** The item of the retry of this page, real-time; else the latest by anybody. */
  private Optional<RecoveryItem> latest(List<RecoveryItem> items) {
    Optional<RecoveryItem> mine =
        Optional.ofNullable(started).flatMap(id -> operations.item(id, message));
    return mine.or(() -> items.stream().findFirst());
  }

  private void show(RecoveryItem item) {
    Progress now = new Progress(item.operationId(), item.state(), item.attempt(), item.reason());
    if (drawnProgress.differs(now)) {
      draw(now);
    }
  }

  private void draw(Progress item) {
    progress.removeAll();
    SeverityBadge badge = Outcomes.badge(item.state());
    Anchor operation = new Anchor("operations/" + item.operationId(), "Operation");
    boolean sends = item.state() != ItemState.DISCARDED && item.state() != ItemState.RESTORED;
    Span attempt = new Span(sends ? "Attempt " + item.attempt() : "");
    progress.add(attempt, badge, operation);
    if (item.reason() != null && sends) {
      Span reason = new Span(item.reason());
      reason.addClassName(TillpostTheme.QUIET);
      progress.addComponentAtIndex(2, reason);
    }
  }

  private void cannot(String reason) {
    retry.setEnabled(false);
    edit.setEnabled(false);
    discard.setEnabled(false);
    restore.setEnabled(false);
    ask.setEnabled(false);
    say(Stream.of(reason));
  }

  private String address() {
    return "messages/" + PathText.segment(message.value());
  }

  private void say(Stream<String> reasons) {
    String text = reasons.distinct().collect(Collectors.joining(" "));
    why.setText(text);
    why.setVisible(!text.isEmpty());
  }

  private void askToRetry() {
    ReasonDialog dialog =
        new ReasonDialog(Wordings.RETRY, r -> recovery.retryMessage(message, r), this::accepted);
    List<MessageId> earlier = recovery.earlierFailed(message);
    boolean doubt = recovery.doubt(message).isPresent();
    if (!earlier.isEmpty()) {
      dialog.askingFor(earlier, !doubt);
    }
    if (doubt) {
      dialog.warningOfDoubt();
    }
    recovery.supersededBy(message).ifPresent(dialog::warningOfNewer);
    dialog.open();
  }

  private void ask(ReasonDialog.Wording wording, Function<RetryRequest, OperationAnswer> action) {
    new ReasonDialog(wording, action, this::accepted).open();
  }

  private void accepted(RecoveryOperation operation) {
    started = operation.id();
    cannot(operation.action() == RecoveryAction.RETRY ? "Being retried" : "Being written down");
    operations.item(operation.id(), message).ifPresent(this::show);
  }

  /** What is said of the latest attempt. */
  private record Progress(
      String operationId, ItemState state, int attempt, @Nullable String reason) {}

  /**
   * @param objection why it cannot be retried now
   * @param discardObjection why it cannot be discarded now
   * @param restoreObjection why it cannot be restored now
   * @param items what operations did for it, latest first
   * @param doubtful the latest that is unconfirmed
   * @param askObjection why the target cannot be asked about that
   * @param automatic what automatic retry does with it
   */
  private record State(
      Optional<String> objection,
      Optional<String> discardObjection,
      Optional<String> restoreObjection,
      List<RecoveryItem> items,
      Optional<RecoveryItem> doubtful,
      Optional<String> askObjection,
      Optional<AutomaticNotice> automatic) {}
}
