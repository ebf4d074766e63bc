package io.tillpost.console.messages.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.notification.Notification;
import com.vaadin.flow.component.notification.NotificationVariant;
import io.tillpost.console.recovery.Chosen;
import io.tillpost.console.recovery.ListFilter;
import io.tillpost.console.recovery.OperationAnswer;
import io.tillpost.console.recovery.act.Discards;
import io.tillpost.console.recovery.act.Recovery;
import io.tillpost.console.security.CurrentOperator;
import io.tillpost.console.security.Permission;
import io.tillpost.failure.Fingerprint;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Plans a retry or a discard of all failed messages that the list's filter matches. */
final class ListActions extends Div {
  private final transient Recovery recovery;
  private final transient Discards discards;
  private final transient CurrentOperator currentOperator;
  private final Button retry = new Button("Retry what failed …", _ -> retry());
  private final Button discard = new Button("Discard what failed …", _ -> discard());
  private transient Optional<Chosen> chosen = Optional.empty();

  ListActions(Recovery recovery, Discards discards, CurrentOperator currentOperator) {
    this.recovery = recovery;
    this.discards = discards;
    this.currentOperator = currentOperator;
    for (Button button : new Button[] {retry, discard}) {
      button.addThemeVariants(ButtonVariant.LUMO_SMALL);
      button.setDisableOnClick(true);
    }
    addClassName("tillpost-status-line");
    add(retry, discard);
  }

  /** From now on they are about what this filter matches. */
  void show(MessageFilter filter) {
    chosen = chosen(filter);
    setVisible(chosen.isPresent());
    enable(retry, Permission.RETRY, "Previews the retry of all that failed and matches");
    enable(discard, Permission.DISCARD, "Previews the discard of all that failed and matches");
  }

  /** Where nothing matches there is nothing to retry or discard. */
  void found(boolean any) {
    setVisible(any && chosen.isPresent());
  }

  /** An operation is over a filter or an exception, not over what is overdue at the moment. */
  private static Optional<Chosen> chosen(MessageFilter filter) {
    if (filter.attention() || filter.isEmpty()) {
      return Optional.empty();
    }
    boolean narrowed =
        !filter.text().isBlank() || !filter.workflows().isEmpty() || !filter.stores().isEmpty();
    if (!filter.exception().isEmpty()) {
      return narrowed ? Optional.empty() : exception(filter.exception());
    }
    return narrowed
        ? Optional.of(
            new Chosen.Matching(
                new ListFilter(
                    filter.text(), filter.workflows(), filter.stores(), Set.of(), null, null)))
        : Optional.empty();
  }

  private static Optional<Chosen> exception(String id) {
    return id.matches("[0-9a-f]{16}")
        ? Optional.of(new Chosen.OfException(new Fingerprint(id)))
        : Optional.empty();
  }

  private void enable(Button button, Permission permission, String hint) {
    boolean may = currentOperator.may(permission);
    button.setEnabled(may);
    button.setTooltipText(may ? hint : permission.refusal(currentOperator.get().roles()));
  }

  private void retry() {
    chosen.ifPresent(all -> planned(recovery.plan(all, UUID.randomUUID().toString()), retry));
  }

  private void discard() {
    chosen.ifPresent(all -> planned(discards.plan(all, UUID.randomUUID().toString()), discard));
  }

  private void planned(OperationAnswer answer, Button button) {
    switch (answer) {
      case OperationAnswer.Accepted a ->
          getUI().ifPresent(ui -> ui.navigate("operations/" + a.operation().id()));
      case OperationAnswer.NotFound n -> refused(n.reason(), button);
      case OperationAnswer.Forbidden f -> refused(f.reason(), button);
      case OperationAnswer.Refused r -> refused(r.reason(), button);
      case OperationAnswer.Invalid i -> refused(i.reason(), button);
    }
  }

  private static void refused(String reason, Button button) {
    Notification.show(reason).addThemeVariants(NotificationVariant.LUMO_ERROR);
    button.setEnabled(true);
  }
}
