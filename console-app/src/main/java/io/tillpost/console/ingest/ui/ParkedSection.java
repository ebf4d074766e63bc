package io.tillpost.console.ingest.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Pre;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.notification.Notification;
import com.vaadin.flow.component.notification.NotificationVariant;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.renderer.ComponentRenderer;
import com.vaadin.flow.data.value.ValueChangeMode;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.shared.Registration;
import io.tillpost.console.ingest.IngestMonitor;
import io.tillpost.console.ingest.ParkedLine;
import io.tillpost.console.ingest.ParkedRecords;
import io.tillpost.console.live.Live;
import io.tillpost.console.live.LiveKey;
import io.tillpost.console.live.LiveRows;
import io.tillpost.console.live.LiveUpdates;
import io.tillpost.console.text.CountText;
import io.tillpost.console.text.MomentText;
import io.tillpost.frontend.TillpostTheme;
import io.tillpost.store.Page;
import io.tillpost.store.ParkedRecord;
import io.tillpost.store.StoreUnavailableException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What was received and cannot be stored: why, what was sent, and ways to send it again, one by one
 * or all that have the same words in their reason. Those words are in the address.
 */
final class ParkedSection extends Div {
  /** The query parameter with the words. */
  static final String REASON = "reason";

  private static final Duration EVERY = Duration.ofSeconds(2);
  private static final int PART = 200;

  /** More lines than that nobody reads; the filter finds the others. */
  private static final int MOST_SHOWN = 600;

  private static final int LONGEST_WORDS = 200;

  private final transient IngestMonitor monitor;
  private final transient ParkedRecords records;
  private final transient LiveUpdates live;
  private final transient ZoneId zone;
  private final TextField reason = new TextField("Reason has the words");
  private final Button all = new Button("Send all again…", _ -> askWhy());
  private final Span count = new Span();
  private final Div nothing = new Div();
  private final transient LiveRows<ParkedLine> rows = new LiveRows<>(ParkedLine::id);
  private final Grid<ParkedLine> grid = new Grid<>();
  private final Button more = new Button("Show older records", _ -> showMore());
  private int size = PART;
  private long total;
  private transient List<ParkedLine> shown = List.of();
  private transient @Nullable Registration watching;

  ParkedSection(IngestMonitor monitor, ParkedRecords records, LiveUpdates live, ZoneId zone) {
    this.monitor = monitor;
    this.records = records;
    this.live = live;
    this.zone = zone;
    setWidthFull();
    reason.setMaxLength(LONGEST_WORDS);
    reason.setClearButtonVisible(true);
    reason.setValueChangeMode(ValueChangeMode.ON_CHANGE);
    reason.addValueChangeListener(event -> changed(event.getValue(), event.isFromClient()));
    all.addClassName("tillpost-below-label");
    count.addClassName(TillpostTheme.QUIET);
    count.getElement().setAttribute("role", "status");
    nothing.addClassName(TillpostTheme.EMPTY_STATE);
    Div toolbar = new Div(reason, all);
    toolbar.addClassName(TillpostTheme.TOOLBAR);
    columns();
    for (Component answer : List.of(count, nothing, grid, more)) {
      answer.setVisible(false);
    }
    add(new H2("Parked records"), toolbar, count, nothing, grid, more);
  }

  /** Shows those with these words in their reason; blank for all. */
  void filter(String words) {
    String wanted = words.strip();
    reason.setValue(wanted.substring(0, Math.min(wanted.length(), LONGEST_WORDS)));
    size = PART;
    watch();
  }

  private void changed(String words, boolean byPerson) {
    if (byPerson) {
      QueryParameters parameters =
          words.isBlank()
              ? QueryParameters.empty()
              : QueryParameters.simple(Map.of(REASON, words.strip()));
      getUI().ifPresent(ui -> ui.navigate(IngestView.class, parameters));
    }
  }

  private void showMore() {
    size = Math.min(size + PART, MOST_SHOWN);
    watch();
  }

  private void watch() {
    if (watching != null) {
      watching.remove();
    }
    String words = reason.getValue();
    int wanted = size;
    watching =
        live.watch(
            this,
            LiveKey.of("parked-records", EVERY, words, wanted),
            () -> monitor.parked(words, wanted, null),
            this::show);
  }

  private void show(Live<Page<ParkedLine>> result) {
    switch (result) {
      case Live.Fresh<Page<ParkedLine>> fresh -> show(fresh.value());
      case Live.Stale<Page<ParkedLine>> stale -> stale.last().ifPresent(this::show);
    }
  }

