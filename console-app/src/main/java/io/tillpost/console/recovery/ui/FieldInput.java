package io.tillpost.console.recovery.ui;

import com.vaadin.flow.component.AbstractField;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.HasHelper;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.shared.HasValidationProperties;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import io.tillpost.console.recovery.edit.EditAndRetry.Field;
import io.tillpost.console.schema.SchemaHint;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where one field of a payload is changed: a choice where its schema knows all its values, a line
 * of text otherwise. Says beside it what the schema says, what is wrong and why it may be locked.
 */
final class FieldInput {
  private final Field field;
  private final AbstractField<?, String> input;
  private final HasValidationProperties validation;

  /** Makes a value one that can be shown. */
  private final Consumer<String> choices;

  /**
   * @param note what else is to be known about it; may be empty
   * @param changed is told when the value was changed
   */
  FieldInput(Field field, String note, Runnable changed) {
    this.field = field;
    SchemaHint hint = field.hint();
    if (hint == null || hint.choices().isEmpty() || field.locked() != null) {
      TextField text = new TextField(label(field));
      text.setManualValidation(true);
      text.setValue(field.value());
      text.setValueChangeMode(ValueChangeMode.LAZY);
      this.input = text;
      this.validation = text;
      this.choices = _ -> {};
      help(text, note);
    } else {
      ComboBox<String> choice = new ComboBox<>(label(field));
      choice.setManualValidation(true);
      // What stands there is a choice too, or it could not be shown.
      Set<String> items = new LinkedHashSet<>(hint.choices());
      items.add(field.value());
      choice.setItems(List.copyOf(items));
      choice.setValue(field.value());
      this.input = choice;
      this.validation = choice;
      this.choices =
          value -> {
            if (items.add(value)) {
              choice.setItems(List.copyOf(items));
            }
          };
      help(choice, note);
    }
    input.setReadOnly(field.locked() != null);
    input.setRequiredIndicatorVisible(hint != null && hint.required());
    input.addValueChangeListener(_ -> changed.run());
  }

  Component component() {
    return input;
  }

  String value() {
    return Objects.requireNonNullElse(input.getValue(), "");
  }

  /** Puts a value in, as if somebody had written it. */
  void set(String value) {
    choices.accept(value);
    input.setValue(value);
  }

  boolean isChanged() {
    return !value().equals(field.value());
  }

  /**
   * @param fault what is wrong, or null for nothing
   */
  void complain(@Nullable String fault) {
    validation.setErrorMessage(fault == null ? "" : fault);
    validation.setInvalid(fault != null);
  }

  /** Its name to people, where the schema has one, and in any case its place. */
  private static String label(Field field) {
    SchemaHint hint = field.hint();
    return hint == null || hint.title() == null
        ? field.path()
        : "%s (%s)".formatted(hint.title(), field.path());
  }

  /**
   * A field may be several of these: then it says what is wrong, and that it is put right
   * elsewhere.
   */
  private void help(HasHelper input, String note) {
    SchemaHint hint = field.hint();
    String broken = field.broken();
    input.setHelperText(
        Stream.of(
                note,
                broken == null ? null : "The original breaks the schema here: " + broken,
                hint == null ? null : hint.description(),
                hint == null ? null : hint.limits(),
                field.locked())
            .filter(Objects::nonNull)
            .filter(words -> !words.isEmpty())
            .collect(Collectors.joining(" · ")));
  }
}
