package io.tillpost.console.recovery.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Text;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.grid.GridVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.data.renderer.ComponentRenderer;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.shared.Registration;
import io.tillpost.console.live.AsOf;
import io.tillpost.console.live.Live;
import io.tillpost.console.live.LiveKey;
import io.tillpost.console.live.LiveRows;
import io.tillpost.console.live.LiveUpdates;
import io.tillpost.console.recovery.act.Settlements;
import io.tillpost.console.recovery.operation.Operations;
import io.tillpost.console.recovery.operation.UnconfirmedFilter;
import io.tillpost.console.recovery.run.Questions;
import io.tillpost.console.security.CurrentOperator;
import io.tillpost.console.security.Permission;
import io.tillpost.console.text.MomentText;
import io.tillpost.console.text.MoneyText;
import io.tillpost.frontend.TillpostTheme;
import io.tillpost.message.MessageId;
import io.tillpost.message.MoneySum;
import io.tillpost.message.Workflows;
import io.tillpost.recovery.RecoveryItem;
import io.tillpost.store.Page;
import jakarta.annotation.security.RolesAllowed;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Messages that recovery sent and of which nobody knows whether their target has them, the newest
 * first and page by page. Filter and page are in the address.
 */
@Route("unconfirmed")
@PageTitle("Unconfirmed")
@RolesAllowed(Permission.Name.VIEW)
final class UnconfirmedView extends Div implements BeforeEnterObserver {
  private static final Duration EVERY = Duration.ofSeconds(2);
  private static final int PAGE = 100;
  private static final String AFTER = "after";
  private static final String NONE =
      "Nothing is unconfirmed: of every message that was sent again it is known what became of it.";

  private final transient ZoneId zone;
  private final transient Questions questions;
  private final transient Settling settling;
  private final transient Optional<String> mayNot;
  private final transient Operations operations;
  private final transient LiveUpdates live;
  private final AsOf asOf;
  private final UnconfirmedFilterBar filters;
  private final transient LiveRows<RecoveryItem> rows =
      new LiveRows<>(item -> RecoveryItem.id(item.operationId(), item.messageId()));
  private final Grid<RecoveryItem> grid = new Grid<>();
  private final Button newest = new Button("Back to the newest", _ -> page(null));
  private final Button older = new Button("Show older ones", _ -> page(this.next));
  private final Div words = new Div();
  private final transient Map<String, Optional<String>> objections = new HashMap<>();
  private transient List<RecoveryItem> shown = List.of();
  private transient UnconfirmedFilter filter = UnconfirmedFilter.ALL;
  private @Nullable String after;
  private @Nullable String next;
  private transient @Nullable Registration watching;

