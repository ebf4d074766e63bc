package io.tillpost.console.exceptions.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.notification.Notification;
import com.vaadin.flow.component.notification.NotificationVariant;
import io.tillpost.console.exceptions.BulkTriage;
import io.tillpost.console.exceptions.ExceptionFilter;
import io.tillpost.console.exceptions.ExceptionInbox;
import io.tillpost.console.exceptions.ExceptionSummary;
import io.tillpost.console.exceptions.Merging;
import io.tillpost.console.recovery.Chosen;
import io.tillpost.console.recovery.OperationAnswer;
import io.tillpost.console.recovery.act.Discards;
import io.tillpost.console.recovery.act.Recovery;
import io.tillpost.console.security.CurrentOperator;
import io.tillpost.console.security.OperatorDirectory;
import io.tillpost.console.security.Permission;
import io.tillpost.failure.Fingerprint;
import io.tillpost.frontend.TillpostTheme;
import io.tillpost.store.FailureQueries.Group;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;

/** What can be done to the exceptions that are selected; not there while none is. */
final class BulkBar extends Div {
  private final ExceptionGrid grid;
  private final Span count = new Span();
  private final Button classify;
  private final Button assign;
  private final Button ignore;
  private final Button retry;
  private final Button merge;
  private final Button all = new Button("", _ -> selectAll());

  /** Whoever presses twice wants one list. */
  private boolean left;

  /**
   * @param changed is told when something was done
   */
  BulkBar(
      ExceptionGrid grid,
      BulkTriage triage,
      Merging merging,
      Recovery recovery,
      Discards discards,
      ExceptionInbox inbox,
      OperatorDirectory operators,
      CurrentOperator currentOperator,
      Clock clock,
      Runnable changed) {
    this.grid = grid;
    addClassName(TillpostTheme.TOOLBAR);
    getElement().setAttribute("role", "group");
    getElement().setAttribute("aria-label", "Selected exceptions");
    count.getElement().setAttribute("role", "status");
    classify =
        new Button(
            "Classify…",
            _ -> {
              List<Fingerprint> all = selected();
              String key = key();
              BulkDialogs.classify(chosen -> done(triage.classify(all, chosen, key), changed));
            });
    assign =
        new Button(
            "Assign…",
            _ -> {
              List<Fingerprint> all = selected();
              String key = key();
              new BulkAssignDialog(
                      operators,
                      wish -> done(triage.assign(all, wish, key), changed),
                      () -> done(triage.assignByRule(all, key), changed))
                  .open();
            });
    ignore = new Button("Ignore…", _ -> ignore(inbox, triage, clock, changed));
    retry = new Button("Retry…", _ -> preview(recovery::plan));
    retry.setTooltipText("Previews the retry of all their failed messages");
    Button discard = new Button("Discard…", _ -> preview(discards::plan));
    discard.setTooltipText("Previews the discard of all their failed messages");
    merge =
        new Button(
            "Merge…",
            _ ->
                new MergeDialog(
                        inbox.list(ExceptionFilter.ALL),
                        grid.picked(),
                        merging,
                        _ -> {
                          grid.pickNone();
                          changed.run();
                        })
                    .open());
    disable(merge, currentOperator, Permission.CLASSIFY);
    disable(classify, currentOperator, Permission.CLASSIFY);
    disable(assign, currentOperator, Permission.ASSIGN);
    disable(retry, currentOperator, Permission.RETRY);
    disable(discard, currentOperator, Permission.DISCARD);
    disable(ignore, currentOperator, Permission.CLASSIFY);
    add(
        count,
        all,
        classify,
        assign,
        ignore,
        retry,
        discard,
        merge,
        new Button("Select none", _ -> grid.pickNone()));
    grid.whenPicked(this::show);
    show();
  }