  private void show(Page<ParkedLine> page) {
    total = page.total();
    int lines = page.items().size();
    change(page.items());
    grid.setVisible(lines > 0);
    nothing.setVisible(lines == 0);
    nothing.setText(
        reason.isEmpty()
            ? "Nothing is parked: every record that was accepted could be stored."
            : "Nothing is parked for a reason with these words.");
    count.setText(
        lines == total
            ? CountText.of(total, "record")
            : "The newest %,d of %,d records".formatted(lines, total));
    count.setVisible(lines > 0);
    more.setVisible(lines < total && size < MOST_SHOWN);
    Optional<String> objection =
        total == 0 ? Optional.of("There is nothing to send") : records.objectionToAll();
    all.setEnabled(objection.isEmpty());
    all.setTooltipText(objection.orElse("All of this list, also those that are not shown"));
  }

  private void change(List<ParkedLine> lines) {
    if (!lines.equals(shown)) {
      shown = lines;
      rows.change(shown);
    }
  }

  /**
   * Shows what the click has made of it at once. A record that is refused again before the list is
   * read the next time differs from what is shown then, so it gets a button that can be clicked.
   */
  private void changed(ParkedLine record) {
    change(shown.stream().map(line -> line.id().equals(record.id()) ? record : line).toList());
  }

  private void columns() {
    grid.setAllRowsVisible(true);
    grid.setDataProvider(rows);
    grid.addColumn(p -> MomentText.full(p.acceptedAt(), zone))
        .setHeader("Received")
        .setAutoWidth(true)
        .setFlexGrow(0);
    grid.addColumn(p -> p.kind().name().toLowerCase(Locale.ROOT).replace('_', ' '))
        .setHeader("Kind")
        .setAutoWidth(true)
        .setFlexGrow(0);
    grid.addColumn(p -> p.reason())
        .setHeader("Reason")
        .setFlexGrow(3)
        .setTooltipGenerator(p -> p.reason());
    grid.addColumn(p -> p.source()).setHeader("Source");
    grid.addColumn(p -> p.toldSender() ? "yes" : "no").setHeader("Sender told").setFlexGrow(0);
    grid.addColumn(new ComponentRenderer<>(this::sendAgain))
        .setHeader("Send again")
        // As wide as what stands there once it was clicked, which a width by content does not know.
        .setWidth("9rem")
        .setFlexGrow(0);
    grid.setItemDetailsRenderer(new ComponentRenderer<>(this::text));
  }

  /** Read when it is opened. */
  private Component text(ParkedLine record) {
    try {
      return text(records.text(record.id()));
    } catch (StoreUnavailableException away) {
      return new Span("The storage does not answer. Open it again in a moment.");
    }
  }

  private static Component text(ParkedRecords.Text text) {
    return switch (text) {
      case ParkedRecords.Text.NotShown(var why) -> new Span(why);
      case ParkedRecords.Text.Kept(var content, var objection) -> {
        Div whole = new Div(new Pre(content));
        objection.ifPresent(why -> whole.add(new Span(why)));
        yield whole;
      }
    };
  }

  private Component sendAgain(ParkedLine record) {
    if (record.state() != ParkedRecord.State.PARKED) {
      return new Span("Being sent again");
    }
    Button button = new Button("Send again");
    button.addThemeVariants(ButtonVariant.LUMO_SMALL);
    button.setDisableOnClick(true);
    button.addClickListener(_ -> send(record.id(), button));
    records
        .objection(record)
        .ifPresent(
            why -> {
              button.setEnabled(false);
              button.setTooltipText(why);
            });
    return button;
  }

  private void send(String id, Button button) {
    try {
      switch (records.sendAgain(id)) {
        case ParkedRecords.Answer.Accepted(var record) -> {
          Notification.show("It is sent again; if it is refused again, its new reason shows here.");
          changed(record);
        }
        case ParkedRecords.Answer.NotFound _ -> notSent("The record is not there any more.");
        case ParkedRecords.Answer.Refused(var why) -> notSent(why);
      }
    } finally {
      button.setEnabled(true);
    }
  }

  private void askWhy() {
    String words = reason.getValue();
    new SendAllDialog(total, words, why -> sendAll(words, why)).open();
  }

  private Optional<String> sendAll(String words, String why) {
    return switch (records.sendAllAgain(words, why)) {
      case ParkedRecords.AllAnswer.Invalid(var wrong) -> Optional.of(wrong);
      case ParkedRecords.AllAnswer.Asked answer -> {
        Notification.show(words(answer));
        yield Optional.empty();
      }
    };
  }

  static String words(ParkedRecords.AllAnswer.Asked answer) {
    return "%s sent again; what is refused again shows here with its new reason.%s%s"
        .formatted(
            CountText.of(answer.asked(), "record is", "records are"),
            answer.left() == 0 ? "" : " " + staying(answer.left()),
            answer.more() ? " More wait; send them when these are through." : "");
  }

  private static String staying(long left) {
    return left == 1
        ? "1 stays: only its sender can send it, or somebody has to look at it."
        : "%,d stay: only their senders can send them, or somebody has to look at each."
            .formatted(left);
  }

  private static void notSent(String why) {
    Notification.show(why).addThemeVariants(NotificationVariant.LUMO_ERROR);
  }
}