  UnconfirmedView(
      Operations operations,
      Questions questions,
      Settlements settlements,
      CurrentOperator currentOperator,
      LiveUpdates live,
      Workflows workflows,
      AsOf asOf,
      ZoneId consoleZone) {
    this.operations = operations;
    this.questions = questions;
    this.settling = new Settling(settlements, currentOperator);
    this.live = live;
    this.filters =
        new UnconfirmedFilterBar(
            workflows, parameters -> navigate(QueryParameters.simple(parameters)));
    this.mayNot = currentOperator.refusal(Permission.RETRY);
    this.zone = consoleZone;
    this.asOf = asOf;
    addClassName(TillpostTheme.VIEW);
    grid.addThemeVariants(GridVariant.LUMO_COMPACT, GridVariant.LUMO_NO_BORDER);
    grid.addColumn(new ComponentRenderer<>(ItemLinks::message))
        .setHeader("Message")
        .setAutoWidth(true);
    grid.addColumn(new ComponentRenderer<>(this::acts)).setAutoWidth(true).setFlexGrow(0);
    grid.addColumn(item -> item.storeId() == null ? "–" : item.storeId())
        .setHeader("Store")
        .setAutoWidth(true)
        .setFlexGrow(0);
    grid.addColumn(item -> item.message().targetName())
        .setHeader("Target")
        .setAutoWidth(true)
        .setFlexGrow(0);
    grid.addColumn(
            item ->
                item.message().amount() == null
                    ? "–"
                    : MoneyText.of(MoneySum.of(item.message().amount())))
        .setHeader("Money")
        .setAutoWidth(true)
        .setFlexGrow(0)
        .setTextAlign(com.vaadin.flow.component.grid.ColumnTextAlign.END);
    // When it was sent stands on the page of the operation.
    grid.addColumn(item -> moment(item.deadline()))
        .setHeader("Due by")
        .setAutoWidth(true)
        .setFlexGrow(0);
    grid.addColumn(RecoveryItem::reason)
        .setHeader("Why")
        .setWidth("14rem")
        .setFlexGrow(1)
        .setTooltipGenerator(RecoveryItem::reason);
    grid.addColumn(
            new ComponentRenderer<>(
                item -> new Anchor("operations/" + item.operationId(), "Operation")))
        .setHeader("Operation")
        .setAutoWidth(true)
        .setFlexGrow(0);
    grid.setAllRowsVisible(true);
    grid.setDataProvider(rows);
    grid.setVisible(false);
    newest.setVisible(false);
    older.setVisible(false);
    Span back = new Span(new Anchor("operations", "All operations"));
    Div pages = new Div(newest, older);
    pages.addClassName(TillpostTheme.TOOLBAR);
    add(asOf, back, filters, words, grid, pages);
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    QueryParameters parameters = event.getLocation().getQueryParameters();
    filter = filters.read(parameters);
    // What cannot be read is no page of this list, so it begins anew.
    after = parameters.getSingleParameter(AFTER).filter(Operations::isAPart).orElse(null);
    if (watching != null) {
      watching.remove();
    }
    UnconfirmedFilter wanted = filter;
    String from = after;
    watching =
        live.watch(
            this,
            LiveKey.of("unconfirmed", EVERY, wanted, String.valueOf(from)),
            () -> operations.unconfirmed(wanted, true, PAGE, from),
            this::show);
  }

  private void page(@Nullable String from) {
    Map<String, String> parameters = filters.parameters();
    if (from != null) {
      parameters.put(AFTER, from);
    }
    navigate(QueryParameters.simple(parameters));
  }

  private void navigate(QueryParameters parameters) {
    getUI().ifPresent(ui -> ui.navigate(UnconfirmedView.class, parameters));
  }

  private void show(Live<Page<RecoveryItem>> result) {
    asOf.show(result);
    if (result instanceof Live.Fresh<Page<RecoveryItem>> fresh) {
      Page<RecoveryItem> page = fresh.value();
      boolean none = page.items().isEmpty();
      words.setClassName(TillpostTheme.EMPTY_STATE, none);
      words.setText(none ? nothing() : told(page.total()));
      grid.setVisible(!none);
      next = page.next();
      older.setVisible(next != null);
      newest.setVisible(after != null);
      if (!page.items().equals(shown)) {
        shown = page.items();
        rows.change(shown);
      }
    }
  }

  private String nothing() {
    if (after != null || next != null) {
      return "There are none on this page any more.";
    }
    return filter.equals(UnconfirmedFilter.ALL)
        ? NONE
        : "No unconfirmed message matches these filters.";
  }

  private static String told(long total) {
    return total == 1
        ? "1 message was sent again, and nobody said in time what became of it. Ask the target, or look the business key up in it, before you retry it from its page: it may be posted already."
        : "%,d %smessages were sent again, and nobody said in time what became of them; the newest are first. Ask the target, or look the business key up in it, before you retry one from its page: it may be posted already."
            .formatted(total, total >= 10_000 ? "or more " : "");
  }

  private Component acts(RecoveryItem item) {
    Component ask = ask(item);
    return settling.isFor(item) ? new Span(ask, new Text(" "), settling.button(item)) : ask;
  }

  /** The button where the channel offers a look-up, else that it does not. */
  private Component ask(RecoveryItem item) {
    Optional<String> objection =
        objections.computeIfAbsent(
            item.operationId() + " " + item.storeId(), _ -> questions.objection(item));
    if (objection.isPresent()) {
      Span no = new Span("No look-up");
      no.addClassName(TillpostTheme.QUIET);
      no.setTitle(objection.get());
      return no;
    }
    AskTarget button =
        new AskTarget(key -> questions.ofMessage(new MessageId(item.messageId()), key), () -> {})
            .small();
    mayNot.ifPresent(
        why -> {
          button.setEnabled(false);
          button.setTooltipText(why);
        });
    return button;
  }

  private String moment(@Nullable Instant at) {
    return at == null ? "" : MomentText.full(at, zone);
  }
}
