package io.tillpost.console.exceptions.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.details.Details;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Pre;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.component.notification.Notification;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.BeforeLeaveEvent;
import com.vaadin.flow.router.BeforeLeaveObserver;
import com.vaadin.flow.router.Menu;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import io.tillpost.console.classification.RuleBook;
import io.tillpost.console.classification.RuleProblem;
import io.tillpost.console.classification.RuleVersion;
import io.tillpost.console.classification.SaveAnswer;
import io.tillpost.console.exceptions.Fingerprints;
import io.tillpost.console.exceptions.RuleSuggestions;
import io.tillpost.console.exceptions.RuleTrial;
import io.tillpost.console.security.CurrentOperator;
import io.tillpost.console.security.Permission;
import io.tillpost.console.text.MomentText;
import io.tillpost.frontend.TillpostTheme;
import io.tillpost.frontend.Unsaved;
import jakarta.annotation.security.RolesAllowed;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The rules that classify: read, tried, saved, and every version there was. */
@Route("rules")
@PageTitle("Classification rules")
@Menu(title = "Rules", order = 2.5, icon = "vaadin:tags")
@RolesAllowed(Permission.Name.VIEW)
final class RulesView extends Div implements BeforeEnterObserver, BeforeLeaveObserver {
  private final transient RuleBook book;
  private final transient RuleTrial trial;
  private final transient RuleSuggestions suggestions;
  private final transient ZoneId zone;
  private final TextArea text = new TextArea("Rules");
  private final TextField reason = new TextField("Why are they changed?");
  private final Button save = new Button("Save", _ -> save());
  private final Span hint = new Span();
  private final UnorderedList problems = new UnorderedList();
  private final RuleOutcome outcome = new RuleOutcome();
  private final UnorderedList versions = new UnorderedList();
  private final transient Unsaved unsaved = new Unsaved(getElement());
  private String opened = "";
  private int basedOn;

  RulesView(
      RuleBook book,
      RuleTrial trial,
      RuleSuggestions suggestions,
      CurrentOperator currentOperator,
      ZoneId consoleZone) {
    this.book = book;
    this.trial = trial;
    this.suggestions = suggestions;
    this.zone = consoleZone;
    addClassNames(TillpostTheme.VIEW, "tillpost-stack");
    Optional<String> refusal = currentOperator.refusal(Permission.CHANGE_RULES);
    text.addClassNames(TillpostTheme.CODE, "tillpost-rules");
    text.setWidthFull();
    text.setMaxRows(24);
    text.setReadOnly(refusal.isPresent());
    text.getElement().setAttribute("spellcheck", "false");
    text.addValueChangeListener(_ -> unsaved.is(!text.getValue().equals(opened)));
    problems.getElement().setAttribute("role", "alert");
    hint.getElement().setAttribute("role", "status");
    Button attempt = new Button("Try against the last 7 days", _ -> attempt());
    save.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    save.setEnabled(refusal.isEmpty());
    reason.setReadOnly(refusal.isPresent());
    reason.setMaxLength(500);
    reason.addClassName("tillpost-search");
    Div acts = new Div(attempt, reason, save);
    acts.addClassName(TillpostTheme.TOOLBAR);
    acts.getStyle().set("align-items", "end");
    Span why = new Span(refusal.orElse(""));
    why.addClassName(TillpostTheme.QUIET);
    Paragraph words =
        new Paragraph(
            "The first rule that matches gives a failure its class, before what the reporting"
                + " system claims, and may say which team has the exception and who deals with"
                + " it. What somebody decided by hand stays. Saved rules count at once, also for"
                + " the exceptions that are there.");
    Div editor = new Div(words, text, howTo(), hint, problems, acts, why);
    editor.addClassNames(TillpostTheme.PANEL, "tillpost-stack");
    outcome.setVisible(false);
    add(editor, outcome, Panels.of("Versions", versions));
  }

