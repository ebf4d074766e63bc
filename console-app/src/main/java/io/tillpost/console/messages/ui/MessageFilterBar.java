package io.tillpost.console.messages.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.combobox.MultiSelectComboBox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import com.vaadin.flow.router.QueryParameters;
import io.tillpost.frontend.TillpostTheme;
import io.tillpost.frontend.TypedText;
import io.tillpost.location.Store;
import io.tillpost.location.StoreDirectory;
import io.tillpost.message.MessageStatus;
import io.tillpost.message.Workflow;
import io.tillpost.message.Workflows;
import java.util.Arrays;
import java.util.Set;
import java.util.function.Consumer;

/** The filters above the list of messages. Tells a listener whenever the operator changes one. */
final class MessageFilterBar extends Div {
  private final TextField text = new TextField();
  private final MultiSelectComboBox<String> workflows = new MultiSelectComboBox<>();
  private final MultiSelectComboBox<MessageStatus> statuses = new MultiSelectComboBox<>();
  private final MultiSelectComboBox<String> stores = new MultiSelectComboBox<>();
  private final Checkbox attention = new Checkbox("Needs attention only");
  private final Button exception = new Button();
  private final transient Consumer<MessageFilter> changed;
  private MessageFilter shown = MessageFilter.of(QueryParameters.empty());

  MessageFilterBar(
      Workflows configured, StoreDirectory directory, Consumer<MessageFilter> changed) {
    this.changed = changed;
    addClassName(TillpostTheme.TOOLBAR);
    text.setPlaceholder("Receipt, message id, correlation id, store, transaction …");
    text.setAriaLabel("Search messages");
    text.setClearButtonVisible(true);
    text.setValueChangeMode(ValueChangeMode.LAZY);
    text.setValueChangeTimeout(400);
    text.addClassName("tillpost-search");
    workflows.setPlaceholder("Any workflow");
    workflows.setAriaLabel("Workflow");
    workflows.setItems(configured.all().stream().map(Workflow::name).toList());
    workflows.setItemLabelGenerator(name -> configured.get(name).title());
    statuses.setPlaceholder("Any status");
    statuses.setAriaLabel("Status");
    statuses.setItems(Arrays.asList(MessageStatus.values()));
    statuses.setItemLabelGenerator(StatusBadge::words);
    stores.setPlaceholder("Any store");
    stores.setAriaLabel("Store");
    stores.setItems(directory.all().stream().map(Store::id).toList());
    stores.setItemLabelGenerator(
        id -> directory.find(id).map(store -> id + " " + store.name()).orElse(id));
    exception.addClassName("tillpost-chip");
    exception.addClickListener(click -> changed.accept(filterWithoutException()));
    add(text, workflows, statuses, stores, attention, exception);
    text.addValueChangeListener(e -> tell(e.isFromClient()));
    workflows.addValueChangeListener(e -> tell(e.isFromClient()));
    statuses.addValueChangeListener(e -> tell(e.isFromClient()));
    stores.addValueChangeListener(e -> tell(e.isFromClient()));
    attention.addValueChangeListener(e -> tell(e.isFromClient()));
  }

  /** Shows this filter, without telling the listener. */
  void show(MessageFilter filter) {
    shown = filter;
    TypedText.show(text, filter.text());
    workflows.setValue(filter.workflows());
    statuses.setValue(filter.statuses());
    stores.setValue(filter.stores());
    attention.setValue(filter.attention());
    exception.setVisible(!filter.exception().isEmpty());
    exception.setText("Exception " + filter.exception() + " ✕");
    exception.setAriaLabel("Take out the filter for exception " + filter.exception());
  }

  /** What is chosen now. */
  MessageFilter filter() {
    return new MessageFilter(
        text.getValue().strip(),
        Set.copyOf(workflows.getValue()),
        Set.copyOf(statuses.getValue()),
        Set.copyOf(stores.getValue()),
        attention.getValue(),
        shown.exception());
  }

  void focus() {
    text.focus();
  }

  private void tell(boolean byOperator) {
    if (byOperator) {
      changed.accept(filter());
    }
  }

  private MessageFilter filterWithoutException() {
    MessageFilter now = filter();
    return new MessageFilter(
        now.text(), now.workflows(), now.statuses(), now.stores(), now.attention(), "");
  }
}
