package io.tillpost.console.exceptions.ui;

import com.vaadin.flow.component.dependency.Uses;
import com.vaadin.flow.component.grid.ColumnTextAlign;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.grid.GridVariant;
import com.vaadin.flow.data.renderer.LitRenderer;
import io.tillpost.console.exceptions.ExceptionSummary;
import io.tillpost.console.exceptions.LastRecovery;
import io.tillpost.console.exceptions.MyTeams;
import io.tillpost.console.live.Drawn;
import io.tillpost.console.live.LiveRows;
import io.tillpost.console.text.AgeText;
import io.tillpost.console.text.CountText;
import io.tillpost.console.text.MoneyText;
import io.tillpost.failure.Fingerprint;
import io.tillpost.frontend.chart.Sparkline;
import io.tillpost.message.MoneySum;
import io.tillpost.message.Workflows;
import io.tillpost.store.ImpactQueries.Point;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The exceptions, worst impact first. A refresh keeps selection and place. */
@Uses(Sparkline.class)
final class ExceptionGrid extends Grid<ExceptionSummary> {
  /** More currencies than these are counted, not listed. */
  private static final int MONEY_LINES = 2;

  private final transient LiveRows<ExceptionSummary> provider =
      new LiveRows<>(ExceptionSummary::fingerprint);
  private transient List<ExceptionSummary> rows = List.of();
  private final transient PickedExceptions picked = new PickedExceptions();
  private transient Runnable whenPicked = () -> {};
  private final transient Function<Fingerprint, List<Point>> trendOf;
  private final transient ZoneId zone;
  private final transient Clock clock;
  private transient MyTeams mine;
  private final transient Drawn<Listed> drawn = new Drawn<>();
  private final Column<ExceptionSummary> impact;
  private final Column<ExceptionSummary> trend;

  /**
   * @param trendOf new failures of an exception in each half hour of the last 12 hours
   */
  ExceptionGrid(
      Function<Fingerprint, List<Point>> trendOf,
      Workflows workflows,
      MyTeams mine,
      ZoneId zone,
      Clock clock) {
    this.trendOf = trendOf;
    this.zone = zone;
    this.mine = mine;
    this.clock = clock;
    addThemeVariants(GridVariant.LUMO_COMPACT, GridVariant.LUMO_NO_BORDER);
    getElement().setAttribute("aria-label", "Exceptions, worst impact first");
    addColumn(
            LitRenderer.<ExceptionSummary>of(
                    // Whoever ticks a row, or misses the box by little, does not open it.
                    """
                    <label class="tillpost-pick" @click=${(e) => e.stopPropagation()}>
                      <input type="checkbox" tabindex="-1" aria-label=${item.label}
                        .checked=${item.picked}
                        @click=${(e) => { e.stopPropagation(); pick(); }}>
                    </label>
                    """)
                .withProperty("label", e -> "Select " + e.title())
                .withProperty("picked", e -> picked.all().contains(e.fingerprint()))
                .withFunction("pick", e -> pick(e.fingerprint())))
        .setWidth("2.75rem")
        .setFlexGrow(0);
    addColumn(
            LitRenderer.<ExceptionSummary>of(
                    """
                    <div class="tillpost-row">
                      <div class="tillpost-row-title">${item.title}</div>
                      <div class="tillpost-quiet">${item.where} · ${item.kind}</div>
                      <div class="tillpost-quiet">${item.status} · ${item.owner}</div>
                      ${item.recovery ? html`<div><a href=${item.operation}>${item.recovery}</a></div>` : ''}
                      <div class="tillpost-row-narrow">${item.counts}${item.money} · ${item.age}</div>
                    </div>
                    """)
                .withProperty("title", ExceptionSummary::title)
                .withProperty("where", e -> where(e, workflows))
                .withProperty("kind", e -> Words.of(e.failureClass()))
                .withProperty("status", e -> e.status().title())
                .withProperty("owner", this::owner)
                .withProperty("recovery", this::recovery)
                .withProperty("operation", ExceptionGrid::operation)
                .withProperty("counts", ExceptionGrid::counts)
                .withProperty("money", ExceptionGrid::money)
                .withProperty("age", this::age))
        .setHeader("Exception, class, owner")
        .setFlexGrow(1)
        .setWidth("12rem");
    impact =
        addColumn(
                LitRenderer.<ExceptionSummary>of(
                        """
                    <div class="tillpost-row tillpost-number">
                      <div class="tillpost-row-title">${item.counts}</div>
                      ${item.money.map(line => html`<div>${line}</div>`)}
                      <div class="tillpost-quiet">${item.age}</div>
                    </div>
                    """)
                    .withProperty("counts", ExceptionGrid::counts)
                    .withProperty("money", e -> MoneyText.lines(e.group().money(), MONEY_LINES))
                    .withProperty("age", this::age))
            .setHeader("Impact")
            .setTextAlign(ColumnTextAlign.END)
            .setWidth("11.5rem")
            .setFlexGrow(0);
    trend =
        addColumn(
                LitRenderer.<ExceptionSummary>of(
                        "<tillpost-sparkline class='tillpost-fill' .points=${item.points} summary=${item.summary}></tillpost-sparkline>")
                    .withProperty("points", this::points)
                    .withProperty(
                        "summary", _ -> "New failures in each half hour of the last 12 hours"))
            .setHeader("12 hours")
            .setWidth("5.5rem")
            .setFlexGrow(0);
    setDataProvider(provider);
    setSizeFull();
    getColumns().forEach(column -> column.setResizable(true));
  }

