package io.tillpost.console.ingest.ui;

import com.vaadin.flow.component.grid.ColumnTextAlign;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.orderedlayout.VerticalLayout;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.Menu;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import io.tillpost.console.ingest.IngestMonitor;
import io.tillpost.console.ingest.IngestStatus;
import io.tillpost.console.ingest.ParkedRecords;
import io.tillpost.console.ingest.RefusalLog;
import io.tillpost.console.ingest.Refused;
import io.tillpost.console.live.AsOf;
import io.tillpost.console.live.Live;
import io.tillpost.console.live.LiveKey;
import io.tillpost.console.live.LiveRows;
import io.tillpost.console.live.LiveUpdates;
import io.tillpost.console.security.Permission;
import io.tillpost.console.text.AgeText;
import io.tillpost.console.text.CountText;
import io.tillpost.console.text.MomentText;
import io.tillpost.frontend.TillpostTheme;
import io.tillpost.store.IngestProcess;
import jakarta.annotation.security.RolesAllowed;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;

/** Whether what the console shows is up to date, and what was refused for ever. */
@Route("ingest")
@PageTitle("Ingest")
@Menu(title = "Ingest", order = 9, icon = "vaadin:inbox")
@RolesAllowed(Permission.Name.VIEW)
final class IngestView extends VerticalLayout implements BeforeEnterObserver {
  private static final Duration EVERY = Duration.ofSeconds(2);
  private static final int REFUSALS_SHOWN = 100;

  private final transient IngestMonitor monitor;
  private final transient RefusalLog refusalLog;
  private final transient ZoneId zone;
  private final transient Clock clock;
  private final AsOf asOf;

  /** All that needs an answer, shown together: one part would push the next one down. */
  private final VerticalLayout answered = new VerticalLayout();

  private final Numbers numbers = new Numbers();
  private final transient LiveRows<IngestProcess> processRows = new LiveRows<>(IngestProcess::id);
  private final Grid<IngestProcess> processes = new Grid<>(IngestProcess.class, false);
  private final ParkedSection parked;
  private final transient LiveRows<Refused> refusalRows =
      new LiveRows<>(one -> List.of(one.sender(), one.reason()));
  private final Grid<Refused> refusals = new Grid<>();
  private final Span refusalsShown = new Span();
  private final Div nothingRefused = empty("Nothing was refused within the last 24 hours.");
  private final Div noProcess =
      empty(
          "No ingest process has reported within the last day. Start one, or set tillpost.ingest.enabled to true.");

  IngestView(
      IngestMonitor monitor,
      ParkedRecords records,
      RefusalLog refusalLog,
      LiveUpdates live,
      AsOf asOf,
      ZoneId consoleZone,
      Clock clock) {
    this.monitor = monitor;
    this.refusalLog = refusalLog;
    this.clock = clock;
    this.zone = consoleZone;
    this.asOf = asOf;
    processColumns();
    refusalColumns();
    parked = new ParkedSection(monitor, records, live, consoleZone);
    refusalsShown.addClassName(TillpostTheme.QUIET);
    refusalsShown.setVisible(false);
    answered.setPadding(false);
    answered.setVisible(false);
    answered.add(numbers, new H2("Processes"), noProcess, processes);
    answered.add(new H2("Refused within 24 hours"), nothingRefused, refusalsShown, refusals);
    answered.add(parked);
    add(asOf, answered);
    live.watch(this, LiveKey.of("ingest", EVERY), this::read, this::show);
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    parked.filter(
        event
            .getLocation()
            .getQueryParameters()
            .getSingleParameter(ParkedSection.REASON)
            .orElse(""));
  }

  private Shown read() {
    return new Shown(monitor.status(), refusalLog.lastDay());
  }

  private void show(Live<Shown> result) {
    asOf.show(result);
    switch (result) {
      case Live.Fresh<Shown> fresh -> show(fresh.value());
      case Live.Stale<Shown> stale -> stale.last().ifPresent(this::show);
    }
  }

  private void show(Shown shown) {
    IngestStatus status = shown.status();
    answered.setVisible(true);
    numbers.show(status);
    processRows.show(status.processes());
    processes.setVisible(!status.processes().isEmpty());
    noProcess.setVisible(status.processes().isEmpty());
    refusalRows.show(shown.refused().stream().limit(REFUSALS_SHOWN).toList());
    refusalsShown.setText(
        "The first %,d of %,d, the most refused first"
            .formatted(REFUSALS_SHOWN, shown.refused().size()));
    refusalsShown.setVisible(shown.refused().size() > REFUSALS_SHOWN);
    refusals.setVisible(!shown.refused().isEmpty());
    nothingRefused.setVisible(shown.refused().isEmpty());
  }

