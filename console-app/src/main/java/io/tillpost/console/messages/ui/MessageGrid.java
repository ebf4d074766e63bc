package io.tillpost.console.messages.ui;

import com.vaadin.flow.component.grid.ColumnTextAlign;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.grid.GridVariant;
import com.vaadin.flow.data.renderer.ComponentRenderer;
import com.vaadin.flow.data.renderer.LitRenderer;
import io.tillpost.console.live.LiveRows;
import io.tillpost.console.text.AgeText;
import io.tillpost.console.text.MomentText;
import io.tillpost.console.text.MoneyText;
import io.tillpost.failure.Failure;
import io.tillpost.frontend.NarrowScreen;
import io.tillpost.location.Store;
import io.tillpost.location.StoreDirectory;
import io.tillpost.message.Message;
import io.tillpost.message.MessageStatus;
import io.tillpost.message.Workflows;
import io.tillpost.store.Messages.StoredMessage;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;

/** A list of messages, each row a link to the message's page. */
final class MessageGrid extends Grid<StoredMessage> {
  private final Column<StoredMessage> workflow;
  private final Column<StoredMessage> store;
  private final Column<StoredMessage> failure;
  private final Column<StoredMessage> due;
  private final Column<StoredMessage> captured;
  private final transient LiveRows<StoredMessage> rows =
      new LiveRows<>(stored -> stored.message().id());
  private final transient StoreDirectory directory;
  private final transient ZoneId consoleZone;
  private final transient Clock clock;

  MessageGrid(Workflows workflows, StoreDirectory directory, ZoneId consoleZone, Clock clock) {
    super(StoredMessage.class, false);
    this.directory = directory;
    this.consoleZone = consoleZone;
    this.clock = clock;
    addThemeVariants(GridVariant.LUMO_COMPACT, GridVariant.LUMO_NO_BORDER);
    setSizeFull();
    addColumn(
            // Not a component: that would be another one with each refresh.
            LitRenderer.<StoredMessage>of("<a href=${item.href}>${item.words}</a>")
                .withProperty("href", m -> MessageLink.href(m.message().id()))
                .withProperty("words", m -> MessageLink.words(m.message())))
        .setHeader("Message")
        .setFlexGrow(2);
    workflow = addColumn(m -> workflows.get(m.message().workflow()).title()).setHeader("Workflow");
    store = addColumn(this::store).setHeader("Store");
    addColumn(new ComponentRenderer<>(m -> StatusBadge.of(m, clock.instant())))
        .setHeader("Status")
        .setAutoWidth(true)
        .setFlexGrow(0);
    failure =
        addColumn(m -> m.message().failure().map(Failure::code).orElse(""))
            .setHeader("Failure")
            .setTooltipGenerator(m -> m.message().failure().map(Failure::message).orElse(null));
    addColumn(MessageGrid::amount).setHeader("Money").setTextAlign(ColumnTextAlign.END);
    due = addColumn(this::due).setHeader("Due").setTextAlign(ColumnTextAlign.END);
    captured = addColumn(this::captured).setHeader("Captured").setAutoWidth(true).setFlexGrow(0);
    getColumns().forEach(column -> column.setResizable(true));
    setDataProvider(rows);
    addItemClickListener(
        click ->
            getUI().ifPresent(ui -> ui.navigate(MessageLink.href(click.getItem().message().id()))));
    NarrowScreen.watch(this, this::narrow);
  }

  /** A phone has room for which message it is, how it stands and what it is worth. */
  private void narrow(boolean narrow) {
    List.of(workflow, store, failure, due, captured).forEach(column -> column.setVisible(!narrow));
  }

  void show(List<StoredMessage> messages) {
    rows.show(messages);
  }

  private String store(StoredMessage stored) {
    String id = stored.message().storeId();
    if (id == null) {
      return "–";
    }
    return directory.find(id).map(store -> id + " " + store.name()).orElse(id);
  }

  private static String amount(StoredMessage stored) {
    return stored.message().amount() == null ? "" : MoneyText.of(stored.message().amount());
  }

  private String due(StoredMessage stored) {
    Instant end = stored.message().finishedAt().orElseGet(clock::instant);
    Duration late = Duration.between(stored.dueAt(), end);
    if (!late.isNegative()) {
      return AgeText.of(late) + " late";
    }
    if (stored.message().status() == MessageStatus.DISCARDED) {
      return "given up";
    }
    return stored.message().finishedAt().isPresent()
        ? "in time"
        : "in " + AgeText.of(late.negated());
  }

  private String captured(StoredMessage stored) {
    return MomentText.full(stored.message().capturedAt(), zone(stored.message()));
  }

  private ZoneId zone(Message message) {
    String id = message.storeId();
    return id == null ? consoleZone : directory.find(id).map(Store::zone).orElse(consoleZone);
  }
}
