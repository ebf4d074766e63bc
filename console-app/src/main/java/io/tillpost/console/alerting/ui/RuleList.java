package io.tillpost.console.alerting.ui;

import com.vaadin.flow.component.details.Details;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.grid.GridVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Pre;
import com.vaadin.flow.data.renderer.ComponentRenderer;
import io.tillpost.alerting.rule.AlertRule;
import io.tillpost.alerting.rule.Problem;
import io.tillpost.console.alerting.AlertDesk;
import io.tillpost.frontend.NarrowScreen;
import io.tillpost.frontend.SeverityBadge;
import io.tillpost.frontend.TillpostTheme;
import java.util.List;

/** What is watched, what is wrong with rule files, and the files themselves. */
final class RuleList extends Div {
  RuleList(AlertDesk desk) {
    problems(desk.problems());
    List<AlertRule> rules = desk.rules();
    if (rules.isEmpty()) {
      Div empty = new Div();
      empty.addClassName(TillpostTheme.EMPTY_STATE);
      empty.setText(
          "No rule is evaluated. Put right what stands above, or name other files in tillpost.alerting.rule-files.");
      add(empty);
    } else {
      add(grid(rules));
    }
    desk.sources()
        .forEach(
            source -> {
              Details details = new Details(source.file(), new Pre(source.text()));
              details.setOpened(false);
              add(details);
            });
  }

  private void problems(List<Problem> problems) {
    if (problems.isEmpty()) {
      return;
    }
    Div panel = new Div();
    panel.addClassName(TillpostTheme.PANEL);
    panel.getElement().setAttribute("role", "alert");
    panel.add(
        new Paragraph(
            "A rule file with a mistake is left out whole. Put this right and start Tillpost again:"));
    problems.forEach(problem -> panel.add(new Pre(problem.toString())));
    add(panel);
  }

  private static Grid<AlertRule> grid(List<AlertRule> rules) {
    Grid<AlertRule> grid = new Grid<>(AlertRule.class, false);
    grid.addThemeVariants(GridVariant.LUMO_NO_BORDER, GridVariant.LUMO_WRAP_CELL_CONTENT);
    grid.setAllRowsVisible(true);
    Grid.Column<AlertRule> brief =
        grid.addColumn(new ComponentRenderer<>(RuleList::brief)).setHeader("Rule");
    List<Grid.Column<AlertRule>> wide =
        List.of(
            grid.addColumn(new ComponentRenderer<>(RuleList::badge))
                .setHeader("Severity")
                .setAutoWidth(true)
                .setFlexGrow(0),
            grid.addColumn(AlertRule::name).setHeader("Rule").setFlexGrow(2),
            grid.addColumn(RuleWords::explanation).setHeader("Fires").setFlexGrow(3),
            grid.addColumn(RuleWords::meaning).setHeader("Meaning").setFlexGrow(3),
            grid.addColumn(rule -> rule.file() + ":" + rule.line())
                .setHeader("From")
                .setFlexGrow(1));
    NarrowScreen.watch(
        grid,
        narrow -> {
          brief.setVisible(narrow);
          wide.forEach(column -> column.setVisible(!narrow));
        });
    grid.setItems(rules);
    return grid;
  }

  private static SeverityBadge badge(AlertRule rule) {
    return new SeverityBadge(AlertWords.severity(rule.severity()), rule.severity().word());
  }

  /** All that a phone has room for, one below the other. */
  private static Div brief(AlertRule rule) {
    Div name = new Div(rule.name());
    name.addClassName("tillpost-row-title");
    Div meaning = new Div(RuleWords.meaning(rule));
    meaning.addClassName(TillpostTheme.QUIET);
    Div brief =
        new Div(badge(rule), name, new Div("Fires " + RuleWords.explanation(rule)), meaning);
    brief.addClassName("tillpost-row");
    return brief;
  }
}
