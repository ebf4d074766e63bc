package io.tillpost.console.recovery.ui;

import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.grid.GridVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.data.renderer.ComponentRenderer;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.Menu;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.shared.Registration;
import io.tillpost.console.live.AsOf;
import io.tillpost.console.live.Live;
import io.tillpost.console.live.LiveKey;
import io.tillpost.console.live.LiveRows;
import io.tillpost.console.live.LiveUpdates;
import io.tillpost.console.recovery.operation.OperationFilter;
import io.tillpost.console.recovery.operation.OperationProgress;
import io.tillpost.console.recovery.operation.Operations;
import io.tillpost.console.security.CurrentOperator;
import io.tillpost.console.security.Permission;
import io.tillpost.console.text.MomentText;
import io.tillpost.console.text.PartText;
import io.tillpost.frontend.NarrowScreen;
import io.tillpost.frontend.TillpostTheme;
import io.tillpost.recovery.ItemState;
import io.tillpost.recovery.OperationState;
import io.tillpost.recovery.Preparation;
import io.tillpost.store.Page;
import jakarta.annotation.security.RolesAllowed;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Every recovery operation by anybody, newest first, moving by itself. */
@Route("operations")
@PageTitle("Operations")
@Menu(title = "Operations", order = 3, icon = "vaadin:refresh")
@RolesAllowed(Permission.Name.VIEW)
final class OperationsView extends Div implements BeforeEnterObserver {
  private static final Duration EVERY = Duration.ofSeconds(2);
  private static final int MOST = 200;
  private static final String NONE =
      "Nobody has retried anything yet. Retry a message from its page, or all messages of an exception.";

  private final transient Operations operations;
  private final transient LiveUpdates live;
  private final transient ZoneId zone;
  private final OperationFilterBar filters = new OperationFilterBar(this::filtered);
  private final AsOf asOf;
  private final transient LiveRows<OperationProgress> rows =
      new LiveRows<>(progress -> progress.operation().id());
  private final Grid<OperationProgress> grid = new Grid<>();
  private final Span part = new Span();
  private final Div empty = new Div(NONE);
  private transient List<OperationProgress> shown = List.of();
  private transient @Nullable Registration watching;

  OperationsView(
      Operations operations,
      LiveUpdates live,
      CurrentOperator currentOperator,
      AsOf asOf,
      ZoneId consoleZone) {
    this.operations = operations;
    this.live = live;
    this.zone = consoleZone;
    this.asOf = asOf;
    addClassName(TillpostTheme.VIEW);
    empty.addClassName(TillpostTheme.EMPTY_STATE);
    part.addClassName(TillpostTheme.QUIET);
    grid.addThemeVariants(GridVariant.LUMO_COMPACT, GridVariant.LUMO_NO_BORDER);
    grid.addColumn(new ComponentRenderer<>(this::link))
        .setHeader("When")
        .setAutoWidth(true)
        .setFlexGrow(0);
    Grid.Column<OperationProgress> who =
        grid.addColumn(p -> p.operation().requestedBy())
            .setHeader("Who")
            .setAutoWidth(true)
            .setFlexGrow(0);
    grid.addColumn(OperationsView::what)
        .setHeader("What")
        .setFlexGrow(3)
        .setTooltipGenerator(OperationsView::what);
    Grid.Column<OperationProgress> reason =
        grid.addColumn(p -> p.operation().reason())
            .setHeader("Reason")
            .setFlexGrow(2)
            .setTooltipGenerator(p -> p.operation().reason());
    grid.addColumn(new ComponentRenderer<>(p -> Outcomes.badge(p.operation().state())))
        .setHeader("State")
        .setAutoWidth(true)
        .setFlexGrow(0)
        .setTooltipGenerator(p -> p.operation().decisive().why());
    Grid.Column<OperationProgress> messages =
        grid.addColumn(OperationsView::progress).setHeader("Messages").setFlexGrow(3);
    NarrowScreen.watch(
        this, narrow -> List.of(who, reason, messages).forEach(c -> c.setVisible(!narrow)));
    grid.setAllRowsVisible(true);
    grid.setDataProvider(rows);
    grid.addItemClickListener(
        click ->
            getUI().ifPresent(ui -> ui.navigate("operations/" + click.getItem().operation().id())));
    grid.setVisible(false);
    empty.setVisible(false);
    Div links = new Div(new Anchor("unconfirmed", "Unconfirmed messages of all operations"));
    links.addClassName(TillpostTheme.TOOLBAR);
    if (currentOperator.may(Permission.REPLAY)) {
      links.add(new Anchor("replay", "Replay recorded messages"));
    }
    add(asOf, links, filters, empty, part, grid);
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    OperationFilter filter = filters.read(event.getLocation().getQueryParameters());
    empty.setText(
        filter.equals(OperationFilter.ALL) ? NONE : "No operation matches these filters.");
    if (watching != null) {
      watching.remove();
    }
    watching =
        live.watch(
            this,
            LiveKey.of("operations", EVERY, filter),
            () -> operations.newest(filter, MOST),
            this::show);
  }

  private void filtered(QueryParameters parameters) {
    getUI().ifPresent(ui -> ui.navigate("operations", parameters));
  }

  private void show(Live<Page<OperationProgress>> result) {
    asOf.show(result);
    if (result instanceof Live.Fresh<Page<OperationProgress>>(var page, var _)) {
      boolean none = page.items().isEmpty();
      empty.setVisible(none);
      grid.setVisible(!none);
      part.setText(PartText.newest(page, "operations"));
      if (!page.items().equals(shown)) {
        shown = page.items();
        rows.change(shown);
      }
    }
  }

  private Anchor link(OperationProgress progress) {
    return new Anchor(
        "operations/" + progress.operation().id(),
        MomentText.full(progress.operation().requestedAt(), zone));
  }

  private static String what(OperationProgress progress) {
    return Outcomes.words(progress.operation().action())
        + ": "
        + progress.operation().scope().description();
  }

  /** Like {@code 29 of 30 · confirmed 28 · skipped 1}. */
  static String progress(OperationProgress progress) {
    String parts =
        Arrays.stream(ItemState.values())
            .filter(state -> progress.count(state) > 0)
            .map(
                s ->
                    "%s %,d"
                        .formatted(Outcomes.words(s).toLowerCase(Locale.ROOT), progress.count(s)))
            .collect(Collectors.joining(" · "));
    Optional<Preparation> preparation = progress.preparation();
    if (preparation.isPresent()) {
      return preparing(preparation.get());
    }
    if (progress.operation().state() == OperationState.ABANDONED) {
      // Whatever was prepared of it is no list; why there is none is all there is to tell.
      return Objects.requireNonNullElse(progress.operation().latest().why(), "");
    }
    return "%,d of %,d".formatted(progress.ended(), progress.operation().size())
        + (parts.isEmpty() ? "" : " · " + parts);
  }

  private static String preparing(Preparation soFar) {
    return soFar.read() == null
        ? "%,d of %,d prepared".formatted(soFar.frozen(), soFar.messages())
        : "Reading: %,d of about %,d".formatted(soFar.read(), soFar.messages());
  }
}
