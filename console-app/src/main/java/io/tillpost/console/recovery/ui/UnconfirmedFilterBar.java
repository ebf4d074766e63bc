package io.tillpost.console.recovery.ui;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import com.vaadin.flow.router.QueryParameters;
import io.tillpost.console.recovery.operation.UnconfirmedFilter;
import io.tillpost.frontend.TillpostTheme;
import io.tillpost.message.Workflow;
import io.tillpost.message.Workflows;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Narrows the list of unconfirmed messages; what it says stands in the address of the page. */
final class UnconfirmedFilterBar extends Div {
  private static final String STORE = "store";
  private static final String TARGET = "target";
  private static final String WORKFLOW = "workflow";
  private static final int LONGEST = 200;

  private final TextField store = field("Store", "Any store");
  private final TextField target = field("Target", "Any target");
  private final Select<String> workflow = new Select<>();
  private final transient Workflows workflows;
  private final transient Consumer<Map<String, String>> changed;

  /**
   * @param changed is told of the parameters of the address when a person changes something
   */
  UnconfirmedFilterBar(Workflows workflows, Consumer<Map<String, String>> changed) {
    this.workflows = workflows;
    this.changed = changed;
    addClassName(TillpostTheme.TOOLBAR);
    workflow.setAriaLabel("Workflow");
    workflow.setEmptySelectionAllowed(true);
    workflow.setEmptySelectionCaption("Any workflow");
    workflow.setItemLabelGenerator(
        name -> name == null ? "Any workflow" : workflows.get(name).title());
    store.addValueChangeListener(e -> tell(e.isFromClient()));
    target.addValueChangeListener(e -> tell(e.isFromClient()));
    workflow.addValueChangeListener(e -> tell(e.isFromClient()));
    add(store, target, workflow);
  }

  /** What the address says. */
  UnconfirmedFilter read(QueryParameters parameters) {
    UnconfirmedFilter filter =
        new UnconfirmedFilter(
            text(parameters, STORE), text(parameters, TARGET), text(parameters, WORKFLOW));
    store.setValue(filter.store() == null ? "" : filter.store());
    target.setValue(filter.target() == null ? "" : filter.target());
    // Messages may be of a workflow that nobody has configured.
    workflow.setItems(
        Stream.concat(
                workflows.all().stream().map(Workflow::name), Stream.ofNullable(filter.workflow()))
            .distinct()
            .toList());
    workflow.setValue(filter.workflow());
    return filter;
  }

  /** What is chosen now, as it stands in the address. */
  Map<String, String> parameters() {
    Map<String, String> parameters = new LinkedHashMap<>();
    store.getOptionalValue().ifPresent(id -> parameters.put(STORE, id));
    target.getOptionalValue().ifPresent(name -> parameters.put(TARGET, name));
    workflow.getOptionalValue().ifPresent(name -> parameters.put(WORKFLOW, name));
    return parameters;
  }

  private void tell(boolean byAPerson) {
    if (byAPerson) {
      changed.accept(parameters());
    }
  }

  private static String text(QueryParameters parameters, String name) {
    String text = parameters.getSingleParameter(name).orElse("").strip();
    return text.substring(0, Math.min(text.length(), LONGEST));
  }

  private static TextField field(String label, String any) {
    TextField field = new TextField();
    field.setAriaLabel(label);
    field.setPlaceholder(any);
    field.setMaxLength(LONGEST);
    field.setClearButtonVisible(true);
    field.setValueChangeMode(ValueChangeMode.ON_CHANGE);
    return field;
  }
}