  private void processColumns() {
    processes.setAllRowsVisible(true);
    processes.setDataProvider(processRows);
    processes
        .addColumn(IngestProcess::id)
        .setHeader("Process")
        .setTooltipGenerator(IngestProcess::id);
    processes.addColumn(IngestProcess::host).setHeader("Machine");
    processes
        .addColumn(this::state)
        .setHeader("State")
        .setFlexGrow(2)
        .setTooltipGenerator(this::state);
    number("Accepted", IngestProcess::acceptedTotal);
    number("Stored", IngestProcess::storedTotal);
    number("Parked", IngestProcess::parkedTotal);
    number("Rejected", IngestProcess::rejectedTotal);
    number("Backlog", IngestProcess::backlog);
    processes
        .addColumn(p -> AgeText.of(Duration.ofSeconds(p.lagSeconds())))
        .setHeader("Lag")
        .setAutoWidth(true)
        .setFlexGrow(0)
        .setTextAlign(ColumnTextAlign.END);
    processes
        .addColumn(p -> MomentText.full(p.updatedAt(), zone))
        .setHeader("Last heard")
        .setAutoWidth(true)
        .setFlexGrow(0);
  }

  private void refusalColumns() {
    refusals.setAllRowsVisible(true);
    refusals.setDataProvider(refusalRows);
    refusals.addColumn(Refused::sender).setHeader("Sender").setTooltipGenerator(Refused::sender);
    refusals
        .addColumn(r -> r.reason().title())
        .setHeader("Reason")
        .setFlexGrow(2)
        .setTooltipGenerator(r -> r.reason().title());
    refusals
        .addColumn(r -> CountText.of(r.count(), r.reason().ofRequests() ? "request" : "record"))
        .setHeader("Refused")
        .setAutoWidth(true)
        .setFlexGrow(0)
        .setTextAlign(ColumnTextAlign.END);
    refusals
        .addColumn(r -> MomentText.full(r.lastAt(), zone))
        .setHeader("Last")
        .setAutoWidth(true)
        .setFlexGrow(0);
  }

  private void number(
      String title, com.vaadin.flow.function.ValueProvider<IngestProcess, Long> of) {
    processes
        .addColumn(p -> "%,d".formatted(of.apply(p)))
        .setHeader(title)
        .setAutoWidth(true)
        .setFlexGrow(0)
        .setTextAlign(ColumnTextAlign.END);
  }

  private String state(IngestProcess process) {
    if (process.state() != IngestProcess.State.STOPPED
        && !monitor.isHeard(process, clock.instant())) {
      return "▲ Not heard for over a minute";
    }
    String error = process.lastError();
    return switch (process.state()) {
      case RUNNING -> "✓ Running";
      case STORE_UNAVAILABLE -> "▲ Accepts, but cannot index" + (error == null ? "" : ": " + error);
      case OVER_CAPACITY -> "■ Full: senders are told to come back later";
      case STOPPED -> "– Stopped";
    };
  }

  private static Div empty(String words) {
    Div empty = new Div(words);
    empty.addClassName(TillpostTheme.EMPTY_STATE);
    empty.setVisible(false);
    return empty;
  }

  private record Shown(IngestStatus status, List<Refused> refused) {}

  /** The few numbers that matter most, in a row. */
  private static final class Numbers extends Div {
    private final Div events = value();
    private final Div backlog = value();
    private final Div parked = value();

    Numbers() {
      addClassName("tillpost-numbers");
      add(number("Records a second", events), number("Backlog", backlog), number("Parked", parked));
    }

    void show(IngestStatus status) {
      events.setText("%,.1f".formatted(status.eventsPerSecond()));
      backlog.setText("%,d".formatted(status.backlog()));
      parked.setText("%,d".formatted(status.parked()));
    }

    private static Div value() {
      Div value = new Div();
      value.addClassName("tillpost-number-value");
      return value;
    }

    private static Div number(String title, Div value) {
      Div small = new Div(title);
      small.addClassName("tillpost-number-title");
      Div both = new Div(value, small);
      both.addClassName("tillpost-number-both");
      return both;
    }
  }
}
