package io.tillpost.console.exceptions.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.combobox.MultiSelectComboBox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import io.tillpost.console.exceptions.ExceptionFilter;
import io.tillpost.console.exceptions.ExceptionSummary;
import io.tillpost.console.security.Team;
import io.tillpost.console.security.Teams;
import io.tillpost.failure.FailureClass;
import io.tillpost.failure.OwnerSide;
import io.tillpost.frontend.TillpostTheme;
import io.tillpost.frontend.TypedText;
import io.tillpost.location.StoreDirectory;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The filters above the list. Tells of a change by a person only. */
final class ExceptionFilterBar extends Div {
  private static final String ANYBODY = "";

  private final TextField text = new TextField();
  private final MultiSelectComboBox<String> workflows = new MultiSelectComboBox<>();
  private final MultiSelectComboBox<String> targets = new MultiSelectComboBox<>();
  private final MultiSelectComboBox<FailureClass> classes = new MultiSelectComboBox<>();
  private final Select<OwnerSide> side = new Select<>();
  private final Select<String> assignee = new Select<>();
  private final Select<String> team = new Select<>();
  private final String me;
  private transient Set<String> knownWorkflows = Set.of();
  private transient Set<String> knownTargets = Set.of();
  private transient Set<String> knownTeams = Set.of();
  private transient List<String> offeredTeams = List.of();
  private boolean offersMine;

  /** As they are spelled in the configuration. */
  private transient List<String> configured = List.of();

  private transient List<String> knownCurrencies = List.of();

  /** The filter of the address, with what has no field here. */
  private transient ExceptionFilter shown = ExceptionFilter.ALL;

  ExceptionFilterBar(String me, StoreDirectory directory, Consumer<ExceptionFilter> changed) {
    this.me = me;
    addClassNames(TillpostTheme.TOOLBAR, "tillpost-filters");
    text.setPlaceholder("Search: failure, receipt, store …");
    text.setAriaLabel("Search");
    text.setClearButtonVisible(true);
    text.setValueChangeMode(ValueChangeMode.LAZY);
    text.setWidth("14rem");
    workflows.setPlaceholder("Any workflow");
    workflows.getElement().setAttribute("aria-label", "Workflow");
    targets.setPlaceholder("Any target");
    targets.getElement().setAttribute("aria-label", "Target");
    classes.setPlaceholder("Any class");
    classes.getElement().setAttribute("aria-label", "Class");
    classes.setItems(FailureClass.values());
    classes.setItemLabelGenerator(Words::of);
    side.setItems(OwnerSide.values());
    side.setItemLabelGenerator(s -> s == null ? "Any side" : Words.of(s));
    side.setEmptySelectionAllowed(true);
    side.setEmptySelectionCaption("Any side");
    side.setAriaLabel("Owner side");
    assignee.setAriaLabel("Assignee");
    assignee.setItemLabelGenerator(this::assigneeWords);
    assignee.setItems(ANYBODY, me, ExceptionFilter.NOBODY);
    assignee.setValue(ANYBODY);
    team.setAriaLabel("Team");
    team.setItemLabelGenerator(ExceptionFilterBar::teamWords);
    team.setItems(ANYBODY, ExceptionFilter.NO_TEAM);
    team.setValue(ANYBODY);
    for (MultiSelectComboBox<?> box : List.of(workflows, targets, classes)) {
      box.setWidth("9.5rem");
      box.addValueChangeListener(e -> tell(e.isFromClient(), changed));
    }
    side.setWidth("7.5rem");
    assignee.setWidth("7.5rem");
    team.setWidth("7.5rem");
    text.addValueChangeListener(e -> tell(e.isFromClient(), changed));
    side.addValueChangeListener(e -> tell(e.isFromClient(), changed));
    assignee.addValueChangeListener(e -> tell(e.isFromClient(), changed));
    team.addValueChangeListener(e -> tell(e.isFromClient(), changed));
    Button more =
        new Button(
            "More filters…",
            _ -> new MoreFiltersDialog(shown, directory, knownCurrencies, changed).open());
    add(text, workflows, targets, classes, side, assignee, team, more);
  }

