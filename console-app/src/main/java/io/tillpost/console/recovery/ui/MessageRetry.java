package io.tillpost.console.recovery.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import io.tillpost.console.live.Live;
import io.tillpost.console.live.LiveKey;
import io.tillpost.console.live.LiveUpdates;
import io.tillpost.console.recovery.Operations;
import io.tillpost.console.recovery.Recovery;
import io.tillpost.console.security.CurrentOperator;
import io.tillpost.console.security.Permission;
import io.tillpost.frontend.SeverityBadge;
import io.tillpost.frontend.TillpostTheme;
import io.tillpost.message.MessageId;
import io.tillpost.recovery.RecoveryItem;
import io.tillpost.recovery.RecoveryOperation;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Retries one message: a button that says why where it cannot be pressed, a dialog that asks for
 * the reason, and then what becomes of the attempt, until it is confirmed or failed. Made by {@link
 * MessageRetries}.
 */
public final class MessageRetry extends Div {
  private static final Duration EVERY = Duration.ofSeconds(1);

  private final transient MessageId message;
  private final transient Recovery recovery;
  private final transient Operations operations;
  private final transient Optional<String> refusal;
  private final Button button = new Button("Retry");
  private final Span why = new Span();
  private final Div progress = new Div();
  private transient @Nullable String started;

  MessageRetry(
      MessageId message,
      Recovery recovery,
      Operations operations,
      LiveUpdates live,
      CurrentOperator currentOperator) {
    this.message = message;
    this.recovery = recovery;
    this.operations = operations;
    this.refusal = currentOperator.refusal(Permission.RETRY);
    addClassName("tillpost-retry");
    getStyle().set("display", "flex").set("flex-wrap", "wrap").set("gap", "0.75rem");
    getStyle().set("align-items", "center");
    button.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    button.setEnabled(false);
    button.addClickListener(_ -> ask());
    why.addClassName(TillpostTheme.QUIET);
    add(button, why, progress);
    live.watch(this, LiveKey.of("message-retry", EVERY, message), this::now, this::show);
  }

  /** What is known now; shared by all pages that show this message. */
  private State now() {
    return new State(recovery.objection(message), operations.of(message));
  }

  private void show(Live<State> result) {
    switch (result) {
      case Live.Fresh<State> fresh -> show(fresh.value());
      case Live.Stale<State> stale -> {
        stale.last().ifPresent(this::show);
        cannot("The storage does not answer");
      }
    }
  }

  private void show(State state) {
    refusal.or(state::objection).ifPresentOrElse(this::cannot, this::can);
    latest(state.items()).ifPresent(this::show);
  }

  /** The item of the retry of this page, real-time; else the latest by anybody. */
  private Optional<RecoveryItem> latest(List<RecoveryItem> items) {
    Optional<RecoveryItem> mine =
        Optional.ofNullable(started).flatMap(id -> operations.item(id, message));
    return mine.or(() -> items.stream().findFirst());
  }

  private void show(RecoveryItem item) {
    progress.removeAll();
    SeverityBadge badge = Outcomes.badge(item.state());
    Anchor operation = new Anchor("operations/" + item.operationId(), "Operation");
    Span attempt = new Span("Attempt " + item.attempt());
    progress.add(attempt, badge, operation);
    progress.getStyle().set("display", "flex").set("gap", "0.5rem").set("align-items", "center");
    if (item.reason() != null) {
      Span reason = new Span(item.reason());
      reason.addClassName(TillpostTheme.QUIET);
      progress.addComponentAtIndex(2, reason);
    }
  }

  private void cannot(String reason) {
    button.setEnabled(false);
    why.setText(reason);
    why.setVisible(true);
  }

  private void can() {
    button.setEnabled(true);
    why.setVisible(false);
  }

  private void ask() {
    new RetryDialog(
            "Retry this message",
            "The middleware makes the next attempt. It is done only when the target confirms it.",
            request -> recovery.retryMessage(message, request),
            this::accepted)
        .open();
  }

  private void accepted(RecoveryOperation operation) {
    started = operation.id();
    cannot("Being retried");
    operations.item(operation.id(), message).ifPresent(this::show);
  }

  /**
   * @param objection why it cannot be retried now
   * @param items what operations did for it, latest first
   */
  private record State(Optional<String> objection, List<RecoveryItem> items) {}
}
