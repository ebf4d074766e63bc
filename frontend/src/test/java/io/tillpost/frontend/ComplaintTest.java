package io.tillpost.frontend;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import org.junit.jupiter.api.Test;

class ComplaintTest {
  private final TextField reason = new TextField("Why?");

  @Test
  void itIsSaidUntilSomethingElseIsTyped() {
    Complaint.about(reason, "A reason is needed");
    assertThat(reason.isInvalid()).isTrue();
    assertThat(reason.getErrorMessage()).isEqualTo("A reason is needed");
    assertThat(reason.getValueChangeMode())
        .as("told of each letter")
        .isEqualTo(ValueChangeMode.EAGER);

    reason.setValue("T");
    assertThat(reason.isInvalid()).isFalse();
  }

  @Test
  void itCanBeSaidAgain() {
    Complaint.about(reason, "A reason is needed");
    reason.setValue("T");
    Complaint.about(reason, "It is too short");
    assertThat(reason.isInvalid()).isTrue();

    reason.setValue("Th");
    assertThat(reason.isInvalid()).isFalse();
  }

  @Test
  void aFieldThatTellsOfLettersAlreadyGoesOnAsItDoes() {
    reason.setValueChangeMode(ValueChangeMode.LAZY);
    Complaint.about(reason, "A reason is needed");
    assertThat(reason.getValueChangeMode()).isEqualTo(ValueChangeMode.LAZY);
  }
}