  /** Shows the filter of the address. */
  void show(ExceptionFilter filter) {
    shown = filter;
    offer(filter.workflows(), filter.targets());
    TypedText.show(text, Objects.requireNonNullElse(filter.text(), ""));
    workflows.setValue(filter.workflows());
    targets.setValue(filter.targets());
    classes.setValue(filter.classes());
    side.setValue(filter.side());
    String who = Objects.requireNonNullElse(filter.assignee(), ANYBODY);
    if (!List.of(ANYBODY, me, ExceptionFilter.NOBODY).contains(who)) {
      assignee.setItems(ANYBODY, me, ExceptionFilter.NOBODY, who);
    }
    assignee.setValue(who);
    String which = filter.team();
    offersMine |= filter.asksForMyTeams();
    offerTeams(which == null ? Set.of() : Set.of(which));
    team.setValue(which == null ? ANYBODY : offered(which));
  }

  /** Offers what there is to choose from, besides what is chosen. */
  void offer(Collection<ExceptionSummary> exceptions, Teams teams) {
    knownCurrencies =
        exceptions.stream()
            .flatMap(e -> e.group().money().minorByCurrency().keySet().stream())
            .distinct()
            .toList();
    offer(
        exceptions.stream().map(e -> e.group().workflow()).toList(),
        exceptions.stream().flatMap(e -> Stream.ofNullable(e.group().target())).toList());
    offersMine |= !teams.isEmpty();
    configured = teams.all().stream().map(Team::name).toList();
    offerTeams(exceptions.stream().flatMap(e -> Stream.ofNullable(e.team())).toList());
  }

  private void offerTeams(Collection<String> some) {
    // One team that is written in two ways is offered once, as the filter takes it.
    Set<String> all = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    all.addAll(configured);
    all.addAll(knownTeams);
    all.addAll(some);
    List<String> words = new ArrayList<>(List.of(ANYBODY));
    if (offersMine) {
      words.add(ExceptionFilter.MY_TEAMS);
    }
    words.add(ExceptionFilter.NO_TEAM);
    words.forEach(all::remove);
    knownTeams = all;
    words.addAll(all);
    if (!words.equals(offeredTeams)) {
      offeredTeams = words;
      String chosen = team.getValue();
      team.setItems(words);
      team.setValue(chosen == null ? ANYBODY : offered(chosen));
    }
  }

  private String offered(String which) {
    return knownTeams.stream().filter(which::equalsIgnoreCase).findFirst().orElse(which);
  }

  void focusSearch() {
    text.focus();
  }

  private void offer(Collection<String> someWorkflows, Collection<String> someTargets) {
    Set<String> allWorkflows = new TreeSet<>(knownWorkflows);
    if (allWorkflows.addAll(someWorkflows)) {
      knownWorkflows = allWorkflows;
      Set<String> chosen = workflows.getValue();
      workflows.setItems(allWorkflows);
      workflows.setValue(chosen);
    }
    Set<String> allTargets = new TreeSet<>(knownTargets);
    if (allTargets.addAll(someTargets)) {
      knownTargets = allTargets;
      Set<String> chosen = targets.getValue();
      targets.setItems(allTargets);
      targets.setValue(chosen);
    }
  }

  private void tell(boolean byPerson, Consumer<ExceptionFilter> changed) {
    if (byPerson) {
      changed.accept(
          shown.with(
              filter ->
                  filter
                      .workflows(workflows.getValue())
                      .targets(targets.getValue())
                      .classes(classes.getValue())
                      .side(side.getValue())
                      .assignee(ANYBODY.equals(assignee.getValue()) ? null : assignee.getValue())
                      .team(ANYBODY.equals(team.getValue()) ? null : team.getValue())
                      .text(text.getValue())));
    }
  }

  private static String teamWords(String name) {
    if (name.equals(ANYBODY)) {
      return "Any team";
    }
    if (name.equals(ExceptionFilter.MY_TEAMS)) {
      return "My teams";
    }
    return name.equals(ExceptionFilter.NO_TEAM) ? "No team" : name;
  }

  private String assigneeWords(String id) {
    if (id.equals(ANYBODY)) {
      return "Anybody";
    }
    if (id.equals(me)) {
      return "Mine";
    }
    return id.equals(ExceptionFilter.NOBODY) ? "Nobody" : id;
  }
}
