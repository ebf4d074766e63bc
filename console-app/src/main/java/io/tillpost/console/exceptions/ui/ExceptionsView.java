package io.tillpost.console.exceptions.ui;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.ClientCallable;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.page.Page;
import com.vaadin.flow.component.splitlayout.SplitLayout;
import com.vaadin.flow.component.splitlayout.SplitLayoutVariant;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Menu;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.shared.Registration;
import com.vaadin.flow.signals.Signal;
import io.tillpost.console.exceptions.BulkTriage;
import io.tillpost.console.exceptions.ExceptionFilter;
import io.tillpost.console.exceptions.ExceptionFilterParameters;
import io.tillpost.console.exceptions.ExceptionInbox;
import io.tillpost.console.exceptions.ExceptionSummary;
import io.tillpost.console.exceptions.Fingerprints;
import io.tillpost.console.exceptions.Merging;
import io.tillpost.console.exceptions.MyTeams;
import io.tillpost.console.exceptions.Retried;
import io.tillpost.console.exceptions.RetryEvidence;
import io.tillpost.console.exceptions.RuleSuggestions;
import io.tillpost.console.exceptions.SavedViews;
import io.tillpost.console.exceptions.Splitting;
import io.tillpost.console.exceptions.Triage;
import io.tillpost.console.exceptions.TriageProperties;
import io.tillpost.console.live.AsOf;
import io.tillpost.console.live.Live;
import io.tillpost.console.live.LiveKey;
import io.tillpost.console.live.LiveUpdates;
import io.tillpost.console.messages.MessageStories;
import io.tillpost.console.recovery.act.Discards;
import io.tillpost.console.recovery.act.Recovery;
import io.tillpost.console.recovery.due.AutomaticRetries;
import io.tillpost.console.recovery.edit.EditAndRetry;
import io.tillpost.console.recovery.operation.Operations;
import io.tillpost.console.security.CurrentOperator;
import io.tillpost.console.security.OperatorDirectory;
import io.tillpost.console.security.Permission;
import io.tillpost.console.security.Teams;
import io.tillpost.failure.Fingerprint;
import io.tillpost.frontend.TillpostTheme;
import io.tillpost.location.StoreDirectory;
import io.tillpost.message.Workflows;
import jakarta.annotation.security.RolesAllowed;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The triage inbox: exceptions by impact, and the chosen one beside the list. */
@Route("exceptions/:fingerprint?")
@Menu(title = "Exceptions", order = 2, icon = "vaadin:exclamation-circle-o")
@RolesAllowed(Permission.Name.VIEW)
final class ExceptionsView extends Div implements BeforeEnterObserver, HasDynamicTitle {
  private static final Duration LIST_EVERY = Duration.ofSeconds(2);
  private static final Duration DETAIL_EVERY = Duration.ofSeconds(1);

  /** As in {@code console.css}, in CSS pixels: list and detail have no room side by side. */
  private static final int NARROW = 900;

  private final transient ExceptionInbox inbox;
  private final transient ShownExceptions exceptions;
  private final transient LiveUpdates live;
  private final String me;
  private final transient OperatorDirectory operators;
  private final AsOf asOf;
  private final transient InboxFilters filters;
  private final ExceptionGrid grid;
  private final BulkBar bulk;
  private final Div empty = new Div();
  private final Div missing = new Div();
  private final TriageActions actions;
  private final ExceptionPanel panel;
  private final Div detail = new Div();
  private transient ExceptionFilter filter = ExceptionFilter.ALL;
  private transient @Nullable Fingerprint chosen;

  /** A key for the chosen exception that was pressed before that one was there to act on. */
  private transient @Nullable String early;

  private final transient MergedWhileOpen merged = new MergedWhileOpen();

  private transient @Nullable Registration listWatching;
  private transient @Nullable Registration detailWatching;

