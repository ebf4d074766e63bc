package io.tillpost.console.recovery.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.grid.GridVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.data.renderer.ComponentRenderer;
import com.vaadin.flow.router.QueryParameters;
import io.tillpost.console.live.LiveRows;
import io.tillpost.console.recovery.operation.ItemPage;
import io.tillpost.console.recovery.operation.ItemPlace;
import io.tillpost.console.recovery.operation.OperationProgress;
import io.tillpost.console.text.MomentText;
import io.tillpost.frontend.TillpostTheme;
import io.tillpost.recovery.ItemState;
import io.tillpost.recovery.RecoveryItem;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The messages of an operation, page by page, with what became of each and why. Filter and page are
 * in the address; the file has all of those that match the filter.
 */
final class OperationItems extends Div {
  /** How many a page has. */
  static final int PAGE = 200;

  private static final String STATE = "state";
  private static final String AFTER = "after";
  private static final String BEFORE = "before";

  private final transient Consumer<QueryParameters> navigate;
  private final transient Settling settling;
  private final transient ZoneId zone;
  private final transient LiveRows<RecoveryItem> rows = new LiveRows<>(RecoveryItem::messageId);
  private final Div chips = new Div();
  private final Button all = new Button("All", _ -> go(null, null));
  private final Map<ItemState, Button> chipOf = new EnumMap<>(ItemState.class);
  private final Grid<RecoveryItem> grid = new Grid<>();

  /** There where there is anything to settle. */
  private final Grid.Column<RecoveryItem> acts;

  private final Span words = new Span();
  private final Button previous = new Button("Previous");
  private final Button next = new Button("Next");
  private final Anchor csv = new Anchor("", "CSV");
  private transient List<RecoveryItem> shown = List.of();
  private @Nullable ItemState only;
  private transient ItemPlace place = ItemPlace.FIRST;
  private transient @Nullable ItemPlace before;
  private transient @Nullable ItemPlace after;

  /**
   * @param navigate goes to the page of the operation with these parameters
   */
  OperationItems(Consumer<QueryParameters> navigate, Settling settling, ZoneId zone) {
    this.navigate = navigate;
    this.settling = settling;
    this.zone = zone;
    addClassName(TillpostTheme.PANEL);
    chips.addClassName(TillpostTheme.TOOLBAR);
    addChips();
    words.addClassName(TillpostTheme.QUIET);
    previous.addClickListener(_ -> go(only, before));
    next.addClickListener(_ -> go(only, after));
    previous.setAriaLabel("Previous messages");
    next.setAriaLabel("Next messages");
    previous.addThemeVariants(ButtonVariant.LUMO_SMALL);
    next.addThemeVariants(ButtonVariant.LUMO_SMALL);
    csv.setDownload(true);
    csv.setTitle("Download these messages, all pages of them, as CSV");
    Div pages = new Div(previous, next, words, csv);
    pages.addClassName(TillpostTheme.TOOLBAR);
    acts = addColumns();
    add(chips, grid, pages);
  }

  private Grid.Column<RecoveryItem> addColumns() {
    grid.addThemeVariants(GridVariant.LUMO_COMPACT, GridVariant.LUMO_NO_BORDER);
    grid.addColumn(new ComponentRenderer<>(ItemLinks::message))
        .setHeader("Message")
        .setAutoWidth(true);
    Grid.Column<RecoveryItem> acts =
        grid.addColumn(new ComponentRenderer<>(this::acts)).setWidth("7rem").setFlexGrow(0);
    acts.setVisible(false);
    grid.addColumn(item -> item.storeId() == null ? "–" : item.storeId())
        .setHeader("Store")
        .setAutoWidth(true)
        .setFlexGrow(0);
    grid.addColumn(RecoveryItem::attempt).setHeader("Attempt").setAutoWidth(true).setFlexGrow(0);
    grid.addColumn(new ComponentRenderer<>(item -> Outcomes.badge(item.state())))
        .setHeader("Outcome")
        // Of the longest one: a width that is taken from the first rows does not follow what comes.
        .setWidth("9.5rem")
        .setFlexGrow(0);
    grid.addColumn(item -> item.reason() == null ? "" : item.reason())
        .setHeader("Why")
        .setFlexGrow(3)
        .setTooltipGenerator(RecoveryItem::reason);
    grid.addColumn(item -> moment(item.sentAt())).setHeader("Sent").setWidth("13rem");
    grid.setHeight("28rem");
    grid.setDataProvider(rows);
    return acts;
  }

