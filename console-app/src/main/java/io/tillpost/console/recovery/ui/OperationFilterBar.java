package io.tillpost.console.recovery.ui;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import com.vaadin.flow.router.QueryParameters;
import io.tillpost.console.recovery.operation.OperationFilter;
import io.tillpost.frontend.TillpostTheme;
import io.tillpost.recovery.OperationState;
import io.tillpost.recovery.RecoveryAction;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Narrows the list of operations; what it says stands in the address of the page. */
final class OperationFilterBar extends Div {
  private static final String ACTION = "action";
  private static final String STATE = "state";
  private static final String WHO = "who";

  private final Select<RecoveryAction> action = new Select<>();
  private final Select<OperationState> state = new Select<>();
  private final TextField who = new TextField();
  private final Consumer<QueryParameters> changed;

  /**
   * @param changed is told of the address when a person changes something
   */
  OperationFilterBar(Consumer<QueryParameters> changed) {
    this.changed = changed;
    addClassName(TillpostTheme.TOOLBAR);
    action.setAriaLabel("Action");
    action.setItems(RecoveryAction.values());
    action.setEmptySelectionAllowed(true);
    action.setEmptySelectionCaption("Any action");
    action.setItemLabelGenerator(a -> a == null ? "Any action" : Outcomes.words(a));
    state.setAriaLabel("State");
    state.setItems(OperationState.values());
    state.setEmptySelectionAllowed(true);
    state.setEmptySelectionCaption("Any state");
    state.setItemLabelGenerator(s -> s == null ? "Any state" : Outcomes.words(s));
    who.setPlaceholder("By anybody");
    who.setAriaLabel("Who");
    who.setValueChangeMode(ValueChangeMode.ON_CHANGE);
    action.addValueChangeListener(e -> tell(e.isFromClient()));
    state.addValueChangeListener(e -> tell(e.isFromClient()));
    who.addValueChangeListener(e -> tell(e.isFromClient()));
    add(action, state, who);
  }

  /** What the address says; what it says wrongly is left out. */
  OperationFilter read(QueryParameters parameters) {
    Optional<RecoveryAction> wantedAction = one(parameters, ACTION, RecoveryAction.values());
    Optional<OperationState> wantedState = one(parameters, STATE, OperationState.values());
    String wantedWho = parameters.getSingleParameter(WHO).orElse("");
    action.setValue(wantedAction.orElse(null));
    state.setValue(wantedState.orElse(null));
    who.setValue(wantedWho);
    return new OperationFilter(
        wantedAction.map(Set::of).orElse(Set.of()),
        wantedState.map(Set::of).orElse(Set.of()),
        wantedWho);
  }

  private void tell(boolean byAPerson) {
    if (!byAPerson) {
      return;
    }
    Map<String, String> parameters = new LinkedHashMap<>();
    action.getOptionalValue().ifPresent(a -> parameters.put(ACTION, a.name()));
    state.getOptionalValue().ifPresent(s -> parameters.put(STATE, s.name()));
    if (!who.isEmpty()) {
      parameters.put(WHO, who.getValue());
    }
    changed.accept(QueryParameters.simple(parameters));
  }

  private static <E extends Enum<E>> Optional<E> one(
      QueryParameters parameters, String name, E[] values) {
    return parameters
        .getSingleParameter(name)
        .flatMap(text -> Arrays.stream(values).filter(v -> v.name().equals(text)).findFirst());
  }
}