  /** A key of {@link ExceptionKeys}, while some are selected: as if its button were pressed. */
  void press(String key) {
    Button button =
        switch (key) {
          case "c" -> classify;
          case "a" -> assign;
          case "i" -> ignore;
          default -> retry;
        };
    if (button.isEnabled()) {
      button.click();
    } else {
      // The button says why where one points at it; a key does not point.
      complain(button.getTooltip().getText());
    }
  }

  private List<Fingerprint> selected() {
    return List.copyOf(grid.picked());
  }

  /** One for a dialog: whoever presses again in it goes on with the same. */
  private static String key() {
    return UUID.randomUUID().toString();
  }

  /** Those that are selected now; what is selected later while the dialog is open is not meant. */
  private void ignore(ExceptionInbox inbox, BulkTriage triage, Clock clock, Runnable changed) {
    List<Fingerprint> chosen = selected();
    List<Group> groups =
        inbox.list(ExceptionFilter.ALL).stream()
            .map(ExceptionSummary::group)
            .filter(group -> chosen.contains(group.fingerprint()))
            .toList();
    if (groups.isEmpty()) {
      complain("No message of these exceptions is failed any more.");
      return;
    }
    String key = key();
    new IgnoreDialog(
            groups, (until, why) -> done(triage.ignore(chosen, until, why, key), changed), clock)
        .open();
  }

  /** Freezes the list as it is now and shows what is going to happen; nothing is done yet. */
  private void preview(BiFunction<Chosen, String, OperationAnswer> plan) {
    if (left) {
      return;
    }
    Chosen all = new Chosen.OfExceptions(selected());
    switch (plan.apply(all, UUID.randomUUID().toString())) {
      case OperationAnswer.Accepted a -> {
        left = true;
        getUI().ifPresent(ui -> ui.navigate("operations/" + a.operation().id()));
      }
      case OperationAnswer.NotFound n -> complain(n.reason());
      case OperationAnswer.Forbidden f -> complain(f.reason());
      case OperationAnswer.Refused r -> complain(r.reason());
      case OperationAnswer.Invalid i -> complain(i.reason());
    }
  }

  private static void complain(String why) {
    Notification.show(why).addThemeVariants(NotificationVariant.LUMO_ERROR);
  }

  private void selectAll() {
    grid.pickAll();
  }

  void show() {
    Set<Fingerprint> picked = grid.picked();
    setVisible(!picked.isEmpty());
    merge.setVisible(picked.size() > 1);
    long elsewhere = grid.pickedElsewhere();
    count.setText(
        (grid.isAllPicked()
                ? "All %,d matching selected, frozen now".formatted(picked.size())
                : ExceptionGrid.counted(picked.size(), "exception") + " selected")
            + (elsewhere == 0 ? "" : ", %,d not in this list".formatted(elsewhere)));
    all.setText("Select all %,d matching now".formatted(grid.listed()));
    all.setVisible(picked.size() - elsewhere < grid.listed());
  }

  /**
   * Tells what became of it; a sentence where it was done to none, or not to all because the
   * storage stopped answering, for a dialog that stays.
   */
  private Optional<String> done(BulkTriage.Answer answer, Runnable changed) {
    if (!answer.isWhole()) {
      grid.pickOnly(answer.left());
      changed.run();
      return Optional.of(BulkWords.stopped(answer));
    }
    if (answer.done() == 0) {
      return Optional.of(BulkWords.reasons(answer));
    }
    if (answer.refused() > 0) {
      complain(
          "Done for %,d, not for %,d: %s"
              .formatted(answer.done(), answer.refused(), BulkWords.reasons(answer)));
    } else {
      Notification.show("Done for " + ExceptionGrid.counted(answer.done(), "exception") + ".");
      grid.pickNone();
    }
    changed.run();
    return Optional.empty();
  }

  private static void disable(Button button, CurrentOperator operator, Permission permission) {
    operator
        .refusal(permission)
        .ifPresent(
            why -> {
              button.setEnabled(false);
              button.setTooltipText(why);
            });
  }
}
