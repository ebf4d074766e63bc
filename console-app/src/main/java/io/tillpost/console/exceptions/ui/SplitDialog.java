package io.tillpost.console.exceptions.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.combobox.MultiSelectComboBox;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import io.tillpost.console.exceptions.ExceptionDetail;
import io.tillpost.console.exceptions.Merging;
import io.tillpost.console.exceptions.Splitting;
import io.tillpost.console.exceptions.TriageAnswer;
import io.tillpost.console.text.MoneyText;
import io.tillpost.failure.Fingerprint;
import io.tillpost.failure.SplitCondition;
import io.tillpost.frontend.TillpostTheme;
import io.tillpost.location.Store;
import io.tillpost.location.StoreDirectory;
import io.tillpost.store.FailureQueries.StoreCount;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Takes the messages of an exception for which something holds into one of their own. */
final class SplitDialog extends Dialog {
  private final transient Splitting splitting;
  private final transient Fingerprint exception;
  private final MultiSelectComboBox<String> stores = new MultiSelectComboBox<>("Stores");
  private final TextField text = new TextField("Words of the error");
  private final TextField code = new TextField("Code");
  private final TextField key = new TextField("Business key");
  private final TextField keyPrefix = new TextField("Its value begins with");
  private final TextField reason = new TextField("Why are they another exception?");
  private final Span preview = new Span();
  private final Span problem = new Span();
  private final Button split = new Button("Split off");

  /**
   * @param done is told once they are split off
   */
  SplitDialog(
      ExceptionDetail detail,
      StoreDirectory directory,
      Splitting splitting,
      Consumer<TriageAnswer> done) {
    this.splitting = splitting;
    this.exception = detail.fingerprint();
    setHeaderTitle("Split messages off");
    setWidth("min(40rem, 95vw)");
    Span meaning =
        new Span(
            "Messages for which all of this holds become an exception of their own, also those"
                + " that fail later. It takes class, owner and assignee from this one.");
    meaning.addClassName(TillpostTheme.QUIET);
    Set<String> ids = new LinkedHashSet<>();
    Stream.concat(
            detail.stores().stream().map(StoreCount::storeId),
            directory.all().stream().map(Store::id))
        .forEach(ids::add);
    stores.setItems(ids);
    stores.setItemLabelGenerator(
        id -> directory.find(id).map(store -> id + " " + store.name()).orElse(id));
    stores.setHelperText("Any of these; those with the most of its messages come first");
    stores.setAllowCustomValue(true);
    stores.setAutoExpand(MultiSelectComboBox.AutoExpandMode.VERTICAL);
    stores.addCustomValueSetListener(entered -> stores.select(entered.getDetail().strip()));
    text.setHelperText("All of them, whole or from four letters on as a beginning");
    code.setHelperText("Exactly this");
    key.setPlaceholder("sku");
    stores.addValueChangeListener(_ -> show());
    Stream.of(text, code, key, keyPrefix)
        .forEach(
            field -> {
              field.setMaxLength(200);
              field.setValueChangeMode(ValueChangeMode.LAZY);
              field.addValueChangeListener(_ -> show());
            });
    reason.setMaxLength(Merging.LONGEST_REASON);
    preview.getElement().setAttribute("role", "status");
    problem.getElement().setAttribute("role", "alert");
    problem.getStyle().set("color", "var(--lumo-error-text-color)");
    Div form = new Div(meaning, stores, text, code, key, keyPrefix, preview, reason, problem);
    form.addClassName(TillpostTheme.FORM_DIALOG);
    form.setWidthFull();
    add(form);
    split.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    split.addClickListener(_ -> split(done));
    getFooter().add(new Button("Cancel", _ -> close()), split);
    show();
  }

  private void show() {
    SplitCondition condition = condition();
    // Where the storage does not answer, nothing stands here that was said of another condition.
    split.setEnabled(false);
    preview.setText("");
    boolean possible = false;
    if (condition.isEmpty()) {
      preview.setText("Say which.");
    } else {
      switch (splitting.preview(exception, condition)) {
        case Splitting.Preview.Impossible impossible -> preview.setText(impossible.reason() + ".");
        case Splitting.Preview.Taken taken -> {
          possible = true;
          preview.setText(
              "Split off: %s of %s · %s. Left here: %s."
                  .formatted(
                      ExceptionGrid.counted(taken.part().messages(), "message"),
                      ExceptionGrid.counted(taken.part().stores(), "store"),
                      MoneyText.of(taken.part().money()),
                      ExceptionGrid.counted(taken.rest(), "message")));
        }
      }
    }
    split.setEnabled(possible);
  }

  private SplitCondition condition() {
    return new SplitCondition(
        stores.getValue(),
        null,
        code.getValue(),
        text.getValue(),
        key.getValue(),
        keyPrefix.getValue());
  }

  private void split(Consumer<TriageAnswer> done) {
    switch (splitting.split(exception, condition(), reason.getValue())) {
      case TriageAnswer.Invalid invalid -> problem.setText(invalid.reason());
      case TriageAnswer.Done answer -> {
        close();
        done.accept(answer);
      }
    }
  }
}
