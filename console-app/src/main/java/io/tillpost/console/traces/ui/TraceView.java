package io.tillpost.console.traces.ui;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.DescriptionList;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.NotFoundException;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.shared.Registration;
import io.tillpost.console.live.AsOf;
import io.tillpost.console.live.Drawn;
import io.tillpost.console.live.Live;
import io.tillpost.console.live.LiveKey;
import io.tillpost.console.live.LiveUpdates;
import io.tillpost.console.security.Permission;
import io.tillpost.console.text.MomentText;
import io.tillpost.console.text.PathText;
import io.tillpost.console.traces.TraceReader;
import io.tillpost.frontend.TillpostTheme;
import io.tillpost.frontend.trace.TraceWaterfall;
import io.tillpost.trace.SpanStatus;
import io.tillpost.trace.TraceId;
import jakarta.annotation.security.RolesAllowed;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One trace as a waterfall, with the details of the chosen span beside it. */
@Route("traces/:traceId")
@RolesAllowed(Permission.Name.VIEW)
final class TraceView extends Div implements BeforeEnterObserver, HasDynamicTitle {
  private static final Duration EVERY = Duration.ofSeconds(3);

  private final transient TraceReader traces;
  private final transient LiveUpdates live;
  private final transient ZoneId zone;
  private final AsOf asOf;
  private final TraceWaterfall waterfall = new TraceWaterfall();
  private final Div messages = new Div();
  private final transient Drawn<List<String>> drawnMessages = new Drawn<>();
  private final DescriptionList details = new DescriptionList();
  private final Span noSpan = new Span("Choose a span to see its attributes.");
  private final Div missing = new Div();
  private final Div panels;
  private transient List<io.tillpost.trace.Span> spans = List.of();
  private String title = "Trace";
  private transient @Nullable Registration watching;

  TraceView(TraceReader traces, LiveUpdates live, AsOf asOf, ZoneId consoleZone) {
    this.traces = traces;
    this.live = live;
    this.asOf = asOf;
    this.zone = consoleZone;
    addClassName(TillpostTheme.VIEW);
    missing.addClassName(TillpostTheme.EMPTY_STATE);
    missing.setVisible(false);
    waterfall.addSpanSelectedListener(selected -> select(selected.spanId()));
    panels = new Div(panel("Spans", messages, waterfall), panel("Span", noSpan, details));
    panels.addClassName("tillpost-trace");
    details.addClassName(TillpostTheme.FACTS);
    noSpan.addClassName(TillpostTheme.QUIET);
    add(asOf, missing, panels);
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    String text = event.getRouteParameters().get("traceId").orElse("");
    if (!TraceId.isValid(text)) {
      throw new NotFoundException("This is not a trace id");
    }
    TraceId id = new TraceId(text);
    if (!title.equals("Trace " + text)) {
      panels.setVisible(false);
      missing.setVisible(false);
    }
    title = "Trace " + text;
    if (watching != null) {
      watching.remove();
    }
    watching =
        live.watch(this, LiveKey.of("trace", EVERY, text), () -> traces.trace(id), this::show);
  }

  @Override
  public String getPageTitle() {
    return title;
  }

  private void show(Live<List<io.tillpost.trace.Span>> result) {
    asOf.show(result);
    switch (result) {
      case Live.Fresh<List<io.tillpost.trace.Span>> fresh -> show(fresh.value());
      case Live.Stale<List<io.tillpost.trace.Span>> stale -> stale.last().ifPresent(this::show);
    }
  }

  private void show(List<io.tillpost.trace.Span> latest) {
    spans = latest;
    panels.setVisible(!latest.isEmpty());
    missing.setVisible(latest.isEmpty());
    missing.setText(
        "There is no such trace. It may not have arrived yet, or it is older than the retention.");
    waterfall.setSpans(WaterfallRows.of(latest));
    List<String> ids =
        latest.stream()
            .flatMap(span -> Stream.ofNullable(span.messageId()))
            .distinct()
            .limit(20)
            .toList();
    if (drawnMessages.differs(ids)) {
      messages.removeAll();
      ids.forEach(
          id ->
              messages.add(
                  new Anchor("messages/" + PathText.segment(id), "Message " + id), new Span(" ")));
    }
  }

  private void select(String spanId) {
    spans.stream()
        .filter(span -> span.id().value().equals(spanId))
        .findFirst()
        .ifPresent(this::detail);
  }

  private void detail(io.tillpost.trace.Span span) {
    waterfall.setSelectedSpan(span.id().value());
    details.removeAll();
    noSpan.setVisible(false);
    fact("Name", span.name());
    fact("Service", span.service());
    fact("Kind", span.kind().name());
    fact("Started", MomentText.full(span.start(), zone));
    fact("Duration", TracesView.milliseconds(span.duration()));
    fact(
        "Status",
        span.status() == SpanStatus.ERROR
            ? "✕ Error " + span.statusMessage()
            : "✓ " + span.status());
    Map<String, String> attributes = new TreeMap<>(span.attributes());
    attributes.forEach(this::fact);
    span.events()
        .forEach(
            event ->
                fact(MomentText.time(event.time(), zone), event.name() + " " + event.attributes()));
  }

  private void fact(String label, String value) {
    details.add(new DescriptionList.Term(label), new DescriptionList.Description(value));
  }

  private static Div panel(String title, com.vaadin.flow.component.Component... contents) {
    H2 heading = new H2(title);
    heading.addClassName(TillpostTheme.PANEL_TITLE);
    Div panel = new Div(heading);
    panel.add(contents);
    panel.addClassName(TillpostTheme.PANEL);
    return panel;
  }
}