  ExceptionsView(
      ExceptionInbox inbox,
      Triage triage,
      BulkTriage bulkTriage,
      Merging merging,
      Splitting splitting,
      MessageStories stories,
      Recovery recovery,
      Discards discards,
      EditAndRetry edits,
      Operations operations,
      RuleSuggestions suggestions,
      RetryEvidence evidence,
      AutomaticRetries automatic,
      TriageProperties properties,
      SavedViews savedViews,
      OperatorDirectory operators,
      CurrentOperator currentOperator,
      Workflows workflows,
      StoreDirectory directory,
      LiveUpdates live,
      AsOf asOf,
      ZoneId consoleZone,
      Clock clock) {
    this.inbox = inbox;
    this.exceptions =
        new ShownExceptions(inbox, stories, operations, suggestions, evidence, automatic);
    this.live = live;
    this.asOf = asOf;
    this.operators = operators;
    me = currentOperator.get().id();
    filters = new InboxFilters(me, directory, new ViewsMenu(savedViews, clock), this::filtered);
    grid =
        new ExceptionGrid(
            inbox::trendOf, workflows, MyTeams.of(me, operators.teams()), consoleZone, clock);
    grid.addItemClickListener(click -> open(click.getItem().fingerprint()));
    actions =
        new TriageActions(
            triage,
            merging,
            splitting,
            directory,
            inbox,
            recovery,
            discards,
            edits,
            operators,
            currentOperator,
            clock,
            this::refresh);
    panel =
        new ExceptionPanel(
            workflows,
            directory,
            consoleZone,
            clock,
            properties,
            currentOperator,
            actions,
            new RegroupedList(
                merging, consoleZone, currentOperator.refusal(Permission.CLASSIFY), this::refresh),
            new AutomaticRetryLine(triage, this::refresh),
            new SamplePanel(
                workflows,
                consoleZone,
                currentOperator.refusal(Permission.VIEW_PAYLOAD).orElse("")),
            new ActivityPanel(
                triage,
                consoleZone,
                currentOperator.refusal(Permission.COMMENT),
                operators::teams,
                this::refresh));
    bulk =
        new BulkBar(
            grid,
            bulkTriage,
            merging,
            recovery,
            discards,
            inbox,
            operators,
            currentOperator,
            clock,
            this::refresh);
    empty.addClassName(TillpostTheme.EMPTY_STATE);
    empty.setVisible(false);
    missing.addClassName(TillpostTheme.EMPTY_STATE);
    Button back = new Button("All exceptions", VaadinIcon.ARROW_LEFT.create(), _ -> close());
    back.addClassName("tillpost-narrow-only");
    detail.add(back, missing, panel);
    detail.addClassName("tillpost-inbox-detail");
    Div list = new Div(empty, grid);
    list.addClassName("tillpost-inbox-list");
    SplitLayout split = new SplitLayout(list, detail);
    split.addThemeVariants(SplitLayoutVariant.LUMO_SMALL);
    split.setSplitterPosition(55);
    addClassNames(TillpostTheme.VIEW, "tillpost-inbox");
    empty.getElement().setAttribute("role", "status");
    missing.getElement().setAttribute("role", "status");
    add(asOf);
    add(filters.parts());
    // Below the list: where it came above, the rows moved away from who ticks the next one.
    add(split, bulk);
    Page page = UI.getCurrent().getPage();
    Signal.effect(this, () -> grid.narrow(page.windowSizeSignal().get().width() <= NARROW));
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    ExceptionFilterParameters.Read read =
        ExceptionUrl.read(event.getLocation().getQueryParameters(), me);
    ExceptionFilter asked = read.filter();
    filters.unread(read.problems());
    Fingerprint before = chosen;
    chosen = event.getRouteParameters().get("fingerprint").flatMap(Fingerprints::read).orElse(null);
    if (listWatching == null || !asked.equals(filter)) {
      filter = asked;
      grid.otherList();
      filters.show(filter);
      watchList();
    }
    grid.mark(chosen);
    setClassName("tillpost-inbox-chosen", chosen != null);
    if (!Objects.equals(before, chosen) || detailWatching == null) {
      // Nothing may be done to the one before by a key that is meant for this one.
      actions.leave();
      early = null;
      panel.setVisible(false);
      missing.setText("Choose an exception from the list: press j, or click a row.");
      missing.setVisible(chosen == null);
      watchDetail();
    }
  }

  @Override
  public String getPageTitle() {
    return "Exceptions";
  }

  @Override
  protected void onAttach(AttachEvent event) {
    getElement().executeJs(ExceptionKeys.LISTEN);
  }

