package io.tillpost.console.exceptions.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.notification.Notification;
import com.vaadin.flow.component.notification.NotificationVariant;
import io.tillpost.console.exceptions.ExceptionDetail;
import io.tillpost.console.exceptions.ExceptionFilter;
import io.tillpost.console.exceptions.ExceptionInbox;
import io.tillpost.console.exceptions.Merging;
import io.tillpost.console.exceptions.Splitting;
import io.tillpost.console.exceptions.Triage;
import io.tillpost.console.exceptions.TriageAnswer;
import io.tillpost.console.recovery.Chosen;
import io.tillpost.console.recovery.OperationAnswer;
import io.tillpost.console.recovery.act.Discards;
import io.tillpost.console.recovery.act.Recovery;
import io.tillpost.console.recovery.edit.EditAndRetry;
import io.tillpost.console.recovery.ui.RuleDialog;
import io.tillpost.console.security.CurrentOperator;
import io.tillpost.console.security.OperatorDirectory;
import io.tillpost.console.security.Permission;
import io.tillpost.failure.ExceptionStatus;
import io.tillpost.failure.Fingerprint;
import io.tillpost.frontend.TillpostTheme;
import io.tillpost.location.StoreDirectory;
import java.time.Clock;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What can be done about an exception; a button that cannot be pressed says why. */
final class TriageActions extends Div {
  private final transient Triage triage;
  private final transient Merging merging;
  private final transient Splitting splitting;
  private final transient StoreDirectory directory;
  private final transient ExceptionInbox inbox;
  private final transient Recovery recovery;
  private final transient Discards discards;
  private final transient EditAndRetry edits;
  private final transient OperatorDirectory operators;
  private final transient CurrentOperator currentOperator;
  private final transient Clock clock;
  private final Runnable changed;
  private final Button retry = new Button("Retry all", _ -> retryAll());
  private final Button edit = new Button("Edit and retry…", _ -> editAll());
  private final Button discard = new Button("Discard all", _ -> discardAll());
  private final Button classify = new Button("Classify", _ -> classify());
  private final Button mine = new Button("Assign to me", _ -> assignToMe());
  private final Button assign = new Button("Assign…", _ -> assign());
  private final Button ignore = new Button("Ignore…", _ -> ignoreOrNotice());
  private final Button merge = new Button("Merge with…", _ -> merge());
  private final Button split = new Button("Split…", _ -> split());
  private final Button ticket = new Button("Ticket…", _ -> ticket());
  private final Span why = new Span();
  private transient @Nullable ExceptionDetail shown;

  /**
   * @param changed is told when something was done
   */
  TriageActions(
      Triage triage,
      Merging merging,
      Splitting splitting,
      StoreDirectory directory,
      ExceptionInbox inbox,
      Recovery recovery,
      Discards discards,
      EditAndRetry edits,
      OperatorDirectory operators,
      CurrentOperator currentOperator,
      Clock clock,
      Runnable changed) {
    this.triage = triage;
    this.merging = merging;
    this.splitting = splitting;
    this.directory = directory;
    this.inbox = inbox;
    this.recovery = recovery;
    this.discards = discards;
    this.edits = edits;
    this.operators = operators;
    this.currentOperator = currentOperator;
    this.clock = clock;
    this.changed = changed;
    addClassName(TillpostTheme.TOOLBAR);
    retry.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    why.addClassName(TillpostTheme.QUIET);
    add(retry, edit, discard, classify, mine, assign, ignore, merge, split, ticket, why);
  }

  /** Acts on nothing until another one is shown. */
  void leave() {
    shown = null;
  }

  /** Whether it acts on this one. */
  boolean shows(Fingerprint fingerprint) {
    return shown != null && fingerprint(shown).equals(fingerprint);
  }

  void show(ExceptionDetail detail) {
    shown = detail;
    // What was merged is acted on where it is now.
    setVisible(detail.mergedInto().isEmpty());
    Set<String> reasons = new LinkedHashSet<>();
    Optional<String> noRetry =
        currentOperator
            .refusal(Permission.RETRY)
            .or(
                () ->
                    detail.group().isEmpty()
                        ? Optional.of("No message is failed any more.")
                        : recovery.objection(detail.group().get().workflow()));
    enable(retry, noRetry, reasons);
    enable(edit, currentOperator.refusal(Permission.EDIT_AND_RETRY).or(() -> noRetry), reasons);
    Optional<String> noDiscard =
        currentOperator
            .refusal(Permission.DISCARD)
            .or(
                () ->
                    detail.group().isEmpty()
                        ? Optional.of("No message is failed any more.")
                        : Optional.empty());
    enable(discard, noDiscard, reasons);
    enable(classify, currentOperator.refusal(Permission.CLASSIFY), reasons);
    enable(ticket, currentOperator.refusal(Permission.COMMENT), reasons);
    enable(assign, currentOperator.refusal(Permission.ASSIGN), reasons);
    String me = currentOperator.get().id();
    enable(
        mine,
        currentOperator
            .refusal(Permission.ASSIGN)
            .or(
                () ->
                    me.equals(detail.ownership().assignee())
                        ? Optional.of("It is yours.")
                        : Optional.empty()),
        reasons);
    ignore.setText(isIgnored(detail) ? "Stop ignoring" : "Ignore…");
    ignore.setVisible(detail.group().isPresent());
    enable(
        ignore,
        currentOperator
            .refusal(Permission.CLASSIFY)
            .or(
                () ->
                    detail.triage().status() == ExceptionStatus.RECOVERING
                        ? Optional.of("It cannot be ignored while a recovery runs.")
                        : Optional.empty()),
        reasons);
    merge.setVisible(detail.group().isPresent());
    enable(merge, currentOperator.refusal(Permission.CLASSIFY), reasons);
    split.setVisible(detail.group().filter(group -> group.messages() > 1).isPresent());
    enable(split, currentOperator.refusal(Permission.CLASSIFY), reasons);
    why.setText(String.join(" ", reasons));
  }

