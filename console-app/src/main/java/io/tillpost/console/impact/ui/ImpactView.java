package io.tillpost.console.impact.ui;

import com.vaadin.flow.component.Text;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.router.Menu;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import io.tillpost.console.impact.Change;
import io.tillpost.console.impact.ImpactFacts;
import io.tillpost.console.impact.ImpactReport;
import io.tillpost.console.impact.ImpactService;
import io.tillpost.console.impact.StoreImpact;
import io.tillpost.console.impact.Tile;
import io.tillpost.console.live.AsOf;
import io.tillpost.console.live.Drawn;
import io.tillpost.console.live.Live;
import io.tillpost.console.live.LiveKey;
import io.tillpost.console.live.LiveUpdates;
import io.tillpost.console.security.CurrentOperator;
import io.tillpost.console.security.Permission;
import io.tillpost.console.text.MomentText;
import io.tillpost.frontend.TillpostTheme;
import io.tillpost.frontend.heatmap.StoreCell;
import io.tillpost.frontend.heatmap.StoreHeatMap;
import io.tillpost.frontend.heatmap.StoreRegion;
import io.tillpost.frontend.impact.ImpactTile;
import jakarta.annotation.security.RolesAllowed;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What stuck messages mean for the business, moving by itself. */
@Route("impact")
@PageTitle("Impact")
@Menu(title = "Impact", order = 1, icon = "vaadin:dashboard")
@RolesAllowed(Permission.Name.VIEW)
final class ImpactView extends Div {
  private static final Duration EVERY = Duration.ofSeconds(2);

  private final transient ZoneId zone;
  private final AsOf asOf;
  private final Div tiles = new Div();
  private final Map<String, ImpactTile> tileById = new LinkedHashMap<>();
  private final Div loading = new Div(new Text("Adding up what is stuck …"));
  private final Div below = new Div();
  private final StoreHeatMap heatMap = new StoreHeatMap();
  private final UnorderedList changes = new UnorderedList();
  private final Span noChange = new Span("Nothing changed in the last 30 minutes.");
  private final transient Drawn<List<Change>> drawnChanges = new Drawn<>();
  private transient Set<String> knownStores = Set.of();

  ImpactView(
      ImpactService impact,
      LiveUpdates live,
      CurrentOperator operator,
      AsOf asOf,
      ZoneId consoleZone) {
    this.zone = consoleZone;
    this.asOf = asOf;
    addClassName(TillpostTheme.VIEW);
    tiles.addClassName(TillpostTheme.TILES);
    heatMap.setEmptyText(
        "No store is known yet. Name them in the file that tillpost.stores.file points at; a store that sends messages"
            + " appears by itself.");
    heatMap.addStoreChosenListener(chosen -> open(chosen.storeId()));
    loading.addClassName(TillpostTheme.EMPTY_STATE);
    below.add(panel("Stores by region, worst first", heatMap), changesPanel());
    below.addClassName("tillpost-impact-below");
    below.setVisible(false);
    add(asOf, tiles, loading, below);
    String operatorId = operator.get().id();
    live.watch(this, LiveKey.of("impact", EVERY), impact::now, facts -> show(facts, operatorId));
  }

  private void show(Live<ImpactFacts> result, String operatorId) {
    asOf.show(result);
    switch (result) {
      case Live.Fresh<ImpactFacts> fresh -> show(fresh.value().reportFor(operatorId));
      case Live.Stale<ImpactFacts> stale ->
          stale.last().ifPresent(facts -> show(facts.reportFor(operatorId)));
    }
  }

  private void show(ImpactReport report) {
    loading.setVisible(false);
    below.setVisible(true);
    for (Tile tile : report.tiles()) {
      tileById
          .computeIfAbsent(tile.id(), id -> newTile())
          .setFigures(TileFigures.of(tile, report.asOf()));
    }
    showStores(report);
    showChanges(report.changes());
  }

  private ImpactTile newTile() {
    ImpactTile tile = new ImpactTile();
    tiles.add(tile);
    return tile;
  }

  private void showStores(ImpactReport report) {
    Map<String, List<StoreImpact>> byRegion =
        report.stores().stream()
            .collect(
                Collectors.groupingBy(
                    StoreImpact::region, LinkedHashMap::new, Collectors.toList()));
    heatMap.setRegions(
        byRegion.entrySet().stream()
            .map(e -> new StoreRegion(e.getKey(), cells(e.getValue(), report.asOf())))
            .toList());
    knownStores = report.stores().stream().map(StoreImpact::storeId).collect(Collectors.toSet());
  }

  private static List<StoreCell> cells(List<StoreImpact> stores, Instant now) {
    return stores.stream()
        .map(
            store ->
                new StoreCell(
                    store.storeId(), Severities.of(store.level()), StoreExplanation.of(store, now)))
        .toList();
  }

  private void open(String storeId) {
    if (knownStores.contains(storeId)) {
      UI.getCurrent()
          .navigate(
              "messages", QueryParameters.simple(Map.of("attention", "true", "store", storeId)));
    }
  }

  private void showChanges(List<Change> latest) {
    noChange.setVisible(latest.isEmpty());
    changes.setVisible(!latest.isEmpty());
    if (!drawnChanges.differs(latest)) {
      return;
    }
    changes.removeAll();
    for (Change change : latest) {
      Span time = new Span(MomentText.time(change.at(), zone));
      time.addClassName(TillpostTheme.QUIET);
      Span symbol = new Span(change.better() ? "✓ " : "▲ ");
      symbol.addClassName(change.better() ? "tillpost-better" : "tillpost-worse");
      changes.add(new ListItem(symbol, new Anchor(change.href(), change.text()), time));
    }
  }

  private Div changesPanel() {
    changes.addClassName("tillpost-changes");
    noChange.addClassName(TillpostTheme.QUIET);
    Div panel = panel("What changed in the last 30 minutes", changes);
    panel.add(noChange);
    return panel;
  }

  private static Div panel(String title, com.vaadin.flow.component.Component content) {
    H2 heading = new H2(title);
    heading.addClassName(TillpostTheme.PANEL_TITLE);
    Div panel = new Div(heading, content);
    panel.addClassName(TillpostTheme.PANEL);
    return panel;
  }
}