  /** On a narrow screen what the other columns say stands below the title. */
  void narrow(boolean narrow) {
    impact.setVisible(!narrow);
    trend.setVisible(!narrow);
  }

  /**
   * Shows these; sends nothing where they are the same, but for their ages, once a minute.
   *
   * @param teams those of who looks
   */
  void show(List<ExceptionSummary> exceptions, MyTeams teams) {
    Instant minute = clock.instant().truncatedTo(ChronoUnit.MINUTES);
    if (drawn.differs(new Listed(exceptions, teams, minute))) {
      mine = teams;
      rows = List.copyOf(exceptions);
      provider.show(rows);
    }
  }

  /** Those that are selected, in the order in which they were; also ones not listed any more. */
  Set<Fingerprint> picked() {
    return picked.all();
  }

  /** Whether these are all that were listed at one moment, and nobody chose otherwise since. */
  boolean isAllPicked() {
    return picked.isAll();
  }

  /** How many of those that are selected are not in the list that is shown. */
  long pickedElsewhere() {
    return picked.outside(listing());
  }

  int listed() {
    return rows.size();
  }

  /** Is told whenever others are selected. */
  void whenPicked(Runnable listener) {
    whenPicked = listener;
  }

  /** Selects it, or no longer. */
  void pick(Fingerprint fingerprint) {
    picked.toggle(fingerprint);
    pickedAnew();
  }

  /** Selects from the row that one stands on, if any, to this one, which is listed. */
  void pickTo(@Nullable Fingerprint from, Fingerprint to) {
    picked.extend(listing(), from, to);
    pickedAnew();
  }

  /** Selects what is listed at this moment; what comes later is not. */
  void pickAll() {
    picked.pickAll(listing());
    pickedAnew();
  }

  /** Another list is going to be shown: what is selected stays so, but is not all of that one. */
  void otherList() {
    picked.otherList();
  }

  /** Selects none but those of these that are selected. */
  void pickOnly(Collection<Fingerprint> some) {
    picked.keep(some);
    pickedAnew();
  }

  void pickNone() {
    picked.clear();
    pickedAnew();
  }

  /** Scrolls to the row of this exception, unless it can be seen. */
  void reveal(Fingerprint fingerprint) {
    int index = listing().indexOf(fingerprint);
    if (index >= 0) {
      // The server does not know what is seen, and would put the row on top in any case. Of the
      // first and the last one that are seen a part may be hidden.
      getElement()
          .executeJs(
              "if ($0 <= this._firstVisibleIndex || $0 >= this._lastVisibleIndex) this.scrollToIndex($0)",
              index);
    }
  }

  private List<Fingerprint> listing() {
    return rows.stream().map(ExceptionSummary::fingerprint).toList();
  }

  private void pickedAnew() {
    provider.refreshAll();
    whenPicked.run();
  }

  /** Marks the row of this exception; null or one that is not listed marks none. */
  void mark(@Nullable Fingerprint fingerprint) {
    find(fingerprint).ifPresentOrElse(this::select, this::deselectAll);
  }

  /** The row that is so many further than this exception; the first where that is not listed. */
  Optional<ExceptionSummary> next(@Nullable Fingerprint fingerprint, int step) {
    if (rows.isEmpty()) {
      return Optional.empty();
    }
    int index = find(fingerprint).map(rows::indexOf).orElse(-1);
    return Optional.of(rows.get(index < 0 ? 0 : Math.clamp(index + step, 0, rows.size() - 1)));
  }

  private Optional<ExceptionSummary> find(@Nullable Fingerprint fingerprint) {
    return rows.stream().filter(row -> row.fingerprint().equals(fingerprint)).findFirst();
  }

  private List<Double> points(ExceptionSummary summary) {
    return trendOf.apply(summary.fingerprint()).stream()
        .map(Point::count)
        .map(Long::doubleValue)
        .toList();
  }

  private String age(ExceptionSummary summary) {
    return "oldest " + AgeText.of(Duration.between(summary.group().oldest(), clock.instant()));
  }

  private String recovery(ExceptionSummary summary) {
    LastRecovery last = summary.lastRecovery();
    return last == null ? "" : last.words(zone, clock.instant());
  }

  private static String operation(ExceptionSummary summary) {
    LastRecovery last = summary.lastRecovery();
    return last == null ? "" : "operations/" + last.operationId();
  }

  static String where(ExceptionSummary summary, Workflows workflows) {
    String workflow = workflows.get(summary.group().workflow()).title();
    String target = summary.group().target();
    return target == null ? workflow : workflow + " → " + target;
  }

  private String owner(ExceptionSummary summary) {
    if (summary.triage().waitsFor(mine.login())) {
      return Words.owner(summary) + " · @ you are asked";
    }
    return Words.owner(summary) + (mine.areAsked(summary) ? " · @ your team is asked" : "");
  }

  private static String money(ExceptionSummary summary) {
    MoneySum money = summary.group().money();
    return money.amounts().isEmpty() ? "" : " · " + MoneyText.of(money);
  }

  private static String counts(ExceptionSummary summary) {
    return counted(summary.group().messages(), "message")
        + " · "
        + counted(summary.group().stores(), "store");
  }

  /** Like {@code no store}, {@code 1 store}, {@code 1,243 messages}. */
  static String counted(long count, String thing) {
    return count == 0 ? "no " + thing : CountText.of(count, thing);
  }

  /**
   * What the rows are drawn from.
   *
   * @param minute of the clock: ages and trends go on while nothing else changes
   */
  private record Listed(List<ExceptionSummary> rows, MyTeams mine, Instant minute) {
    Listed {
      rows = List.copyOf(rows);
    }
  }
}
