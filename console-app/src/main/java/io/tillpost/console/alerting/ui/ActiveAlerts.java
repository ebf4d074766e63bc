package io.tillpost.console.alerting.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.grid.GridVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.notification.Notification;
import com.vaadin.flow.component.shared.Tooltip;
import com.vaadin.flow.data.renderer.ComponentRenderer;
import com.vaadin.flow.shared.Registration;
import io.tillpost.alerting.Alerts.Acknowledged;
import io.tillpost.alerting.evaluate.Acknowledgement;
import io.tillpost.alerting.evaluate.Alert;
import io.tillpost.alerting.evaluate.AlertPhase;
import io.tillpost.alerting.evaluate.AlertTransition;
import io.tillpost.console.alerting.AlertDesk;
import io.tillpost.console.alerting.AlertsSnapshot;
import io.tillpost.console.alerting.AlertsSnapshot.NotEvaluated;
import io.tillpost.console.live.AsOf;
import io.tillpost.console.live.Drawn;
import io.tillpost.console.live.Live;
import io.tillpost.console.live.LiveKey;
import io.tillpost.console.live.LiveRows;
import io.tillpost.console.live.LiveUpdates;
import io.tillpost.console.security.CurrentOperator;
import io.tillpost.console.security.Permission;
import io.tillpost.console.text.MomentText;
import io.tillpost.console.text.PartText;
import io.tillpost.frontend.NarrowScreen;
import io.tillpost.frontend.RelativeTime;
import io.tillpost.frontend.TillpostTheme;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What is pending or fires now, one alert in detail, and what happened before. */
final class ActiveAlerts extends Div {
  private static final Duration EVERY = Duration.ofSeconds(2);

  private final transient AlertDesk desk;
  private final transient ZoneId zone;
  private final transient AsOf asOf;
  private final transient Optional<String> refusal;
  private final transient LiveUpdates live;
  private String opened = "";
  private transient @Nullable AlertsSnapshot shown;
  private transient @Nullable Registration watching;
  private final Div warnings = new Div();
  private final transient Drawn<List<NotEvaluated>> drawnWarnings = new Drawn<>();
  private final Div empty = new Div();
  private final transient LiveRows<Alert> rows = new LiveRows<>(Alert::id);
  private final Grid<Alert> grid = new Grid<>(Alert.class, false);
  private final AlertDetail detail;
  private final transient LiveRows<AlertTransition> transitions =
      new LiveRows<>(transition -> List.of(transition.alertId(), transition.sequence()));
  private final Span part = new Span();
  private final Grid<AlertTransition> history = new Grid<>(AlertTransition.class, false);
  private final Div before = new Div();

  ActiveAlerts(
      AlertDesk desk,
      LiveUpdates live,
      CurrentOperator operator,
      AsOf asOf,
      ZoneId zone,
      Consumer<String> open) {
    this.desk = desk;
    this.live = live;
    this.asOf = asOf;
    this.zone = zone;
    this.refusal = operator.refusal(Permission.ACKNOWLEDGE_ALERT);
    this.detail = new AlertDetail(zone);
    empty.addClassName(TillpostTheme.EMPTY_STATE);
    empty.setVisible(false);
    grid.setVisible(false);
    before.setVisible(false);
    empty.setText(
        "Nothing fires. What fired before stands below; the tab Rules says what is watched.");
    columns();
    grid.setDataProvider(rows);
    grid.addItemClickListener(click -> open.accept(click.getItem().id()));
    historyColumns();
    detail.setVisible(false);
    before.addClassName("tillpost-alert-history");
    part.addClassName(TillpostTheme.QUIET);
    before.add(new H3("What happened"), part, history);
    add(warnings, empty, grid, detail, before);
    watch();
  }

  /** Shows this one in detail; none where that is blank. */
  void open(String id) {
    opened = id;
    detail.setVisible(false);
    grid.deselectAll();
    AlertsSnapshot known = shown;
    if (known != null && (id.isEmpty() || active(known).isPresent())) {
      showOpened(known);
    } else {
      shown = null;
      watch();
    }
  }

  private void watch() {
    if (watching != null) {
      watching.remove();
    }
    watching = live.watch(this, LiveKey.of("alerts", EVERY), desk::now, this::show);
  }

  private void show(Live<AlertsSnapshot> result) {
    asOf.show(result);
    switch (result) {
      case Live.Fresh<AlertsSnapshot> fresh -> show(fresh.value());
      case Live.Stale<AlertsSnapshot> stale -> stale.last().ifPresent(this::show);
    }
  }

  private void show(AlertsSnapshot snapshot) {
    if (snapshot.equals(shown)) {
      // What is on the page stays, and with it what somebody is about to click.
      return;
    }
    shown = snapshot;
    rows.change(snapshot.active());
    grid.setVisible(!snapshot.active().isEmpty());
    empty.setVisible(snapshot.active().isEmpty());
    transitions.change(snapshot.history());
    part.setText(PartText.newest(snapshot.history().size(), snapshot.olderHistory(), "changes"));
    before.setVisible(true);
    if (drawnWarnings.differs(snapshot.notEvaluated())) {
      warnings.removeAll();
      snapshot.notEvaluated().forEach(failing -> warnings.add(warning(failing)));
    }
    showOpened(snapshot);
  }

  private Optional<Alert> active(AlertsSnapshot snapshot) {
    return snapshot.active().stream().filter(a -> a.id().equals(opened)).findFirst();
  }

