package io.tillpost.console.recovery.ui;

import com.vaadin.flow.component.Text;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.Paragraph;
import io.tillpost.console.live.Drawn;
import io.tillpost.console.recovery.target.TargetClosed;
import io.tillpost.console.recovery.target.TargetStanding;
import io.tillpost.console.recovery.target.Targets;
import io.tillpost.console.text.CountText;
import io.tillpost.console.text.MomentText;
import io.tillpost.frontend.Severity;
import io.tillpost.frontend.SeverityBadge;
import io.tillpost.frontend.TillpostTheme;
import io.tillpost.recovery.OperationSummary;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One target: whether messages go to it, what waits for it, and what can be done about it. */
final class TargetCard extends Div {
  private final transient ZoneId zone;
  private final SeverityBadge badge = new SeverityBadge(Severity.OK, "Open");
  private final Div closings = new Div();
  private final transient Drawn<List<String>> drawnClosings = new Drawn<>();
  private final Paragraph waiting = new Paragraph();
  private final Text sum = new Text("");
  private final List<Anchor> operations = new ArrayList<>();
  private final transient Drawn<List<String>> drawnOperations = new Drawn<>();
  private final Paragraph pace = new Paragraph();
  private final Button lift = new Button("Lift…");
  private transient @Nullable TargetStanding shown;

  /**
   * @param mayNot why the current operator may not freeze it, in sentences
   * @param changed is told when something was done
   */
  TargetCard(
      String name,
      Targets targets,
      Optional<String> mayNot,
      ZoneId zone,
      Clock clock,
      Runnable changed) {
    this.zone = zone;
    addClassName(TillpostTheme.PANEL);
    getElement().setAttribute("role", "group");
    getElement().setAttribute("aria-label", "Target " + name);
    getStyle().set("display", "flex").set("flex-direction", "column").set("gap", "0.5rem");
    H3 heading =
        new H3(new Text(name.equals(OperationSummary.NO_TARGET) ? "No target named" : name), badge);
    heading.addClassName(TillpostTheme.PANEL_TITLE);
    heading.getStyle().set("margin", "0").set("overflow-wrap", "anywhere");
    pace.addClassName(TillpostTheme.QUIET);
    closings.getStyle().set("overflow-wrap", "anywhere");
    Button freeze =
        new Button(
            "Freeze…",
            _ -> {
              if (shown != null) {
                new FreezeDialog(shown, targets, zone, clock, changed).open();
              }
            });
    lift.addClickListener(
        _ -> {
          if (shown != null) {
            new LiftDialog(shown, targets, changed).open();
          }
        });
    mayNot.ifPresent(
        why ->
            List.of(freeze, lift)
                .forEach(
                    button -> {
                      button.setEnabled(false);
                      button.setTooltipText(why);
                    }));
    Div acts = new Div(freeze, lift);
    acts.addClassName(TillpostTheme.TOOLBAR);
    acts.getStyle().set("margin-top", "auto");
    add(heading, closings, waiting, pace, acts);
  }

  void show(TargetStanding target) {
    if (target.equals(shown)) {
      return;
    }
    shown = target;
    badge.set(severity(target), state(target));
    List<String> why = target.closings().stream().map(this::words).toList();
    if (drawnClosings.differs(why)) {
      closings.removeAll();
      why.forEach(words -> closings.add(new Paragraph(words)));
    }
    closings.setVisible(!target.closings().isEmpty());
    pace.setText(
        "At most %s a second, %d at a time, all operations together"
            .formatted(number(target.rate()), target.concurrency()));
    lift.setVisible(target.freeze() != null);
    showWaiting(target);
  }

  private void showWaiting(TargetStanding target) {
    waiting.setVisible(!target.waiting().isEmpty());
    sum.setText(CountText.of(target.messagesWaiting(), "message") + " still to be sent: ");
    List<String> ids = target.waiting().stream().map(TargetStanding.Waiting::operationId).toList();
    if (drawnOperations.differs(ids)) {
      link(ids);
    }
    for (int i = 0; i < ids.size(); i++) {
      TargetStanding.Waiting one = target.waiting().get(i);
      operations
          .get(i)
          .setText("%,d of an operation by %s".formatted(one.messages(), one.requestedBy()));
    }
  }

  private void link(List<String> ids) {
    waiting.removeAll();
    operations.clear();
    waiting.add(sum);
    for (String id : ids) {
      Anchor link = new Anchor("operations/" + id, "");
      waiting.add(new Text(operations.isEmpty() ? "" : ", "), link);
      operations.add(link);
    }
  }

  private static Severity severity(TargetStanding target) {
    return target.closings().isEmpty()
        ? Severity.OK
        : switch (target.closings().getFirst().why()) {
          case MAINTENANCE -> Severity.INFO;
          case FREEZE, BY_HAND -> Severity.WARNING;
        };
  }

  private static String state(TargetStanding target) {
    return target.closings().isEmpty()
        ? "Open"
        : switch (target.closings().getFirst().why()) {
          case MAINTENANCE -> "Maintenance";
          case FREEZE -> "Frozen";
          case BY_HAND -> "Frozen by hand";
        };
  }

  private String words(TargetClosed closed) {
    String end = closed.until() == null ? "until somebody lifts it" : "until " + at(closed.until());
    return switch (closed.why()) {
      case MAINTENANCE ->
          "Maintenance window of the configuration, %s: %s".formatted(end, closed.reason());
      case FREEZE -> "Freeze of the configuration, %s: %s".formatted(end, closed.reason());
      case BY_HAND ->
          "Frozen by %s at %s, %s: %s"
              .formatted(closed.by(), at(closed.from()), end, closed.reason());
    };
  }

  private String at(Instant moment) {
    return MomentText.full(moment, zone);
  }

  private static String number(double value) {
    return value % 1 == 0 ? "%,.0f".formatted(value) : "%.1f".formatted(value);
  }
}
