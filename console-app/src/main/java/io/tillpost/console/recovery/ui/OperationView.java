package io.tillpost.console.recovery.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.component.progressbar.ProgressBar;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.shared.Registration;
import io.tillpost.console.audit.SubjectTitles;
import io.tillpost.console.live.AsOf;
import io.tillpost.console.live.Drawn;
import io.tillpost.console.live.Live;
import io.tillpost.console.live.LiveFacts;
import io.tillpost.console.live.LiveFacts.Fact;
import io.tillpost.console.live.LiveKey;
import io.tillpost.console.live.LiveUpdates;
import io.tillpost.console.recovery.act.Discards;
import io.tillpost.console.recovery.act.OperationControl;
import io.tillpost.console.recovery.act.Recovery;
import io.tillpost.console.recovery.act.Replays;
import io.tillpost.console.recovery.act.Settlements;
import io.tillpost.console.recovery.edit.EditAndRetry;
import io.tillpost.console.recovery.edit.RuleAgain;
import io.tillpost.console.recovery.operation.ItemPage;
import io.tillpost.console.recovery.operation.ItemPlace;
import io.tillpost.console.recovery.operation.OperationProgress;
import io.tillpost.console.recovery.operation.Operations;
import io.tillpost.console.recovery.operation.Outlook;
import io.tillpost.console.recovery.run.QuestionProgress;
import io.tillpost.console.recovery.run.Questions;
import io.tillpost.console.security.CurrentOperator;
import io.tillpost.console.security.Permission;
import io.tillpost.console.text.MomentText;
import io.tillpost.frontend.TillpostTheme;
import io.tillpost.recovery.ItemState;
import io.tillpost.recovery.OperationState;
import io.tillpost.recovery.OperationStep;
import io.tillpost.recovery.RecoveryOperation;
import jakarta.annotation.security.RolesAllowed;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One operation: how far it is, and what became of each message and why. */
@Route("operations/:operationId")
@RolesAllowed(Permission.Name.VIEW)
final class OperationView extends Div implements BeforeEnterObserver, HasDynamicTitle {
  private static final Duration EVERY = Duration.ofSeconds(1);

  private final transient Operations operations;
  private final transient SubjectTitles titles;
  private final transient LiveUpdates live;
  private final transient ZoneId zone;
  private final AsOf asOf;
  private final transient OperationControl control;
  private final transient Questions questions;
  private final OperationActions actions;
  private final PreviewPanel preview = new PreviewPanel();
  private final DifferencesPanel differences;
  private final UnorderedList history = new UnorderedList();
  private final transient Drawn<List<OperationStep>> drawnHistory = new Drawn<>();
  private final transient Clock clock;
  private final Div missing = new Div();
  private final Div content = new Div();
  private final H2 heading = new H2();
  private final LiveFacts facts = new LiveFacts();
  private final ProgressBar bar = new ProgressBar();
  private final Span words = new Span();
  private final Div notices = new Div();
  private final OperationItems items;
  private String id = "";
  private @Nullable String titled;
  private String exceptionTitle = "";
  private transient @Nullable Registration watching;

  OperationView(
      Operations operations,
      Recovery recovery,
      Discards discards,
      EditAndRetry edits,
      RuleAgain rules,
      Replays replays,
      OperationControl control,
      Questions questions,
      Settlements settlements,
      SubjectTitles titles,
      CurrentOperator currentOperator,
      LiveUpdates live,
      AsOf asOf,
      ZoneId consoleZone,
      Clock clock) {
    this.operations = operations;
    this.control = control;
    this.questions = questions;
    this.titles = titles;
    this.clock = clock;
    this.differences = new DifferencesPanel(operations, clock);
    this.actions =
        new OperationActions(
            recovery,
            discards,
            edits,
            rules,
            replays,
            control,
            questions,
            currentOperator,
            this::changed);
    this.live = live;
    this.zone = consoleZone;
    this.asOf = asOf;
    this.items =
        new OperationItems(this::navigate, new Settling(settlements, currentOperator), zone);
    addClassName(TillpostTheme.VIEW);
    missing.addClassName(TillpostTheme.EMPTY_STATE);
    missing.setVisible(false);
    heading.addClassName(TillpostTheme.PANEL_TITLE);
    notices.addClassName(TillpostTheme.QUIET);
    Div panel = new Div(heading, facts, bar, words, notices, actions);
    panel.addClassName(TillpostTheme.PANEL);
    H3 historyTitle = new H3("What happened");
    historyTitle.addClassName(TillpostTheme.PANEL_TITLE);
    Div steps = new Div(historyTitle, history);
    steps.addClassName(TillpostTheme.PANEL);
    content.add(panel, preview, differences, items, steps);
    content.setVisible(false);
    content.getStyle().set("display", "grid").set("gap", "0.75rem");
    add(asOf, missing, content);
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    String asked = event.getRouteParameters().get("operationId").orElse("");
    if (!asked.equals(id)) {
      // What can be pressed here belongs to the one before, until the other one is known.
      content.setVisible(false);
      missing.setVisible(false);
    }
    id = asked;
    items.read(event.getLocation().getQueryParameters());
    watch();
  }

  @Override
  public String getPageTitle() {
    return "Operation";
  }

  private void watch() {
    if (watching != null) {
      watching.remove();
    }
    String wanted = id;
    Set<ItemState> states = items.states();
    ItemPlace place = items.place();
    watching =
        live.watch(
            this,
            LiveKey.of("operation", EVERY, wanted, states, place),
            () ->
                new Now(
                    operations.find(wanted),
                    operations.page(wanted, states, OperationItems.PAGE, place),
                    questions.latestOf(wanted)),
            this::show);
  }