  private void showOpened(AlertsSnapshot snapshot) {
    if (opened.isEmpty()) {
      return;
    }
    Optional<Alert> alert = active(snapshot);
    alert.ifPresent(grid::select);
    detail.setVisible(true);
    detail.show(alert.or(() -> desk.find(opened)));
  }

  private Span warning(NotEvaluated failing) {
    Span warning =
        new Span(
            "“%s” could not be evaluated since %s: %s. Its alerts stay as they were."
                .formatted(
                    failing.rule(), MomentText.full(failing.since(), zone), failing.error()));
    warning.addClassName("tillpost-as-of");
    warning.getElement().getThemeList().add("stale");
    warning.getElement().setAttribute("role", "alert");
    return warning;
  }

  private void columns() {
    grid.addThemeVariants(GridVariant.LUMO_NO_BORDER, GridVariant.LUMO_WRAP_CELL_CONTENT);
    grid.setAllRowsVisible(true);
    Grid.Column<Alert> brief =
        grid.addColumn(new ComponentRenderer<>(this::brief)).setHeader("Alert").setFlexGrow(1);
    List<Grid.Column<Alert>> wide =
        List.of(
            grid.addColumn(new ComponentRenderer<>(AlertWords::state))
                .setHeader("State")
                .setAutoWidth(true)
                .setFlexGrow(0),
            grid.addColumn(Alert::rule).setHeader("Rule").setFlexGrow(2),
            grid.addColumn(Alert::groupTitle).setHeader("Region or system"),
            grid.addColumn(alert -> alert.message().summary()).setHeader("Now").setFlexGrow(2),
            grid.addColumn(new ComponentRenderer<>(ActiveAlerts::measured))
                .setHeader("Measured against the rule")
                .setWidth("16rem")
                .setFlexGrow(2),
            grid.addColumn(new ComponentRenderer<>(alert -> new RelativeTime(alert.since(), zone)))
                .setHeader("Since")
                .setWidth("6.5rem")
                .setFlexGrow(0));
    NarrowScreen.watch(
        this,
        narrow -> {
          brief.setVisible(narrow);
          wide.forEach(column -> column.setVisible(!narrow));
        });
    grid.addColumn(new ComponentRenderer<>(this::acknowledged))
        .setHeader("Acknowledged")
        .setAutoWidth(true)
        .setFlexGrow(0);
  }

  /** All that a phone has room for: on-call reads it there, and acknowledges. */
  private Div brief(Alert alert) {
    Div title = new Div(alert.title());
    title.addClassName("tillpost-row-title");
    Div since = new Div(new Span("began "), new RelativeTime(alert.since(), zone));
    since.addClassName(TillpostTheme.QUIET);
    Div brief = new Div(AlertWords.state(alert), title, new Div(alert.message().summary()), since);
    brief.addClassName("tillpost-row");
    return brief;
  }

  private static Span measured(Alert alert) {
    Span lines = new Span(AlertWords.comparisons(alert));
    lines.getStyle().set("white-space", "pre-line");
    return lines;
  }

  private Component acknowledged(Alert alert) {
    Optional<Acknowledgement> by = alert.acknowledged();
    if (by.isPresent()) {
      Span who = new Span("✓ " + by.get().by());
      Tooltip.forComponent(who)
          .setText(MomentText.full(by.get().at(), zone) + " " + by.get().note());
      return who;
    }
    Button button = new Button("Acknowledge");
    Optional<String> reason =
        refusal.or(
            () ->
                alert.phase() == AlertPhase.FIRING
                    ? Optional.empty()
                    : Optional.of("It does not fire yet: there is no mail to stop."));
    button.setEnabled(reason.isEmpty());
    reason.ifPresent(
        why -> {
          button.setTooltipText(why);
          button.getElement().setAttribute("aria-description", why);
        });
    button.addClickListener(
        click ->
            new AcknowledgeDialog(alert, note -> acknowledge(alert, note), () -> show(desk.now()))
                .open());
    return button;
  }

  private void acknowledge(Alert alert, String note) {
    Notification.show(
        switch (desk.acknowledge(alert.id(), note)) {
          case Acknowledged.Done done ->
              "Acknowledged. There is no further mail until it is resolved.";
          case Acknowledged.Already already -> already.by().by() + " has acknowledged it already.";
          case Acknowledged.NotFiring notFiring -> "It does not fire any more.";
          case Acknowledged.NotFound notFound -> "There is no such alert any more.";
        });
  }

  private void historyColumns() {
    history.addThemeVariants(GridVariant.LUMO_COMPACT, GridVariant.LUMO_NO_BORDER);
    history.setHeight("20rem");
    history.setDataProvider(transitions);
    history
        .addColumn(transition -> MomentText.full(transition.at(), zone))
        .setHeader("When")
        .setAutoWidth(true)
        .setFlexGrow(0);
    history
        .addColumn(
            new ComponentRenderer<>(
                transition -> AlertWords.phaseBadge(transition.to(), transition.severity())))
        .setHeader("Went to")
        .setAutoWidth(true)
        .setFlexGrow(0);
    history.addColumn(AlertTransition::rule).setHeader("Rule");
    history.addColumn(AlertTransition::group).setHeader("Region or system");
    history.addColumn(AlertTransition::summary).setHeader("Numbers").setFlexGrow(2);
  }
}
