package io.tillpost.console.exceptions.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.component.textfield.TextArea;
import io.tillpost.console.exceptions.Triage;
import io.tillpost.console.exceptions.TriageAnswer;
import io.tillpost.console.security.Team;
import io.tillpost.console.security.Teams;
import io.tillpost.console.text.MomentText;
import io.tillpost.failure.ExceptionGroup;
import io.tillpost.failure.ExceptionStatus;
import io.tillpost.failure.Fingerprint;
import io.tillpost.frontend.Complaint;
import io.tillpost.frontend.TillpostTheme;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What people did and said about an exception, latest first, and a place to say more. */
final class ActivityPanel extends Div {
  private static final int NAMED = 4;

  private final transient Triage triage;
  private final transient ZoneId zone;
  private final transient Supplier<Teams> teams;
  private final Runnable changed;
  private final TextArea text = new TextArea();
  private final Div writing = new Div();
  private final UnorderedList list = new UnorderedList();
  private transient @Nullable ExceptionGroup shown;

  /** What is written and not said yet, by exception: it must not be said about another one. */
  private final transient Map<String, String> drafts = new HashMap<>();

  /**
   * @param refusal why the operator may not comment; empty if they may
   */
  ActivityPanel(
      Triage triage,
      ZoneId zone,
      Optional<String> refusal,
      Supplier<Teams> teams,
      Runnable changed) {
    this.triage = triage;
    this.zone = zone;
    this.teams = teams;
    this.changed = changed;
    addClassName(TillpostTheme.PANEL);
    H3 heading = new H3("Activity and comments");
    heading.addClassName(TillpostTheme.PANEL_TITLE);
    text.setPlaceholder("What do the others need to know?");
    text.setAriaLabel("Comment");
    text.setMaxLength(Triage.LONGEST_COMMENT);
    text.setWidthFull();
    Button comment = new Button("Comment", _ -> comment());
    add(heading);
    writing.add(text, comment);
    if (refusal.isPresent()) {
      Span why = new Span(refusal.get());
      why.addClassName(TillpostTheme.QUIET);
      add(why);
    } else {
      add(writing);
    }
    list.addClassName("tillpost-activity");
    add(list);
  }

  void show(ExceptionGroup exception) {
    if (exception.equals(shown)) {
      return;
    }
    text.setHelperText(whomToAsk());
    draftOf(exception);
    shown = exception;
    // What was merged is talked about where it is now.
    writing.setVisible(exception.status() != ExceptionStatus.MERGED);
    list.removeAll();
    Stream.concat(
            exception.comments().stream().map(c -> new Line(c.at(), c.author() + ": " + c.text())),
            exception.history().stream()
                .filter(step -> !step.what().equals("commented"))
                .map(
                    s ->
                        new Line(
                            s.at(),
                            (s.actor() == null ? "By itself" : s.actor()) + ": " + s.what())))
        .sorted(Comparator.comparing(Line::at).reversed())
        .forEach(line -> list.add(item(line)));
    if (exception.history().isEmpty()) {
      list.add(new ListItem("Nobody has done anything about it yet."));
    }
  }

  private String whomToAsk() {
    String person = "@name asks somebody: it is under Mine for them until they act.";
    List<Team> all = teams.get().all();
    if (all.isEmpty()) {
      return person;
    }
    return person
        + " %s%s asks a whole team, and is under My teams until one of it acts."
            .formatted(
                all.stream()
                    .limit(NAMED)
                    .map(team -> "@" + team.handle())
                    .collect(Collectors.joining(", ")),
                all.size() > NAMED ? " …" : "");
  }

  private void draftOf(ExceptionGroup exception) {
    if (shown != null && !shown.fingerprint().equals(exception.fingerprint())) {
      drafts.put(shown.fingerprint(), text.getValue());
      text.setValue(drafts.getOrDefault(exception.fingerprint(), ""));
      text.setInvalid(false);
    }
  }

  private ListItem item(Line line) {
    Span at = new Span(MomentText.full(line.at(), zone) + " ");
    at.addClassName(TillpostTheme.QUIET);
    Span words = new Span(line.words());
    words.getStyle().set("white-space", "pre-wrap");
    return new ListItem(at, words);
  }

  private void comment() {
    if (shown == null) {
      return;
    }
    switch (triage.comment(new Fingerprint(shown.fingerprint()), text.getValue())) {
      case TriageAnswer.Done done -> {
        text.clear();
        text.setInvalid(false);
        show(done.exception());
        changed.run();
      }
      case TriageAnswer.Invalid invalid -> Complaint.about(text, invalid.reason());
    }
  }

  private record Line(Instant at, String words) {}
}
