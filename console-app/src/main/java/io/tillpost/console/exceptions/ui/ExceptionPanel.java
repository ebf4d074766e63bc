package io.tillpost.console.exceptions.ui;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.AnchorTarget;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import io.tillpost.console.exceptions.ExceptionDetail;
import io.tillpost.console.exceptions.ExceptionSummary;
import io.tillpost.console.exceptions.RuleSuggestions.Suggestion;
import io.tillpost.console.exceptions.TriageProperties;
import io.tillpost.console.messages.MessageStory;
import io.tillpost.console.recovery.due.AutomaticNotice;
import io.tillpost.console.recovery.operation.OperationProgress;
import io.tillpost.console.security.CurrentOperator;
import io.tillpost.console.text.AgeText;
import io.tillpost.console.text.MoneyText;
import io.tillpost.console.text.VisibleText;
import io.tillpost.failure.ExceptionMerge;
import io.tillpost.failure.ExceptionStatus;
import io.tillpost.failure.Fingerprint;
import io.tillpost.failure.IgnoredUntil;
import io.tillpost.failure.OwnerSide;
import io.tillpost.failure.SideChange;
import io.tillpost.failure.SideClock;
import io.tillpost.frontend.Severity;
import io.tillpost.frontend.SeverityBadge;
import io.tillpost.frontend.TillpostTheme;
import io.tillpost.frontend.chart.Sparkline;
import io.tillpost.location.StoreDirectory;
import io.tillpost.message.Workflows;
import io.tillpost.store.ImpactQueries.Point;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One exception in full: what it means, what to do, why these messages, and one that stands for
 * all.
 */
final class ExceptionPanel extends Div {
  private final transient Workflows workflows;
  private final transient ZoneId zone;
  private final transient Clock clock;
  private final transient TriageProperties properties;
  private final transient CurrentOperator currentOperator;
  private final H2 title = new H2();
  private final SeverityBadge status = new SeverityBadge(Severity.INFO);
  private final Span where = new Span();
  private final Span kind = new Span();
  private final Span owner = new Span();
  private final Div impact = new Div();
  private final TriageActions actions;
  private final RegroupedList regrouped;
  private final AutomaticRetryLine automatic;
  private final OperationList operations;
  private final Div operationsPanel;
  private final Span grouped = new Span();
  private final Div why;
  private final Div when;
  private final Span helped = new Span();
  private final Div helpedPanel;
  private final Anchor ticket = new Anchor();
  private final Anchor runbook = new Anchor();
  private final Div sides = new Div();
  private final Div ignored = new Div();
  private final Div classified;
  private final Span classifiedBy = new Span();
  private final Paragraph ownedBy = new Paragraph();
  private final Anchor rule = new Anchor("rules", "Rules");
  private final Span repeated = new Span();
  private final Sparkline trend = new Sparkline();
  private transient @Nullable Fingerprint shown;
  private final Anchor messages = new Anchor();
  private final StoreCounts stores;
  private final Div storesPanel;
  private final SamplePanel sample;
  private final ActivityPanel activity;

  ExceptionPanel(
      Workflows workflows,
      StoreDirectory directory,
      ZoneId zone,
      Clock clock,
      TriageProperties properties,
      CurrentOperator currentOperator,
      TriageActions actions,
      RegroupedList regrouped,
      AutomaticRetryLine automatic,
      SamplePanel sample,
      ActivityPanel activity) {
    this.workflows = workflows;
    this.zone = zone;
    this.clock = clock;
    this.properties = properties;
    this.currentOperator = currentOperator;
    this.actions = actions;
    this.regrouped = regrouped;
    this.automatic = automatic;
    this.sample = sample;
    this.activity = activity;
    title.addClassName(TillpostTheme.PANEL_TITLE);
    Div badges = new Div(status, where, kind, owner);
    badges.addClassNames(TillpostTheme.TOOLBAR, "tillpost-facts-line");
    impact.addClassName("tillpost-lead");
    trend.addClassName("tillpost-trend");
    sides.addClassName(TillpostTheme.QUIET);
    Div links = new Div(away(runbook), away(ticket));
    links.addClassNames(TillpostTheme.TOOLBAR, "tillpost-facts-line");
    Div head = new Div(title, badges, impact, ignored, sides, links, automatic, actions);
    head.addClassName(TillpostTheme.PANEL);
    operations = new OperationList(zone);
    operationsPanel = Panels.of("Recovery", operations);
    why = Panels.of("Why grouped", grouped, messages, regrouped);
    helpedPanel = Panels.of("What helped last time", helped);
    classified = Panels.of("Why this class", new Paragraph(classifiedBy, rule, repeated), ownedBy);
    stores = new StoreCounts(directory);
    storesPanel = Panels.of("Stores", stores);
    when = Panels.of("New failures in the last 12 hours", trend);
    add(head, operationsPanel, helpedPanel, sample, why, classified, when, storesPanel, activity);
    addClassName("tillpost-inbox-panel");
    getElement().setAttribute("tabindex", "-1");
  }

