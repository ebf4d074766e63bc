package io.tillpost.console.traces.ui;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.grid.ColumnTextAlign;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.grid.GridVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.orderedlayout.VerticalLayout;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.renderer.LitRenderer;
import com.vaadin.flow.data.value.ValueChangeMode;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.Menu;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.shared.Registration;
import io.tillpost.console.live.AsOf;
import io.tillpost.console.live.Live;
import io.tillpost.console.live.LiveKey;
import io.tillpost.console.live.LiveRows;
import io.tillpost.console.live.LiveUpdates;
import io.tillpost.console.security.Permission;
import io.tillpost.console.text.MomentText;
import io.tillpost.console.text.PartText;
import io.tillpost.console.traces.TraceReader;
import io.tillpost.frontend.TillpostTheme;
import io.tillpost.frontend.TypedText;
import io.tillpost.trace.Span;
import io.tillpost.trace.SpanStatus;
import jakarta.annotation.security.RolesAllowed;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Finds traces by service, name, error and duration. All of its state is in the address. */
@Route("traces")
@PageTitle("Traces")
@Menu(title = "Traces", order = 5, icon = "vaadin:road-branches")
@RolesAllowed(Permission.Name.VIEW)
final class TracesView extends VerticalLayout implements BeforeEnterObserver {
  private static final Duration EVERY = Duration.ofSeconds(3);
  private static final int SHOWN = 200;

  private final transient TraceReader traces;
  private final transient LiveUpdates live;
  private final transient Clock clock;
  private final transient ZoneId zone;
  private final AsOf asOf;
  private final TextField text = new TextField();
  private final TextField service = new TextField();
  private final Checkbox errorsOnly = new Checkbox("Errors only");
  private final IntegerField slowerThan = new IntegerField();
  private final Select<Duration> window = new Select<>();
  private final transient LiveRows<Span> rows =
      new LiveRows<>(span -> List.of(span.traceId(), span.id()));
  private final Grid<Span> grid = new Grid<>(Span.class, false);
  private final Div part = new Div();
  private final Div empty = new Div();
  private transient @Nullable Registration watching;

  TracesView(TraceReader traces, LiveUpdates live, AsOf asOf, ZoneId consoleZone, Clock clock) {
    this.traces = traces;
    this.live = live;
    this.asOf = asOf;
    this.zone = consoleZone;
    this.clock = clock;
    setSizeFull();
    columns();
    part.addClassName(TillpostTheme.QUIET);
    part.setVisible(false);
    empty.addClassName(TillpostTheme.EMPTY_STATE);
    empty.setVisible(false);
    empty.setText(
        "No trace matches in this time. Widen the time, take out a filter, or send traces by OTLP to the ingest ports.");
    add(filters(), asOf, empty, part, grid);
    expand(grid);
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    TraceFilter filter = TraceFilter.of(event.getLocation().getQueryParameters());
    TypedText.show(text, filter.text());
    TypedText.show(service, filter.service());
    errorsOnly.setValue(filter.errorsOnly());
    slowerThan.setValue(
        filter.slowerThan().isZero() ? null : Math.toIntExact(filter.slowerThan().toMillis()));
    window.setValue(filter.window());
    watch(filter);
  }

  private Div filters() {
    text.setPlaceholder("Trace id, message id or span name …");
    text.setAriaLabel("Search traces");
    service.setPlaceholder("Any service");
    service.setAriaLabel("Service");
    slowerThan.setPlaceholder("Slower than … ms");
    slowerThan.setAriaLabel("Slower than, in milliseconds");
    slowerThan.setMin(0);
    window.setItems(TraceFilter.WINDOWS);
    window.setItemLabelGenerator(TracesView::words);
    window.setAriaLabel("Time");
    for (TextField field : List.of(text, service)) {
      field.setClearButtonVisible(true);
      field.setValueChangeMode(ValueChangeMode.LAZY);
      field.addValueChangeListener(e -> navigate(e.isFromClient()));
    }
    slowerThan.setClearButtonVisible(true);
    slowerThan.addValueChangeListener(e -> navigate(e.isFromClient()));
    errorsOnly.addValueChangeListener(e -> navigate(e.isFromClient()));
    window.addValueChangeListener(e -> navigate(e.isFromClient()));
    text.addClassName("tillpost-search");
    Div filters = new Div(text, service, slowerThan, window, errorsOnly);
    filters.addClassName(TillpostTheme.TOOLBAR);
    return filters;
  }

