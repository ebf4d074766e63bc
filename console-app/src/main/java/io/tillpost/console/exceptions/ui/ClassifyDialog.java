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
import io.tillpost.frontend.Complaint;
import io.tillpost.frontend.TillpostTheme;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Gives an exception a class and, where the class does not say it right, an owner side. What is not
 * changed here stays as it was: a class that a rule gives is not made one that was given by hand.
 */
final class ClassifyDialog extends Dialog {
  private final RadioButtonGroup<Optional<FailureClass>> failureClass =
      new RadioButtonGroup<>("Class");
  private final RadioButtonGroup<Side> side = new RadioButtonGroup<>("Who has to act");

  private final TextField note = new TextField("What do they need to know?");

  private final transient ExceptionDetail detail;
  private final transient Triage triage;
  private final transient Consumer<TriageAnswer> done;
  private final Side before;
  private transient Optional<FailureClass> given;

  /**
   * @param done is told of each of the two that was done
   */
  ClassifyDialog(ExceptionDetail detail, Triage triage, Consumer<TriageAnswer> done) {
    this.detail = detail;
    this.triage = triage;
    this.done = done;
    this.given = Optional.ofNullable(detail.triage().classOverride());
    this.before = Side.of(detail.triage().sideOverride());
    setHeaderTitle("Classify");
    failureClass.setItems(
        Stream.concat(
                Stream.of(Optional.<FailureClass>empty()),
                Stream.of(FailureClass.values()).map(Optional::of))
            .toList());
    failureClass.setItemLabelGenerator(ClassifyDialog::words);
    failureClass.addThemeVariants(RadioGroupVariant.LUMO_VERTICAL);
    failureClass.setValue(given);
    side.setItems(Side.values());
    side.setItemLabelGenerator(Side::title);
    side.setValue(before);
    note.setMaxLength(1_000);
    note.setWidthFull();
    // It has its place from the start: one that came would push the buttons from under the pointer.
    note.setEnabled(false);
    side.addValueChangeListener(_ -> note.setEnabled(isChanged()));
    failureClass.addValueChangeListener(_ -> note.setEnabled(isChanged()));
    Div form = new Div(failureClass, side, note);
    form.addClassName(TillpostTheme.FORM_DIALOG);
    add(form);
    Button save = new Button("Classify", _ -> save());
    save.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    // Of the form alone: Enter on a button presses that one.
    save.addClickShortcut(Key.ENTER).listenOn(form);
    getFooter().add(new Button("Cancel", _ -> close()), save);
    failureClass.getElement().callJsFunction("focus");
  }

  private boolean isChanged() {
    return side.getValue() != before || !failureClass.getValue().equals(given);
  }

  /** Closes where all of it was done; else what was chosen and written stays. */
  private void save() {
    Fingerprint fingerprint = TriageActions.fingerprint(detail);
    Optional<FailureClass> chosen = failureClass.getValue();
    boolean toSide = side.getValue() != before;
    if (!chosen.equals(given)) {
      String words = toSide ? null : note.getValue();
      if (!done(triage.classify(fingerprint, chosen.orElse(null), words))) {
        return;
      }
      // Who presses again, because the other half was not done, means that half.
      given = chosen;
    }
    if (!toSide || done(triage.ownerSide(fingerprint, side.getValue().side, note.getValue()))) {
      close();
    }
  }

  private boolean done(TriageAnswer answer) {
    switch (answer) {
      case TriageAnswer.Done _ -> done.accept(answer);
      case TriageAnswer.Invalid invalid -> Complaint.about(note, invalid.reason());
    }
    return answer instanceof TriageAnswer.Done;
  }

  private static String words(Optional<FailureClass> given) {
    return given
        .map(c -> Words.of(c) + ": " + Words.meaning(c))
        .orElse("By itself: as the rules or the reporting system say");
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
