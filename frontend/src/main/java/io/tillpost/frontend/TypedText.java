package io.tillpost.frontend;

import com.vaadin.flow.component.textfield.TextField;

/** The text of a search field, which is in the address without the blanks around it. */
public final class TypedText {
  private TypedText() {}

  /**
   * Shows the text of the address. A field that has it but for blanks stays as it is: who is still
   * typing would lose the blank before the next word.
   *
   * @param text without blanks around it; empty for none
   */
  public static void show(TextField field, String text) {
    if (!field.getValue().strip().equals(text)) {
      field.setValue(text);
    }
  }
}
