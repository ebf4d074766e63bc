package io.tillpost.console.alerting.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.grid.GridVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.splitlayout.SplitLayout;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.renderer.ComponentRenderer;
import com.vaadin.flow.data.value.ValueChangeMode;
import io.tillpost.alerting.notify.Notification;
import io.tillpost.console.alerting.AlertDesk;
import io.tillpost.console.live.AsOf;
import io.tillpost.console.live.Live;
import io.tillpost.console.live.LiveKey;
import io.tillpost.console.live.LiveRows;
import io.tillpost.console.live.LiveUpdates;
import io.tillpost.console.text.MomentText;
import io.tillpost.console.text.PartText;
import io.tillpost.frontend.NarrowScreen;
import io.tillpost.frontend.TillpostTheme;
import io.tillpost.store.Page;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Every mail as it was sent, latest first; the opened one beside the list. */
final class NotificationList extends Div {
  private static final Duration EVERY = Duration.ofSeconds(3);

  private final transient ZoneId zone;
  private final transient AsOf asOf;
  private final transient AlertsAddress address;
  private transient @Nullable List<Notification> shown;
  private final transient LiveRows<Notification> rows = new LiveRows<>(Notification::id);
  private final Grid<Notification> grid = new Grid<>(Notification.class, false);
  private final Span part = new Span();
  private final Div empty = new Div();

  NotificationList(
      AlertDesk desk,
      LiveUpdates live,
      AsOf asOf,
      ZoneId zone,
      AlertsAddress address,
      Consumer<AlertsAddress> go) {
    this.zone = zone;
    this.asOf = asOf;
    this.address = address;
    setSizeFull();
    part.addClassName(TillpostTheme.QUIET);
    empty.addClassName(TillpostTheme.EMPTY_STATE);
    empty.setVisible(false);
    empty.setText(
        address.search().isEmpty()
            ? "No mail was sent yet. A mail goes out when a rule fires; who gets it is set under tillpost.alerting.recipients."
            : "No mail has these words in its subject. Take out a word.");
    columns();
    grid.setDataProvider(rows);
    grid.addItemClickListener(click -> go.accept(address.withNotification(click.getItem().id())));
    Div head = new Div(search(go), part);
    head.addClassName("tillpost-status-line");
    Div list = new Div(head, empty, grid);
    list.setSizeFull();
    if (address.notification().isEmpty()) {
      add(list);
    } else {
      MailView mail = new MailView(desk.notification(address.notification()), zone);
      SplitLayout split = new SplitLayout(list, mail);
      split.setSplitterPosition(45);
      split.setSizeFull();
      // On a phone the mail stands alone, with the way back to the list.
      Button back =
          new Button(
              "All mails",
              VaadinIcon.ARROW_LEFT.create(),
              _ -> go.accept(address.withNotification("")));
      back.addClassName("tillpost-mail-back");
      addClassName("tillpost-mails");
      add(back, split);
    }
    live.watch(
        this,
        LiveKey.of("notifications", EVERY, address.search()),
        () -> desk.notifications(address.search()),
        this::show);
  }

  private TextField search(Consumer<AlertsAddress> go) {
    TextField search = new TextField();
    search.setPlaceholder("Words of the subject …");
    search.setAriaLabel("Search mails");
    search.setValue(address.search());
    search.setClearButtonVisible(true);
    search.setValueChangeMode(ValueChangeMode.ON_CHANGE);
    search.addValueChangeListener(
        change -> {
          if (change.isFromClient()) {
            go.accept(address.withSearch(change.getValue().strip()));
          }
        });
    return search;
  }

  private void show(Live<Page<Notification>> result) {
    asOf.show(result);
    switch (result) {
      case Live.Fresh<Page<Notification>> fresh -> show(fresh.value());
      case Live.Stale<Page<Notification>> stale -> stale.last().ifPresent(this::show);
    }
  }

  private void show(Page<Notification> page) {
    List<Notification> mails = page.items();
    part.setText(PartText.newest(page, "mails"));
    if (mails.equals(shown)) {
      return;
    }
    shown = mails;
    rows.change(mails);
    grid.setVisible(!mails.isEmpty());
    empty.setVisible(mails.isEmpty());
    mails.stream()
        .filter(mail -> mail.id().equals(address.notification()))
        .findFirst()
        .ifPresent(grid::select);
  }

  private void columns() {
    grid.addThemeVariants(
        GridVariant.LUMO_COMPACT, GridVariant.LUMO_NO_BORDER, GridVariant.LUMO_WRAP_CELL_CONTENT);
    grid.setHeight("calc(100% - 3rem)");
    Grid.Column<Notification> written =
        grid.addColumn(mail -> MomentText.full(mail.createdAt(), zone))
            .setHeader("Written")
            .setAutoWidth(true)
            .setFlexGrow(0);
    grid.addColumn(new ComponentRenderer<>(AlertWords::kind))
        .setHeader("Says")
        .setAutoWidth(true)
        .setFlexGrow(0);
    grid.addColumn(Notification::subject).setHeader("Subject").setFlexGrow(3);
    Grid.Column<Notification> outcome =
        grid.addColumn(new ComponentRenderer<>(mail -> AlertWords.outcome(mail.outcome())))
            .setHeader("Outcome")
            .setAutoWidth(true)
            .setFlexGrow(0);
    NarrowScreen.watch(
        this,
        narrow -> {
          written.setVisible(!narrow);
          outcome.setVisible(!narrow);
        });
  }
}
