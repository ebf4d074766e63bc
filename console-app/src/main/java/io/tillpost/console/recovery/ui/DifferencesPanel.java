package io.tillpost.console.recovery.ui;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.Span;
import io.tillpost.console.recovery.Operations;
import io.tillpost.console.security.CurrentOperator;
import io.tillpost.console.security.Permission;
import io.tillpost.frontend.TillpostTheme;
import io.tillpost.recovery.OperationSummary;
import io.tillpost.recovery.RecoveryAction;
import io.tillpost.recovery.RecoveryContent;
import io.tillpost.recovery.RecoveryOperation;
import io.tillpost.store.Page;
import java.util.Optional;

/** What an operation changes in payloads; they never change once its list is frozen. */
final class DifferencesPanel extends Div {
  private static final int MOST = 200;

  private final transient Operations operations;
  private final transient CurrentOperator currentOperator;
  private final Div list = new Div();
  private String shown = "";

  DifferencesPanel(Operations operations, CurrentOperator currentOperator) {
    this.operations = operations;
    this.currentOperator = currentOperator;
    addClassName(TillpostTheme.PANEL);
    H3 heading = new H3("Differences to the original");
    heading.addClassName(TillpostTheme.PANEL_TITLE);
    add(heading, list);
    setVisible(false);
  }

  void show(RecoveryOperation operation) {
    OperationSummary summary = operation.summary();
    if (summary == null || shown.equals(operation.id())) {
      return;
    }
    shown = operation.id();
    list.removeAll();
    // A retry sends corrections of earlier attempts again; most have none.
    boolean edits = operation.action() == RecoveryAction.EDIT_AND_RETRY;
    Optional<String> refusal = currentOperator.refusal(Permission.VIEW_PAYLOAD);
    setVisible(edits);
    if (refusal.isPresent() || (!edits && operation.action() != RecoveryAction.RETRY)) {
      refusal.map(Span::new).ifPresent(list::add);
      return;
    }
    Page<RecoveryContent> page = operations.contents(operation.id(), MOST, null);
    setVisible(edits || page.total() > 0);
    page.items()
        .forEach(
            content ->
                list.add(
                    new Span(content.messageId() + ", attempt " + content.attempt()),
                    new DifferenceList(content.changes())));
    if (edits && page.total() == 0 && summary.toSend() > 0) {
      list.add(new Span("What was corrected is not kept any more: its messages are gone."));
    }
    long others = Math.min(page.total(), MOST) - page.items().size();
    if (others > 0) {
      list.add(new Span("%,d of stores that are not yours are not shown.".formatted(others)));
    }
    if (page.next() != null) {
      list.add(new Span("The first %,d of %,d are shown.".formatted(MOST, page.total())));
    }
  }
}
