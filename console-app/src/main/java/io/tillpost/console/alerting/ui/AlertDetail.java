package io.tillpost.console.alerting.ui;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import io.tillpost.alerting.evaluate.AffectedStore;
import io.tillpost.alerting.evaluate.Alert;
import io.tillpost.alerting.evaluate.AlertPhase;
import io.tillpost.alerting.evaluate.Words;
import io.tillpost.console.text.CountText;
import io.tillpost.console.text.MomentText;
import io.tillpost.frontend.TillpostTheme;
import java.time.ZoneId;
import java.util.Optional;

/** One alert: what it means, what to do, which stores. */
final class AlertDetail extends Div {
  private final transient ZoneId zone;

  AlertDetail(ZoneId zone) {
    this.zone = zone;
    addClassName(TillpostTheme.PANEL);
    getElement().setAttribute("role", "region");
    getElement().setAttribute("aria-label", "Alert");
  }

  void show(Optional<Alert> found) {
    removeAll();
    if (found.isEmpty()) {
      add(new Paragraph("There is no such alert. It may be of a rule that was renamed."));
      return;
    }
    Alert alert = found.get();
    H3 title = new H3(alert.title());
    title.addClassName(TillpostTheme.PANEL_TITLE);
    add(title, new Paragraph(story(alert)));
    text("What it means: ", alert.message().meaning());
    text("What to do: ", alert.message().whatToDo());
    String runbook = alert.message().runbook();
    if (runbook != null) {
      Anchor link = new Anchor(runbook, "Runbook");
      link.getElement().setAttribute("rel", "noreferrer");
      add(link);
    }
    if (alert.isActive() && !alert.reading().stores().isEmpty()) {
      UnorderedList stores = new UnorderedList();
      alert.reading().stores().forEach(store -> stores.add(store(store)));
      add(stores);
      int others = alert.reading().furtherStores();
      if (others > 0) {
        Span rest = new Span("And " + CountText.of(others, "other store"));
        rest.addClassName(TillpostTheme.QUIET);
        add(rest);
      }
    }
  }

  private String story(Alert alert) {
    String since = MomentText.full(alert.since(), zone);
    return AlertWords.phase(alert.phase())
        + " since "
        + since
        + (alert.phase() == AlertPhase.RESOLVED ? ". At last it was: " : ". ")
        + alert.message().summary()
        + alert
            .acknowledged()
            .map(
                by ->
                    ". Acknowledged by " + by.by() + (by.note().isEmpty() ? "" : ": " + by.note()))
            .orElse("")
        + ".";
  }

  private void text(String title, String body) {
    if (!body.isEmpty()) {
      add(new Paragraph(title + body));
    }
  }

  private static ListItem store(AffectedStore store) {
    String numbers =
        store.count() == 0
            ? ""
            : " · " + CountText.of(store.count(), "message") + " · " + Words.money(store.money());
    return new ListItem(store.storeId() + " " + store.name() + numbers);
  }
}