  /** What a rule can ask for, with an example that can be copied. */
  private static Details howTo() {
    Pre example =
        new Pre(
            """
            rules:
              - rule: Tax code of the old country      # its name
                class: master-data                     # transient, business-rule, mapping, master-data, security, unknown
                owner: it                              # optional: business or it
                team: Master data                      # optional: the team that has it
                assignee: anna                         # optional: the user name of who deals with it
                workflow: [sales-posting, returns]     # a list means any of these
                target: erp*                           # * stands for anything
                code: TAX_*
                text: tax code                         # anywhere in the text of the error
                http-status: [429, 5xx, 500-504]
                field: lines[*].taxCode                # the field that the failure points at
                payload:                               # what stands in the payload: all of these
                  lines[*].taxCode: [DE-19X, DE-16*]   # JSON; [2] only the third, [*] any
                  /sale/line/@unit: pcs                # XML; /sale/line[2] only the second
            """);
    example.addClassName(TillpostTheme.CODE);
    example.getElement().setAttribute("tabindex", "0");
    example.getStyle().set("overflow-x", "auto");
    Paragraph words =
        new Paragraph(
            "Who has an exception by hand, or was the first to act on it, stays before what a rule"
                + " says; so does nobody by hand. An assignee has to be a user who may classify; one"
                + " who leaves the users file later counts as nobody, and the team stays. All that a"
                + " rule asks for has to hold; upper and lower case are the same. A payload is"
                + " read of the message that stands for the exception. One that is broken, nested"
                + " deeper than 100 levels or has a document type has no fields; the first 500"
                + " characters of a value and the first 200 values of a field are compared, up to"
                + " 20,000 characters of a field.");
    return new Details("How a rule is written", words, example);
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    Map<String, List<String>> asked = event.getLocation().getQueryParameters().getParameters();
    List<RuleVersion> history = book.history();
    RuleVersion current = history.getFirst();
    basedOn = current.number();
    RuleVersion shown =
        first(asked, "version")
            .flatMap(
                number -> history.stream().filter(v -> number.equals("" + v.number())).findFirst())
            .orElse(current);
    open(shown.text());
    hint.setText(
        shown.number() == current.number()
            ? ""
            : "This is version %d. Version %d counts; saving this makes it a new version."
                .formatted(shown.number(), current.number()));
    first(asked, "like")
        .flatMap(Fingerprints::read)
        .flatMap(suggestions::of)
        .ifPresent(
            suggestion -> {
              open(suggestion.first(shown.text()));
              hint.setText(
                  "The first rule is suggested from what was decided by hand: look at it, try it,"
                      + " save it.");
            });
    problems.removeAll();
    outcome.setVisible(false);
    list(history);
  }

  @Override
  public void beforeLeave(BeforeLeaveEvent event) {
    unsaved.ask(event);
  }

  /** What is typed from now on is changed. */
  private void open(String rules) {
    opened = rules;
    text.setValue(rules);
    unsaved.is(false);
  }

  private static Optional<String> first(Map<String, List<String>> parameters, String name) {
    return parameters.getOrDefault(name, List.of()).stream().findFirst();
  }

  private void list(List<RuleVersion> history) {
    versions.removeAll();
    for (RuleVersion version : history) {
      Anchor link = new Anchor("rules?version=" + version.number(), "Version " + version.number());
      Instant at = version.at();
      String words =
          (at == null
                  ? " · "
                  : " · %s by %s · ".formatted(MomentText.full(at, zone), version.author()))
              + version.reason()
              + (version.number() == basedOn ? " · counts now" : "");
      // A paragraph, because links in running text are underlined there.
      versions.add(new ListItem(new Paragraph(link, new Span(words))));
    }
  }

  private void attempt() {
    switch (trial.of(text.getValue())) {
      case RuleTrial.Answer.Tried tried -> {
        problems.removeAll();
        outcome.show(tried.outcome());
        outcome.setVisible(true);
      }
      case RuleTrial.Answer.Invalid invalid -> complain(invalid.problems());
    }
  }

  private void save() {
    switch (book.save(text.getValue(), basedOn, reason.getValue())) {
      case SaveAnswer.Saved saved -> {
        Notification.show("Version %d counts now.".formatted(saved.version().number()));
        reason.clear();
        unsaved.is(false);
        getUI().ifPresent(ui -> ui.navigate("rules", QueryParameters.empty()));
        shown(saved.version());
      }
      case SaveAnswer.Invalid invalid -> complain(invalid.problems());
      case SaveAnswer.Refused refused -> {
        problems.removeAll();
        problems.add(new ListItem(refused.reason()));
      }
    }
  }

  /** Also where the address stays the same and so nothing is entered anew. */
  private void shown(RuleVersion version) {
    basedOn = version.number();
    open(version.text());
    hint.setText("");
    problems.removeAll();
    outcome.setVisible(false);
    list(book.history());
  }

  private void complain(List<RuleProblem> found) {
    outcome.setVisible(false);
    problems.removeAll();
    found.forEach(problem -> problems.add(new ListItem(problem.toString())));
  }
}
