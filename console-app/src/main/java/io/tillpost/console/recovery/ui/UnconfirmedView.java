package io.tillpost.console.recovery.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.grid.GridVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.data.renderer.ComponentRenderer;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import io.tillpost.console.live.AsOf;
import io.tillpost.console.live.Live;
import io.tillpost.console.live.LiveKey;
import io.tillpost.console.live.LiveUpdates;
import io.tillpost.console.recovery.Operations;
import io.tillpost.console.recovery.Questions;
import io.tillpost.console.security.CurrentOperator;
import io.tillpost.console.security.Permission;
import io.tillpost.console.security.StoreScope;
import io.tillpost.console.text.MomentText;
import io.tillpost.console.text.MoneyText;
import io.tillpost.frontend.TillpostTheme;
import io.tillpost.message.MessageId;
import io.tillpost.message.MoneySum;
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

/** Messages that recovery sent and of which nobody knows whether their target has them. */
@Route("unconfirmed")
@PageTitle("Unconfirmed")
@RolesAllowed(Permission.Name.VIEW)
final class UnconfirmedView extends Div {
  private static final Duration EVERY = Duration.ofSeconds(2);
  private static final int MOST = 500;

  private final transient ZoneId zone;
  private final transient Questions questions;
  private final transient Optional<String> mayNot;
  private final AsOf asOf;
  private final Grid<RecoveryItem> grid = new Grid<>();
  private final Div words = new Div();
  private final transient Map<String, Optional<String>> objections = new HashMap<>();
  private final transient StoreScope own;
  private transient List<RecoveryItem> shown = List.of();

  UnconfirmedView(
      Operations operations,
      Questions questions,
      CurrentOperator currentOperator,
      LiveUpdates live,
      AsOf asOf,
      ZoneId consoleZone) {
    this.questions = questions;
    this.own = currentOperator.stores();
    this.mayNot = currentOperator.refusal(Permission.RETRY);
    this.zone = consoleZone;
    this.asOf = asOf;
    addClassName(TillpostTheme.VIEW);
    grid.addThemeVariants(GridVariant.LUMO_COMPACT, GridVariant.LUMO_NO_BORDER);
    grid.addColumn(new ComponentRenderer<>(ItemLinks::message))
        .setHeader("Message")
        .setAutoWidth(true);
    grid.addColumn(new ComponentRenderer<>(this::ask)).setAutoWidth(true).setFlexGrow(0);
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
    grid.setVisible(false);
    Span back = new Span(new Anchor("operations", "All operations"));
    add(asOf, back, words, grid);
    live.watch(
        this,
        LiveKey.of("unconfirmed", EVERY),
        () -> operations.unconfirmed(MOST, null),
        this::show);
  }

  private void show(Live<Page<RecoveryItem>> result) {
    asOf.show(result);
    if (result instanceof Live.Fresh<Page<RecoveryItem>> fresh) {
      Page<RecoveryItem> page = fresh.value();
      boolean none = page.items().isEmpty();
      words.setClassName(TillpostTheme.EMPTY_STATE, none);
      words.setText(
          none
              ? "Nothing is unconfirmed: of every message that was sent again it is known what became of it."
              : "%,d messages were sent again, and nobody said in time what became of them. Ask the target, or look the business key up in it, before you retry one from its page: it may be posted already."
                  .formatted(page.total()));
      grid.setVisible(!none);
      if (!page.items().equals(shown)) {
        shown = page.items();
        grid.setItems(shown);
      }
    }
  }

  /** The button where the channel offers a look-up, else that it does not. */
  private Component ask(RecoveryItem item) {
    Optional<String> objection =
        objections.computeIfAbsent(
            item.operationId() + " " + item.storeId(), _ -> questions.objection(item));
    if (objection.isPresent()) {
      Span no = new Span(own.has(item.storeId()) ? "No look-up" : "Not your store");
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