  /** A key that was pressed while no field had the keyboard. */
  @ClientCallable
  void key(String key) {
    switch (key) {
      case "j" -> grid.next(chosen, 1).ifPresent(this::goTo);
      case "k" -> grid.next(chosen, -1).ifPresent(this::goTo);
      case "Shift ArrowDown" -> grid.next(chosen, 1).ifPresent(this::selectTo);
      case "Shift ArrowUp" -> grid.next(chosen, -1).ifPresent(this::selectTo);
      case "Enter" -> panel.getElement().callJsFunction("focus");
      case "c", "a", "r", "i" -> {
        if (!grid.picked().isEmpty()) {
          bulk.press(key);
        } else if (chosen != null && !actions.shows(chosen)) {
          early = key;
        } else {
          act(key);
        }
      }
      case "x", " " -> {
        if (chosen != null) {
          grid.pick(chosen);
        }
      }
      case "Escape" -> {
        if (!grid.picked().isEmpty()) {
          grid.pickNone();
        }
      }
      case "/" -> filters.focusSearch();
      default -> {
        // The browser sends keys of the list above only; anything else is not ours.
      }
    }
  }

  private void goTo(ExceptionSummary row) {
    grid.reveal(row.fingerprint());
    open(row.fingerprint());
  }

  private void selectTo(ExceptionSummary row) {
    grid.pickTo(chosen, row.fingerprint());
    goTo(row);
  }

  private void act(String key) {
    switch (key) {
      case "c" -> actions.classify();
      case "a" -> actions.assignToMe();
      case "i" -> actions.ignoreOrNotice();
      default -> actions.retryAll();
    }
  }

  private void filtered(ExceptionFilter asked) {
    navigate(chosen, asked);
  }

  private void open(Fingerprint fingerprint) {
    navigate(fingerprint, filter);
  }

  private void close() {
    navigate(null, filter);
  }

  private void navigate(@Nullable Fingerprint fingerprint, ExceptionFilter asked) {
    String path = fingerprint == null ? "exceptions" : "exceptions/" + fingerprint.value();
    getUI().ifPresent(ui -> ui.navigate(path, ExceptionUrl.write(asked)));
  }

  private void refresh() {
    watchList();
    watchDetail();
  }

  private void watchList() {
    if (listWatching != null) {
      listWatching.remove();
    }
    // The tabs count the others too, and all operators with this filter share the list.
    ExceptionFilter asked = filter.withoutTriage();
    listWatching =
        live.watch(
            this,
            LiveKey.of("exceptions", LIST_EVERY, asked),
            () -> inbox.list(asked),
            this::showList);
  }

  private void watchDetail() {
    if (detailWatching != null) {
      detailWatching.remove();
      detailWatching = null;
    }
    Fingerprint asked = chosen;
    if (asked != null) {
      detailWatching =
          live.watch(
              this,
              LiveKey.of("exception", DETAIL_EVERY, asked),
              () -> exceptions.find(asked),
              this::showDetail);
    }
  }

  private void showList(Live<List<ExceptionSummary>> result) {
    asOf.show(result);
    if (result instanceof Live.Fresh<List<ExceptionSummary>> fresh) {
      Teams teams = operators.teams();
      MyTeams mine = MyTeams.of(me, teams);
      List<ExceptionSummary> listed =
          fresh.value().stream().filter(one -> filter.matchesTriage(one, mine)).toList();
      filters.offer(fresh.value(), mine, teams);
      grid.show(listed, mine);
      bulk.show();
      grid.mark(chosen);
      empty.setText(InboxTab.empty(filter, mine, teams));
      empty.setVisible(listed.isEmpty());
      grid.setVisible(!listed.isEmpty());
      filters.say(listed.size());
    }
  }

  private static String helped(ShownExceptions.Shown shown) {
    return shown.retried().map(Retried::words).or(() -> shown.alike().map(Words::of)).orElse("");
  }

  private void showDetail(Live<Optional<ShownExceptions.Shown>> result) {
    switch (result) {
      case Live.Fresh<Optional<ShownExceptions.Shown>> fresh -> showDetail(fresh.value());
      case Live.Stale<Optional<ShownExceptions.Shown>> stale -> {
        // Who pressed a key in vain does not want it done whenever the storage is back.
        early = null;
        stale.last().ifPresent(this::showDetail);
      }
    }
  }

  private void showDetail(Optional<ShownExceptions.Shown> shown) {
    Optional<Fingerprint> elsewhere = shown.flatMap(s -> merged.follow(s.detail()));
    if (elsewhere.isPresent()) {
      open(elsewhere.get());
      return;
    }
    missing.setText(
        "There is no such exception. One of which messages failed for a few seconds only is not kept.");
    missing.setVisible(shown.isEmpty());
    panel.setVisible(shown.isPresent());
    shown.ifPresent(
        s -> panel.show(s.detail(), s.story(), s.runs(), s.suggestion(), helped(s), s.notice()));
    String waiting = early;
    early = null;
    if (waiting != null && shown.isPresent()) {
      act(waiting);
    }
  }
}
