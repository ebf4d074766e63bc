package io.tillpost.console.messages.ui;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.orderedlayout.VerticalLayout;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.Menu;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.shared.Registration;
import io.tillpost.console.live.AsOf;
import io.tillpost.console.live.Live;
import io.tillpost.console.live.LiveKey;
import io.tillpost.console.live.LiveUpdates;
import io.tillpost.console.messages.MessageStories;
import io.tillpost.console.recovery.act.Discards;
import io.tillpost.console.recovery.act.Recovery;
import io.tillpost.console.security.CurrentOperator;
import io.tillpost.console.security.Permission;
import io.tillpost.frontend.TillpostTheme;
import io.tillpost.location.StoreDirectory;
import io.tillpost.message.Workflows;
import io.tillpost.store.Messages.StoredMessage;
import io.tillpost.store.Page;
import jakarta.annotation.security.RolesAllowed;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * Finds messages by anything a store would read from a receipt. All of its state is in the address.
 */
@Route("messages")
@PageTitle("Messages")
@Menu(title = "Messages", order = 4, icon = "vaadin:search")
@RolesAllowed(Permission.Name.VIEW)
final class MessagesView extends VerticalLayout implements BeforeEnterObserver {
  private static final Duration EVERY = Duration.ofSeconds(3);
  private static final int PAGE = 100;
  private static final int MOST = 1_000;

  private final transient MessageStories stories;
  private final transient LiveUpdates live;
  private final transient Clock clock;
  private final MessageFilterBar filters;
  private final MessageGrid grid;
  private final Span total = new Span();
  private final Button more = new Button("Show 100 more", click -> showMore());
  private final Div empty = new Div();
  private final AsOf asOf;
  private final ListActions actions;
  private int size = PAGE;
  private transient @Nullable Registration watching;

  MessagesView(
      MessageStories stories,
      LiveUpdates live,
      Workflows workflows,
      StoreDirectory directory,
      Recovery recovery,
      Discards discards,
      CurrentOperator currentOperator,
      AsOf asOf,
      ZoneId consoleZone,
      Clock clock) {
    this.stories = stories;
    this.live = live;
    this.clock = clock;
    this.asOf = asOf;
    this.filters = new MessageFilterBar(workflows, directory, this::navigate);
    this.grid = new MessageGrid(workflows, directory, consoleZone, clock);
    setSizeFull();
    total.addClassName(TillpostTheme.QUIET);
    empty.addClassName(TillpostTheme.EMPTY_STATE);
    empty.setVisible(false);
    more.setVisible(false);
    this.actions = new ListActions(recovery, discards, currentOperator);
    Div status = new Div(total, asOf, actions);
    status.addClassName("tillpost-status-line");
    add(filters, status, empty, grid, more);
    expand(grid);
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    MessageFilter filter = MessageFilter.of(event.getLocation().getQueryParameters());
    filters.show(filter);
    actions.show(filter);
    size = PAGE;
    watch();
  }

  @Override
  protected void onAttach(AttachEvent event) {
    filters.focus();
  }

  private void navigate(MessageFilter filter) {
    UI.getCurrent().navigate(MessagesView.class, filter.toParameters());
  }

  private void showMore() {
    size = Math.min(MOST, size + PAGE);
    watch();
  }

  private void watch() {
    if (watching != null) {
      watching.remove();
    }
    MessageFilter filter = filters.filter();
    int wanted = size;
    watching =
        live.watch(
            this,
            LiveKey.of("messages", EVERY, filter, wanted),
            () -> stories.search(filter.toQuery(clock.instant(), wanted)),
            this::show);
  }

  private void show(Live<Page<StoredMessage>> result) {
    asOf.show(result);
    switch (result) {
      case Live.Fresh<Page<StoredMessage>> fresh -> show(fresh.value());
      case Live.Stale<Page<StoredMessage>> stale -> stale.last().ifPresent(this::show);
    }
  }

  private void show(Page<StoredMessage> page) {
    grid.show(page.items());
    boolean none = page.items().isEmpty();
    grid.setVisible(!none);
    actions.found(!none);
    empty.setVisible(none);
    empty.setText(
        filters.filter().isEmpty()
            ? "No message has arrived yet. Send message events to POST /v1/message-events on the ingest port, or start the"
                + " simulated estate with ./tillpost demo."
            : "No message matches. Check the spelling, take out a filter, or look for the store number alone.");
    more.setVisible(page.next() != null && size < MOST);
    total.setText(total(page));
  }

  private static String total(Page<StoredMessage> page) {
    String plus = page.total() >= 10_000 ? "or more " : "";
    return "%,d %s%s".formatted(page.total(), plus, page.total() == 1 ? "message" : "messages")
        + (page.items().size() < page.total()
            ? ", the newest %,d shown".formatted(page.items().size())
            : "");
  }
}
