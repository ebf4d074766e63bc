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
import io.tillpost.console.live.Drawn;
import io.tillpost.console.text.CountText;
import io.tillpost.console.text.MomentText;
import io.tillpost.frontend.TillpostTheme;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/** One alert: what it means, what to do, which stores. */
final class AlertDetail extends Div {
  private final transient ZoneId zone;
  private final Paragraph missing =
      new Paragraph("There is no such alert. It may be of a rule that was renamed.");
  private final H3 title = new H3();
  private final Paragraph story = new Paragraph();
  private final Paragraph meaning = new Paragraph();
  private final Paragraph whatToDo = new Paragraph();
  private final Anchor runbook = new Anchor("", "Runbook");
  private final UnorderedList stores = new UnorderedList();
  private final Span rest = new Span();
  private final transient Drawn<List<String>> drawnStores = new Drawn<>();

  AlertDetail(ZoneId zone) {
    this.zone = zone;
    addClassName(TillpostTheme.PANEL);
    getElement().setAttribute("role", "region");
    getElement().setAttribute("aria-label", "Alert");
    title.addClassName(TillpostTheme.PANEL_TITLE);
    runbook.getElement().setAttribute("rel", "noreferrer");
    rest.addClassName(TillpostTheme.QUIET);
    add(missing, title, story, meaning, whatToDo, runbook, stores, rest);
  }

  void show(Optional<Alert> found) {
    missing.setVisible(found.isEmpty());
    List.of(title, story, meaning, whatToDo, runbook, stores, rest)
        .forEach(part -> part.setVisible(found.isPresent()));
    found.ifPresent(this::show);
  }

  private void show(Alert alert) {
    title.setText(alert.title());
    story.setText(story(alert));
    say(meaning, "What it means: ", alert.message().meaning());
    say(whatToDo, "What to do: ", alert.message().whatToDo());
    String address = alert.message().runbook();
    runbook.setVisible(address != null);
    if (address != null) {
      runbook.setHref(address);
    }
    boolean active = alert.isActive();
    List<String> affected =
        active ? alert.reading().stores().stream().map(AlertDetail::words).toList() : List.of();
    stores.setVisible(!affected.isEmpty());
    int others = active ? alert.reading().furtherStores() : 0;
    rest.setText(others == 0 ? "" : "And " + CountText.of(others, "other store"));
    if (drawnStores.differs(affected)) {
      stores.removeAll();
      affected.forEach(words -> stores.add(new ListItem(words)));
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

  private static void say(Paragraph line, String title, String body) {
    line.setVisible(!body.isEmpty());
    line.setText(title + body);
  }

  private static String words(AffectedStore store) {
    String numbers =
        store.count() == 0
            ? ""
            : " · " + CountText.of(store.count(), "message") + " · " + Words.money(store.money());
    return store.storeId() + " " + store.name() + numbers;
  }
}