  private static String words(Duration window) {
    if (window.toHours() < 1) {
      return "Last %d minutes".formatted(window.toMinutes());
    }
    if (window.toDays() > 1) {
      return "Last %d days".formatted(window.toDays());
    }
    return window.toHours() == 1 ? "Last hour" : "Last %d hours".formatted(window.toHours());
  }

  private void navigate(boolean byOperator) {
    if (byOperator) {
      UI.getCurrent().navigate(TracesView.class, filter().toParameters());
    }
  }

  private TraceFilter filter() {
    Integer slower = slowerThan.getValue();
    return new TraceFilter(
        text.getValue().strip(),
        service.getValue().strip(),
        errorsOnly.getValue(),
        slower == null || slower < 0 ? Duration.ZERO : Duration.ofMillis(slower),
        Objects.requireNonNull(window.getValue()));
  }

  private void watch(TraceFilter filter) {
    if (watching != null) {
      watching.remove();
    }
    watching =
        live.watch(
            this,
            LiveKey.of("traces", EVERY, filter),
            () -> traces.search(filter.toQuery(clock.instant(), SHOWN + 1)),
            this::show);
  }

  private void show(Live<List<Span>> result) {
    asOf.show(result);
    switch (result) {
      case Live.Fresh<List<Span>> fresh -> show(fresh.value());
      case Live.Stale<List<Span>> stale -> stale.last().ifPresent(this::show);
    }
  }

  private void show(List<Span> found) {
    // One more was asked for than is shown: nobody counts all of them.
    List<Span> spans = found.stream().limit(SHOWN).toList();
    rows.show(spans);
    part.setText(PartText.newest(spans.size(), found.size() > SHOWN, "traces"));
    part.setVisible(!part.getText().isEmpty());
    grid.setVisible(!spans.isEmpty());
    empty.setVisible(spans.isEmpty());
  }

  private void columns() {
    grid.addThemeVariants(GridVariant.LUMO_COMPACT, GridVariant.LUMO_NO_BORDER);
    grid.setSizeFull();
    grid.addColumn(
            // Not a component: that would be another one with each refresh.
            LitRenderer.<Span>of("<a href=${item.href}>${item.name}</a>")
                .withProperty("href", span -> "traces/" + span.traceId().value())
                .withProperty("name", Span::name))
        .setHeader("Trace")
        .setFlexGrow(3);
    grid.addColumn(Span::service).setHeader("Service");
    grid.addColumn(span -> span.messageId() == null ? "" : span.messageId())
        .setHeader("Message")
        .setFlexGrow(2);
    grid.addColumn(TracesView::status).setHeader("Status").setFlexGrow(0);
    grid.addColumn(span -> milliseconds(span.duration()))
        .setHeader("Duration")
        .setTextAlign(ColumnTextAlign.END);
    grid.addColumn(span -> MomentText.full(span.start(), zone))
        .setHeader("Started")
        .setWidth("14rem")
        .setFlexGrow(0);
    grid.setDataProvider(rows);
    grid.addItemClickListener(
        click ->
            getUI().ifPresent(ui -> ui.navigate("traces/" + click.getItem().traceId().value())));
  }

  private static String status(Span span) {
    return span.status() == SpanStatus.ERROR ? "✕ Error" : "✓";
  }

  static String milliseconds(Duration duration) {
    return duration.toMillis() < 10
        ? "%.2f ms".formatted(duration.toNanos() / 1e6)
        : "%,d ms".formatted(duration.toMillis());
  }
}
