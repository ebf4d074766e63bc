package io.tillpost.console.exceptions.ui;

import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import com.vaadin.flow.component.radiobutton.RadioGroupVariant;
import com.vaadin.flow.component.textfield.TextField;
import io.tillpost.console.exceptions.ExceptionDetail;
import io.tillpost.console.exceptions.Triage;
import io.tillpost.console.exceptions.TriageAnswer;
import io.tillpost.failure.FailureClass;
import io.tillpost.failure.Fingerprint;
import io.tillpost.failure.OwnerSide;
import io.tillpost.frontend.TillpostTheme;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Gives an exception a class and, where the class does not say it right, an owner side. */
final class ClassifyDialog extends Dialog {
  private final RadioButtonGroup<FailureClass> failureClass = new RadioButtonGroup<>("Class");
  private final RadioButtonGroup<Side> side = new RadioButtonGroup<>("Who has to act");

  private final TextField note = new TextField("What do they need to know?");

  ClassifyDialog(ExceptionDetail detail, Triage triage, Consumer<TriageAnswer> done) {
    setHeaderTitle("Classify");
    failureClass.setItems(FailureClass.values());
    failureClass.setItemLabelGenerator(c -> Words.of(c) + ": " + Words.meaning(c));
    failureClass.addThemeVariants(RadioGroupVariant.LUMO_VERTICAL);
    detail.summary().ifPresent(summary -> failureClass.setValue(summary.failureClass()));
    side.setItems(Side.values());
    side.setItemLabelGenerator(Side::title);
    Side before = Side.of(detail.triage().sideOverride());
    side.setValue(before);
    note.setMaxLength(1_000);
    note.setWidthFull();
    note.setVisible(false);
    side.addValueChangeListener(change -> note.setVisible(change.getValue() != before));
    Div form = new Div(failureClass, side, note);
    form.addClassName(TillpostTheme.FORM_DIALOG);
    add(form);
    Button save =
        new Button(
            "Classify",
            _ -> {
              Fingerprint fingerprint = TriageActions.fingerprint(detail);
              close();
              if (!Objects.equals(side.getValue(), before)) {
                done.accept(triage.ownerSide(fingerprint, side.getValue().side, note.getValue()));
              }
              done.accept(triage.classify(fingerprint, failureClass.getValue()));
            });
    save.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    save.addClickShortcut(Key.ENTER);
    getFooter().add(new Button("Cancel", _ -> close()), save);
  }

  private enum Side {
    BY_CLASS("As the class says", null),
    BUSINESS("Business", OwnerSide.BUSINESS),
    IT("IT", OwnerSide.IT);

    private final String title;
    private final @Nullable OwnerSide side;

    Side(String title, @Nullable OwnerSide side) {
      this.title = title;
      this.side = side;
    }

    String title() {
      return title;
    }

    static Side of(@Nullable OwnerSide side) {
      if (side == null) {
        return BY_CLASS;
      }
      return side == OwnerSide.IT ? IT : BUSINESS;
    }
  }
}
