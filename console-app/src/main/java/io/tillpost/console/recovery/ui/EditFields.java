package io.tillpost.console.recovery.ui;

import com.vaadin.flow.component.formlayout.FormLayout;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import io.tillpost.console.recovery.EditAndRetry.Field;
import io.tillpost.console.recovery.EditAndRetry.Opened;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The fields of a payload as a form; those that are locked are shown and say so. */
final class EditFields extends Div {
  /** More fields than this are edited as text only. */
  static final int MOST = 300;

  private final Map<String, TextField> inputs = new LinkedHashMap<>();
  private final Map<String, Field> fields = new LinkedHashMap<>();
  private final Runnable changed;

  /**
   * @param changed is told when a value was changed
   */
  EditFields(Runnable changed) {
    this.changed = changed;
  }

  void show(Opened.Editable editable) {
    removeAll();
    inputs.clear();
    fields.clear();
    FormLayout form = new FormLayout();
    form.setAutoResponsive(true);
    form.setAutoRows(true);
    form.setColumnWidth("22rem");
    form.setExpandFields(true);
    List<Field> all = editable.fields();
    all.stream()
        .filter(field -> isFailed(field, editable))
        .forEach(field -> form.add(input(field, "The error points at this field")));
    all.stream()
        .filter(field -> !isFailed(field, editable))
        .limit(MOST)
        .forEach(field -> form.add(input(field, "")));
    add(form);
  }

  /** The values that were changed, by path. */
  Map<String, String> values() {
    Map<String, String> changes = new LinkedHashMap<>();
    inputs.forEach(
        (path, input) -> {
          Field field = fields.get(path);
          if (field != null && !input.getValue().equals(field.value())) {
            changes.put(path, input.getValue());
          }
        });
    return changes;
  }

  /** Shows each fault beside its field. */
  void complain(Map<String, String> faults) {
    inputs.forEach(
        (path, input) -> {
          String fault = faults.get(path);
          input.setErrorMessage(fault == null ? "" : fault);
          input.setInvalid(fault != null);
        });
  }

  private static boolean isFailed(Field field, Opened.Editable editable) {
    return Objects.equals(field.path(), editable.failedPath());
  }

  private TextField input(Field field, String hint) {
    TextField input = new TextField(field.path());
    input.setValue(field.value());
    input.setManualValidation(true);
    String locked = field.locked();
    input.setReadOnly(locked != null);
    // A field may be both: then it says what is wrong, and that it is put right elsewhere.
    input.setHelperText(
        Stream.of(hint, locked)
            .filter(Objects::nonNull)
            .filter(words -> !words.isEmpty())
            .collect(Collectors.joining(". ")));
    input.setValueChangeMode(ValueChangeMode.LAZY);
    input.addValueChangeListener(_ -> changed.run());
    inputs.put(field.path(), input);
    fields.put(field.path(), field);
    return input;
  }
}