  private Component acts(RecoveryItem item) {
    return settling.isFor(item) ? settling.button(item) : new Span();
  }

  /** What the address asks for; what cannot be read is left out. */
  void read(QueryParameters parameters) {
    only = parameters.getSingleParameter(STATE).flatMap(OperationItems::state).orElse(null);
    String from = parameters.getSingleParameter(AFTER).filter(id -> !id.isBlank()).orElse(null);
    place =
        from != null
            ? new ItemPlace(from, null)
            : new ItemPlace(
                null,
                parameters.getSingleParameter(BEFORE).filter(id -> !id.isBlank()).orElse(null));
  }

  /** The states of those that are asked for; empty for all. */
  Set<ItemState> states() {
    return only == null ? Set.of() : Set.of(only);
  }

  /** The page that is asked for. */
  ItemPlace place() {
    return place;
  }

  void show(OperationProgress progress, ItemPage page) {
    showChips(progress);
    if (!page.items().equals(shown)) {
      shown = page.items();
      acts.setVisible(shown.stream().anyMatch(settling::isFor));
      rows.change(shown);
    }
    before = page.previous();
    after = page.next();
    previous.setVisible(before != null || after != null);
    previous.setEnabled(before != null);
    next.setVisible(previous.isVisible());
    next.setEnabled(after != null);
    words.setText(words(progress, page));
    csv.setHref(
        "api/v1/operations/"
            + progress.operation().id()
            + "/items.csv"
            + (only == null ? "" : "?state=" + only.name()));
    csv.setVisible(progress.operation().size() > 0);
  }

  /** All of them once and for all: a click on one that is made anew meanwhile would be lost. */
  private void addChips() {
    chips.add(all);
    all.addThemeVariants(ButtonVariant.LUMO_SMALL);
    for (ItemState state : ItemState.values()) {
      Button chip = new Button(Outcomes.words(state), _ -> go(state, null));
      chip.addThemeVariants(ButtonVariant.LUMO_SMALL);
      chipOf.put(state, chip);
      chips.add(chip);
    }
  }

  private void showChips(OperationProgress progress) {
    all.setText("All %,d".formatted(progress.operation().size()));
    press(all, only == null);
    chipOf.forEach(
        (state, chip) -> {
          chip.setText("%s %,d".formatted(Outcomes.words(state), progress.count(state)));
          chip.setVisible(progress.count(state) > 0 || state == only);
          press(chip, state == only);
        });
  }

  private static void press(Button chip, boolean pressed) {
    chip.getElement().setAttribute("aria-pressed", Boolean.toString(pressed));
    if (pressed) {
      chip.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    } else {
      chip.removeThemeVariants(ButtonVariant.LUMO_PRIMARY);
    }
  }

  private String words(OperationProgress progress, ItemPage page) {
    long all = only == null ? progress.operation().size() : progress.count(only);
    String notShown =
        page.notShown() == 0 ? "" : " " + DifferencesPanel.ofOtherStores(page.notShown());
    if (page.items().isEmpty()) {
      // The list of a young operation is seen a second late, so of all of them nothing is said.
      String none =
          !place.equals(ItemPlace.FIRST)
              ? "There are none on this page any more."
              : only == null ? "" : "None is in this state now.";
      return none + notShown;
    }
    boolean whole = page.previous() == null && page.next() == null;
    return (whole ? "" : part(page.items().size(), all)) + notShown;
  }

  static String part(int shown, long all) {
    return "%,d of %,d %s shown, in the order of their ids."
        .formatted(shown, all, shown == 1 ? "is" : "are");
  }

  private void go(@Nullable ItemState state, @Nullable ItemPlace to) {
    QueryParameters parameters = QueryParameters.empty();
    if (state != null) {
      parameters = parameters.merging(STATE, state.name());
    }
    if (to != null && to.after() != null) {
      parameters = parameters.merging(AFTER, to.after());
    }
    if (to != null && to.before() != null) {
      parameters = parameters.merging(BEFORE, to.before());
    }
    navigate.accept(parameters);
  }

  private String moment(@Nullable Instant at) {
    return at == null ? "" : MomentText.full(at, zone);
  }

  private static Optional<ItemState> state(String name) {
    return Arrays.stream(ItemState.values()).filter(s -> s.name().equals(name)).findFirst();
  }
}