  private void show(Live<Now> result) {
    asOf.show(result);
    switch (result) {
      case Live.Fresh<Now> fresh -> show(fresh.value());
      case Live.Stale<Now> stale -> stale.last().ifPresent(this::show);
    }
  }

  private void show(Now now) {
    missing.setText("There is no operation " + id + ". See all operations in the navigation.");
    missing.setVisible(now.progress().isEmpty());
    content.setVisible(now.progress().isPresent());
    now.progress().ifPresent(progress -> show(progress, now.question()));
    now.progress().ifPresent(progress -> items.show(progress, now.items()));
  }

  private void show(OperationProgress progress, Optional<QuestionProgress> question) {
    RecoveryOperation operation = progress.operation();
    String title = title(operation.scope().fingerprint());
    heading.setText(
        Outcomes.words(operation.action())
            + ": "
            + operation.scope().description()
            + (title.isEmpty() ? "" : ": " + title));
    Outlook outlook = operations.outlook(operation);
    facts.show(facts(progress, title, outlook));
    // Why it was given up stands beside its state already.
    boolean givenUp = operation.state() == OperationState.ABANDONED;
    bar.setVisible(!operation.state().waiting() && !givenUp);
    words.setVisible(!givenUp);
    notices.setText(operation.state().active() ? String.join(" ", outlook.notices()) : "");
    preview.show(operation, outlook, control.approvalNeeded(operation));
    differences.show(operation);
    actions.show(progress, question);
    showHistory(operation);
    showBar(progress);
    words.setText(OperationsView.progress(progress));
  }

  private List<Fact> facts(OperationProgress progress, String title, Outlook outlook) {
    RecoveryOperation operation = progress.operation();
    List<Fact> told = new ArrayList<>();
    String state = state(operation);
    told.add(new Fact("State", state, () -> OperationLinks.in(state)));
    told.add(Fact.of("Asked for by", operation.requestedBy()));
    told.add(Fact.of("At", moment(operation.requestedAt())));
    if (!operation.reason().isBlank()) {
      told.add(Fact.of("Reason", operation.reason()));
    }
    String fingerprint = operation.scope().fingerprint();
    if (fingerprint != null) {
      String words = title.isEmpty() ? "The exception it belongs to" : title;
      told.add(
          new Fact(
              "Exception",
              List.of(fingerprint, words),
              () -> new Component[] {new Anchor("exceptions/" + fingerprint, words)}));
    }
    told.add(Fact.of("Channel", channel(operation)));
    if (operation.state().active() && !operation.action().onlyRecorded()) {
      told.add(Fact.of("Pace", pace(progress, outlook)));
    }
    return told;
  }

  private static String channel(RecoveryOperation operation) {
    if (operation.action().onlyRecorded()) {
      return "None: nothing is sent";
    }
    return operation.channel().equals(RecoveryOperation.NO_CHANNEL)
        ? "Not known: its messages are not read"
        : operation.channel();
  }

  private void showBar(OperationProgress progress) {
    bar.setValue(progress.share());
    bar.getElement()
        .setAttribute(
            "aria-label",
            progress
                .preparation()
                .map(
                    soFar ->
                        soFar.read() == null
                            ? "Messages that are prepared"
                            : "Messages that are read")
                .orElse("Messages that came to an outcome"));
  }

  /** What the exception is called; blank where there is none. Asked for once. */
  private String title(@Nullable String fingerprint) {
    if (fingerprint == null) {
      return "";
    }
    if (!fingerprint.equals(titled)) {
      titled = fingerprint;
      exceptionTitle = titles.ofExceptions(Set.of(fingerprint)).getOrDefault(fingerprint, "");
    }
    return exceptionTitle;
  }

  private void navigate(QueryParameters parameters) {
    getUI().ifPresent(ui -> ui.navigate("operations/" + id, parameters));
  }

  private String moment(@Nullable Instant at) {
    return at == null ? "" : MomentText.full(at, zone);
  }

  /** Moves at once, and on to another operation where one was planned. */
  private void changed(RecoveryOperation operation) {
    if (operation.id().equals(id)) {
      watch();
    } else {
      getUI().ifPresent(ui -> ui.navigate("operations/" + operation.id()));
    }
  }

  private static String state(RecoveryOperation operation) {
    OperationStep step = operation.decisive();
    return Outcomes.words(operation.state())
        + (step.actor() == null ? "" : " by " + step.actor())
        + (step.why() == null ? "" : ": " + step.why());
  }

  private String pace(OperationProgress progress, Outlook outlook) {
    String most =
        outlook.rates().entrySet().stream()
            .map(
                rate ->
                    "at most %s a second to %s".formatted(number(rate.getValue()), rate.getKey()))
            .collect(Collectors.joining(", "));
    return progress
        .perSecond(clock.instant())
        .map(now -> "%s a second so far, %s".formatted(number(now), most))
        .orElse(most);
  }

  private static String number(double value) {
    return value % 1 == 0 ? "%.0f".formatted(value) : "%.1f".formatted(value);
  }

  private void showHistory(RecoveryOperation operation) {
    if (!drawnHistory.differs(operation.history())) {
      return;
    }
    history.removeAll();
    operation
        .history()
        .forEach(
            step ->
                history.add(
                    new ListItem(
                        OperationLinks.in(
                            moment(step.at())
                                + " · "
                                + Outcomes.words(step.state())
                                + (step.actor() == null ? "" : " · " + step.actor())
                                + (step.why() == null ? "" : " · " + step.why())))));
  }

  private record Now(
      Optional<OperationProgress> progress, ItemPage items, Optional<QuestionProgress> question) {}
}
