package io.tillpost.console.exceptions.ui;

import com.vaadin.flow.component.grid.ColumnTextAlign;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.grid.GridVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import io.tillpost.console.classification.ClassificationRule;
import io.tillpost.console.exceptions.RuleTrial.Amount;
import io.tillpost.console.exceptions.RuleTrial.BeforeAfter;
import io.tillpost.console.exceptions.RuleTrial.ByRule;
import io.tillpost.console.exceptions.RuleTrial.Change;
import io.tillpost.console.exceptions.RuleTrial.Outcome;
import io.tillpost.console.exceptions.RuleTrial.OwnerChange;
import io.tillpost.console.exceptions.RuleTrial.Payloads;
import io.tillpost.console.exceptions.RuleWarning;
import io.tillpost.failure.FailureClass;
import io.tillpost.frontend.Severity;
import io.tillpost.frontend.SeverityBadge;
import io.tillpost.frontend.TillpostTheme;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What rules would change, before they are saved. */
final class RuleOutcome extends Div {
  private static final int SAMPLES = 20;

  private final Paragraph lead = new Paragraph();
  private final Paragraph looked = new Paragraph();
  private final UnorderedList warnings = new UnorderedList();
  private final Grid<Map.Entry<FailureClass, BeforeAfter>> classes = new Grid<>();
  private final Grid<ByRule> rules = new Grid<>();
  private final UnorderedList changes = new UnorderedList();
  private final Paragraph owners = new Paragraph();
  private final UnorderedList ownerChanges = new UnorderedList();

  RuleOutcome() {
    addClassNames(TillpostTheme.PANEL, "tillpost-stack");
    H3 heading = new H3("What would change");
    heading.addClassName(TillpostTheme.PANEL_TITLE);
    lead.getElement().setAttribute("role", "status");
    table(classes, "Exceptions and messages by class");
    classes.addColumn(row -> Words.of(row.getKey())).setHeader("Class").setFlexGrow(2);
    number(classes.addColumn(row -> amount(row.getValue().before())).setHeader("Now"));
    number(classes.addColumn(row -> amount(row.getValue().after())).setHeader("With these rules"));
    table(rules, "What each rule would classify");
    rules.addColumn(row -> row.rule().position()).setHeader("Order").setFlexGrow(0);
    rules.addColumn(row -> row.rule().name()).setHeader("Rule").setFlexGrow(2);
    rules.addColumn(row -> row.rule().conditions()).setHeader("Looks at").setFlexGrow(3);
    rules.addColumn(row -> Words.of(row.rule().failureClass())).setHeader("Class");
    rules.addColumn(row -> owner(row.rule())).setHeader("Goes to");
    number(rules.addColumn(RuleOutcome::matches).setHeader("Matches first"));
    warnings.getElement().setAttribute("aria-label", "Look at these rules again");
    add(heading, lead, looked, warnings, changes, owners, ownerChanges, classes, rules);
  }

  void show(Outcome outcome) {
    long messages =
        outcome.hidden().messages() + outcome.changes().stream().mapToLong(Change::messages).sum();
    lead.setText(
        "%s with a failure in the last 7 days, still failed: %s with %s would get another class.%s"
            .formatted(
                ExceptionGrid.counted(outcome.exceptions(), "exception"),
                ExceptionGrid.counted(
                    (long) outcome.changes().size() + outcome.hidden().exceptions(), "exception"),
                ExceptionGrid.counted(messages, "message"),
                outcome.keptByHand() == 0
                    ? ""
                    : " %s keep the class given by hand, although a rule says otherwise."
                        .formatted(ExceptionGrid.counted(outcome.keptByHand(), "exception"))));
    looked.setText(payloads(outcome));
    looked.setVisible(outcome.payloads().exceptions() > 0);
    warnings.removeAll();
    outcome.warnings().forEach(warning -> warnings.add(item(warning)));
    warnings.setVisible(!outcome.warnings().isEmpty());
    changes.removeAll();
    outcome.changes().stream().limit(SAMPLES).forEach(change -> changes.add(item(change)));
    if (outcome.changes().size() > SAMPLES) {
      changes.add(new ListItem("and %,d more".formatted(outcome.changes().size() - SAMPLES)));
    }
    showOwners(outcome);
    classes.setItems(outcome.classes().entrySet());
    rules.setItems(outcome.byRule());
  }