  void show(
      ExceptionDetail detail,
      Optional<MessageStory> story,
      List<OperationProgress> runs,
      Optional<Suggestion> suggestion,
      String whatHelped,
      Optional<AutomaticNotice> notice) {
    Optional<ExceptionSummary> summary = detail.summary();
    if (!detail.fingerprint().equals(shown)) {
      shown = detail.fingerprint();
      // What is known of the one before says nothing of this one.
      grouped.setText("");
    }
    // A retry under way leaves none failed: that is recovering, and resolved once all are through.
    status.set(Words.severity(detail.status()), detail.status().title());
    List.of(where, kind, owner).forEach(words -> words.setVisible(summary.isPresent()));
    title.setText(detail.title());
    regrouped.show(detail);
    summary.ifPresentOrElse(this::show, () -> without(detail));
    actions.show(detail);
    automatic.show(TriageActions.fingerprint(detail), notice);
    showClass(detail, summary, suggestion);
    helped.setText(whatHelped);
    helpedPanel.setVisible(!whatHelped.isEmpty());
    showRunbook(summary);
    showTicket(detail.triage().ticket());
    IgnoredUntil until = detail.triage().ignoredUntil();
    ignored.setVisible(until != null && detail.status() == ExceptionStatus.IGNORED);
    ignored.setText(until == null ? "" : "Ignored until " + Words.of(until, zone) + ".");
    sides.setText(summary.map(this::sides).orElse(""));
    operations.show(runs);
    operationsPanel.setVisible(!runs.isEmpty());
    trend.set(
        detail.trend().stream().map(Point::count).toList(),
        "New failures in each half hour of the last 12 hours");
    when.setVisible(detail.mergedInto().isEmpty());
    storesPanel.setVisible(!detail.stores().isEmpty());
    stores.show(detail);
    sample.setVisible(story.isPresent() || detail.group().isPresent());
    story.ifPresentOrElse(sample::show, sample::showNone);
    activity.show(detail.triage());
  }

  private void show(ExceptionSummary summary) {
    where.setText(ExceptionGrid.where(summary, workflows));
    kind.setText(Words.of(summary.failureClass()) + ": " + Words.meaning(summary.failureClass()));
    owner.setText(Words.owner(summary));
    impact.setText(
        "%s of %s · %s · oldest %s"
            .formatted(
                ExceptionGrid.counted(summary.group().messages(), "message"),
                ExceptionGrid.counted(summary.group().stores(), "store"),
                MoneyText.of(summary.group().money()),
                AgeText.of(Duration.between(summary.group().oldest(), clock.instant()))));
    String template = VisibleText.of(Fingerprint.template(summary.group().sample().message()));
    grouped.setText(
        "Failures of the same workflow, target, code %s and text “%s”, where * stands for what differs. "
            .formatted(summary.group().sample().code(), template));
    messages.setHref("messages?exception=" + summary.fingerprint().value());
    messages.setText(
        summary.group().messages() == 1
            ? "The message"
            : "All %,d messages".formatted(summary.group().messages()));
    messages.setVisible(true);
    why.setVisible(true);
  }

  private void without(ExceptionDetail detail) {
    messages.setVisible(false);
    Optional<ExceptionMerge> merge = detail.mergedInto();
    if (merge.isPresent()) {
      impact.setText(
          "Its messages, also those that fail later, are in “%s”."
              .formatted(merge.get().intoTitle()));
      grouped.setText("");
      why.setVisible(true);
      return;
    }
    impact.setText("None of its messages is failed any more.");
    // On a page that never saw one of its messages nothing is known to say.
    why.setVisible(!grouped.getText().isEmpty() || regrouped.isVisible());
  }

  private void showClass(
      ExceptionDetail detail, Optional<ExceptionSummary> summary, Optional<Suggestion> suggestion) {
    classified.setVisible(summary.isPresent());
    summary.ifPresent(
        found ->
            classifiedBy.setText(
                Words.of(found.failureClass())
                    + ": "
                    + detail.classOrigin(currentOperator.get()).orElse("")
                    + ". "));
    ownedBy.setText("Who has it: " + detail.ownership().origin() + ".");
    String like = summary.map(found -> "?like=" + found.fingerprint().value()).orElse("");
    rule.setHref(suggestion.isPresent() ? "rules" + like : "rules");
    rule.setText(suggestion.isPresent() ? "Make it a rule…" : "Rules");
    repeated.setText(
        suggestion.filter(Suggestion::isRepeated).map(s -> " " + s.words()).orElse(""));
  }

  /** What is opened must not reach back into the console, nor learn where it stands. */
  private static Anchor away(Anchor link) {
    link.setTarget(AnchorTarget.BLANK);
    link.getElement().setAttribute("rel", "noopener noreferrer");
    return link;
  }

  private void showRunbook(Optional<ExceptionSummary> summary) {
    Optional<String> address = summary.flatMap(s -> properties.runbook(s.failureClass()));
    runbook.setVisible(address.isPresent());
    runbook.setHref(address.orElse(""));
    runbook.setText(summary.map(s -> "Runbook for " + Words.of(s.failureClass())).orElse(""));
  }

  private void showTicket(@Nullable String address) {
    ticket.setVisible(address != null);
    ticket.setHref(address == null ? "" : address);
    ticket.setText(address == null ? "" : "Ticket: " + address);
  }

  /** How long it has been with each side, and how often it went over to the other. */
  private String sides(ExceptionSummary summary) {
    SideClock with =
        SideClock.of(
            summary.group().firstFailed(),
            summary.ownerSide(),
            summary.triage().sideHistory(),
            clock.instant());
    return with.handOvers() == 0
        ? "With %s %s · never handed over"
            .formatted(Words.of(summary.ownerSide()), AgeText.of(with.with(summary.ownerSide())))
        : "With Business %s, with IT %s · handed over %s, last %s"
            .formatted(
                AgeText.of(with.with(OwnerSide.BUSINESS)),
                AgeText.of(with.with(OwnerSide.IT)),
                with.handOvers() == 1 ? "once" : "%,d times".formatted(with.handOvers()),
                who(summary.triage().sides().getLast()));
  }

  private static String who(SideChange change) {
    return change.isByRule() ? change.actor() : "by " + change.actor();
  }
}
