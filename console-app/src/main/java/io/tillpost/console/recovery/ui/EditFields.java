package io.tillpost.console.recovery.ui;

import com.vaadin.flow.component.formlayout.FormLayout;
import com.vaadin.flow.component.html.Div;
import io.tillpost.console.recovery.edit.EditAndRetry.Field;
import io.tillpost.console.recovery.edit.EditAndRetry.Opened;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The fields of a payload as a form; those that are locked are shown and say so. */
final class EditFields extends Div {
  /** More fields than this are edited as text only. */
  static final int MOST = 300;

  private final Map<String, FieldInput> inputs = new LinkedHashMap<>();
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
    FormLayout form = new FormLayout();
    form.setAutoResponsive(true);
    form.setAutoRows(true);
    // No wider than a panel on the narrowest screen.
    form.setColumnWidth("16rem");
    form.setExpandColumns(true);
    form.setMaxColumns(3);
    form.setExpandFields(true);
    List<Field> all = editable.fields();
    all.stream()
        .filter(field -> isFailed(field, editable))
        .forEach(field -> add(form, field, "The error points at this field"));
    all.stream()
        .filter(field -> !isFailed(field, editable))
        .limit(MOST)
        .forEach(field -> add(form, field, ""));
    add(form);
  }

  /** The values that were changed, by path. */
  Map<String, String> values() {
    Map<String, String> changes = new LinkedHashMap<>();
    inputs.forEach(
        (path, input) -> {
          if (input.isChanged()) {
            changes.put(path, input.value());
          }
        });
    return changes;
  }

  /** Puts these values in, by path; those of fields that are not shown are left out. */
  void set(Map<String, String> values) {
    values.forEach(
        (path, value) -> {
          FieldInput input = inputs.get(path);
          if (input != null) {
            input.set(value);
          }
        });
  }

  /** Shows each fault beside its field. */
  void complain(Map<String, String> faults) {
    inputs.forEach((path, input) -> input.complain(faults.get(path)));
  }

  /** Whether there is a place to show a fault of that field. */
  boolean has(String path) {
    return inputs.containsKey(path);
  }

  private static boolean isFailed(Field field, Opened.Editable editable) {
    return Objects.equals(field.path(), editable.failedPath());
  }

  private void add(FormLayout form, Field field, String note) {
    FieldInput input = new FieldInput(field, note, changed);
    inputs.put(field.path(), input);
    form.add(input.component());
  }
}