  private void showOwners(Outcome outcome) {
    List<OwnerChange> all = outcome.ownerChanges();
    long exceptions = (long) all.size() + outcome.hiddenOwners().exceptions();
    long messages =
        outcome.hiddenOwners().messages() + all.stream().mapToLong(OwnerChange::messages).sum();
    owners.setVisible(exceptions > 0);
    owners.setText(
        "%s with %s would have another team or assignee.%s"
            .formatted(
                ExceptionGrid.counted(exceptions, "exception"),
                ExceptionGrid.counted(messages, "message"),
                outcome.hiddenOwners().exceptions() == 0
                    ? ""
                    : " %s of them are not named, because you may not see payloads."
                        .formatted(
                            ExceptionGrid.counted(
                                outcome.hiddenOwners().exceptions(), "exception"))));
    ownerChanges.removeAll();
    all.stream().limit(SAMPLES).forEach(change -> ownerChanges.add(item(change)));
    if (all.size() > SAMPLES) {
      ownerChanges.add(new ListItem("and %,d more".formatted(all.size() - SAMPLES)));
    }
  }

  private static ListItem item(OwnerChange change) {
    return new ListItem(
        new Anchor("exceptions/" + change.fingerprint().value(), change.title()),
        new Span(
            " · %s · %s → %s%s"
                .formatted(
                    ExceptionGrid.counted(change.messages(), "message"),
                    change.before().words(),
                    change.after().words(),
                    by(change.rule()))));
  }

  private static ListItem item(RuleWarning warning) {
    return new ListItem(
        new SeverityBadge(Severity.WARNING, "Line %d".formatted(warning.rule().line())),
        new Span(" Rule “%s”: %s".formatted(warning.rule().name(), warning.message())));
  }

  private static String by(@Nullable ClassificationRule rule) {
    return rule == null ? ": no rule matches" : " by “" + rule.name() + "”";
  }

  private static String owner(ClassificationRule rule) {
    return Stream.of(Optional.ofNullable(rule.team()), Optional.ofNullable(rule.assignee()))
        .flatMap(Optional::stream)
        .collect(Collectors.joining(" · "));
  }

  /** How far payloads were looked into, so that nobody takes a part for the whole. */
  private static String payloads(Outcome outcome) {
    Payloads payloads = outcome.payloads();
    StringBuilder words = new StringBuilder();
    words.append(
        "A payload decides about %s: by the message that stands for each"
            .formatted(ExceptionGrid.counted(payloads.exceptions(), "exception")));
    if (payloads.messages() > 0) {
      words.append(
          ". Of %s with the most messages, %s (the newest) were looked at"
              .formatted(
                  payloads.sampled() == 1 ? "the one" : "the %,d".formatted(payloads.sampled()),
                  ExceptionGrid.counted(payloads.messages(), "message")));
    }
    words.append('.');
    if (payloads.mixed() > 0) {
      words.append(
          " In %s only some of them match the same rule: split these."
              .formatted(ExceptionGrid.counted(payloads.mixed(), "exception")));
    }
    if (payloads.notLooked() > 0) {
      words.append(
          " %s could not be looked into: none of the newest messages is of your stores."
              .formatted(ExceptionGrid.counted(payloads.notLooked(), "exception")));
    }
    if (outcome.hidden().exceptions() > 0) {
      words.append(
          " %s of those that would change are not named, because you may not see payloads."
              .formatted(ExceptionGrid.counted(outcome.hidden().exceptions(), "exception")));
    }
    return words.toString();
  }

  private static String matches(ByRule row) {
    return row.sampled() == 0
        ? amount(row.amount())
        : amount(row.amount()) + " · %,d of the messages looked at".formatted(row.sampled());
  }

  private static ListItem item(Change change) {
    return new ListItem(
        new Anchor("exceptions/" + change.fingerprint().value(), change.title()),
        new Span(
            " · %s · %s → %s%s"
                .formatted(
                    ExceptionGrid.counted(change.messages(), "message"),
                    Words.of(change.before()),
                    Words.of(change.after()),
                    by(change.rule()) + values(change))));
  }

  private static String values(Change change) {
    return change.values().stream()
        .map(value -> " · %s is “%s”".formatted(value.path(), value.shown()))
        .collect(Collectors.joining());
  }

  private static <T> void table(Grid<T> grid, String label) {
    grid.addThemeVariants(GridVariant.LUMO_NO_BORDER, GridVariant.LUMO_WRAP_CELL_CONTENT);
    grid.setAllRowsVisible(true);
    grid.setSelectionMode(Grid.SelectionMode.NONE);
    grid.getElement().setAttribute("aria-label", label);
  }

  private static <T> void number(Grid.Column<T> column) {
    column.setTextAlign(ColumnTextAlign.END);
  }

  private static String amount(Amount amount) {
    return amount.exceptions() == 0
        ? "–"
        : ExceptionGrid.counted(amount.exceptions(), "exception")
            + " · "
            + ExceptionGrid.counted(amount.messages(), "message");
  }
}