  void ignoreOrNotice() {
    ExceptionDetail detail = shown;
    if (!isVisible() || !ignore.isVisible() || !ignore.isEnabled() || detail == null) {
      return;
    }
    if (isIgnored(detail)) {
      answered(triage.notice(fingerprint(detail)));
    } else {
      detail
          .group()
          .ifPresent(
              group ->
                  new IgnoreDialog(
                          List.of(group),
                          (until, why) -> ignored(triage.ignore(fingerprint(detail), until, why)),
                          clock)
                      .open());
    }
  }

  private Optional<String> ignored(TriageAnswer answer) {
    return switch (answer) {
      case TriageAnswer.Done _ -> {
        changed.run();
        yield Optional.empty();
      }
      case TriageAnswer.Invalid invalid -> Optional.of(invalid.reason());
    };
  }

  private static boolean isIgnored(ExceptionDetail detail) {
    return detail.triage().status() == ExceptionStatus.IGNORED;
  }

  /** Freezes the list as it is now and shows what is going to happen; nothing is sent yet. */
  void retryAll() {
    if (!isVisible() || !retry.isEnabled() || shown == null) {
      return;
    }
    retry.setEnabled(false);
    planned(recovery.planException(fingerprint(shown), UUID.randomUUID().toString()));
  }

  /** The same with a list to be discarded; nothing is discarded yet. */
  private void discardAll() {
    if (!discard.isEnabled() || shown == null) {
      return;
    }
    discard.setEnabled(false);
    planned(
        discards.plan(new Chosen.OfException(fingerprint(shown)), UUID.randomUUID().toString()));
  }

  /** Asks which field is set to what; nothing is sent yet. */
  private void editAll() {
    if (edit.isEnabled() && shown != null) {
      Chosen all = new Chosen.OfException(fingerprint(shown));
      new RuleDialog(
              (rule, request) -> edits.planRuleAs(all, rule, request),
              operation -> getUI().ifPresent(ui -> ui.navigate("operations/" + operation.id())))
          .open();
    }
  }

  private void planned(OperationAnswer answer) {
    switch (answer) {
      case OperationAnswer.Accepted a ->
          getUI().ifPresent(ui -> ui.navigate("operations/" + a.operation().id()));
      case OperationAnswer.NotFound n -> notPlanned(n.reason());
      case OperationAnswer.Forbidden f -> notPlanned(f.reason());
      case OperationAnswer.Refused r -> notPlanned(r.reason());
      case OperationAnswer.Invalid i -> notPlanned(i.reason());
    }
  }

  private void notPlanned(String reason) {
    Notification.show(reason).addThemeVariants(NotificationVariant.LUMO_ERROR);
    changed.run();
  }

  void classify() {
    if (isVisible() && classify.isEnabled() && shown != null) {
      new ClassifyDialog(shown, triage, this::answered).open();
    }
  }

  void assignToMe() {
    if (isVisible() && mine.isEnabled() && shown != null) {
      answered(triage.assignToMe(fingerprint(shown)));
    }
  }

  private void assign() {
    if (shown != null) {
      Fingerprint fingerprint = fingerprint(shown);
      new AssignDialog(triage, fingerprint, shown, operators, this::answered).open();
    }
  }

  private void merge() {
    if (shown != null) {
      new MergeDialog(
              inbox.list(ExceptionFilter.ALL), Set.of(fingerprint(shown)), merging, this::answered)
          .open();
    }
  }

  private void split() {
    if (shown != null) {
      new SplitDialog(shown, directory, splitting, this::answered).open();
    }
  }

  private void ticket() {
    if (shown != null) {
      Fingerprint fingerprint = fingerprint(shown);
      new TicketDialog(
              shown.triage().ticket(), address -> triage.ticket(fingerprint, address), changed)
          .open();
    }
  }

  private void answered(TriageAnswer answer) {
    switch (answer) {
      case TriageAnswer.Done _ -> changed.run();
      case TriageAnswer.Invalid i ->
          Notification.show(i.reason()).addThemeVariants(NotificationVariant.LUMO_ERROR);
    }
  }

  private static void enable(Button button, Optional<String> objection, Set<String> reasons) {
    button.setEnabled(objection.isEmpty());
    objection.ifPresent(reasons::add);
  }

  static Fingerprint fingerprint(ExceptionDetail detail) {
    return new Fingerprint(detail.triage().fingerprint());
  }
}
