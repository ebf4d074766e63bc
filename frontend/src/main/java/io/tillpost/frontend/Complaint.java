package io.tillpost.frontend;

import com.vaadin.flow.component.textfield.TextFieldBase;
import com.vaadin.flow.data.value.ValueChangeMode;

/** What is wrong with a field, said under it until something else is typed there. */
public final class Complaint {
  private Complaint() {}

  /**
   * Says it. It goes with the first letter that is typed: did it wait until the field is left, it
   * would go while a button is being pressed, and that button would move away from the pointer.
   *
   * @param why a sentence
   */
  public static void about(TextFieldBase<?, ?> field, String why) {
    field.setErrorMessage(why);
    field.setInvalid(true);
    // Else it would go with the field's own check as well, which comes when the field is left.
    field.setManualValidation(true);
    if (field.getValueChangeMode() == ValueChangeMode.ON_CHANGE) {
      field.setValueChangeMode(ValueChangeMode.EAGER);
    }
    field.addValueChangeListener(
        change -> {
          change.unregisterListener();
          field.setInvalid(false);
        });
  }
}
