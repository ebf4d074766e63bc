package io.tillpost.console.exceptions.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.combobox.MultiSelectComboBox;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import io.tillpost.console.exceptions.ExceptionSummary;
import io.tillpost.console.exceptions.Merging;
import io.tillpost.console.exceptions.TriageAnswer;
import io.tillpost.console.text.MoneyText;
import io.tillpost.failure.Fingerprint;
import io.tillpost.frontend.TillpostTheme;
import io.tillpost.message.MoneySum;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Makes one exception of several: says which, which one stays, and what comes together. */
final class MergeDialog extends Dialog {
  private final MultiSelectComboBox<ExceptionSummary> exceptions =
      new MultiSelectComboBox<>("Exceptions");
  private final Select<ExceptionSummary> stays = new Select<>();
  private final TextField reason = new TextField("Why are they one?");
  private final Span together = new Span();
  private final Span problem = new Span();
  private final Button merge = new Button("Merge");

  /**
   * @param open all exceptions there are, worst impact first
   * @param chosen those to begin with; the first listed of them stays unless another is said
   * @param done is told once they are merged
   */
  MergeDialog(
      List<ExceptionSummary> open,
      Set<Fingerprint> chosen,
      Merging merging,
      Consumer<TriageAnswer> done) {
    setHeaderTitle("Merge exceptions");
    setWidth("min(40rem, 95vw)");
    exceptions.setItems(
        (one, typed) ->
            label(one).toLowerCase(Locale.ROOT).contains(typed.toLowerCase(Locale.ROOT)),
        open);
    exceptions.setItemLabelGenerator(MergeDialog::label);
    exceptions.setWidthFull();
    // All that go in are to be seen, not their number.
    exceptions.setAutoExpand(MultiSelectComboBox.AutoExpandMode.VERTICAL);
    exceptions.setHelperText("Search by title, code or workflow");
    stays.setLabel("The one that stays");
    stays.setItemLabelGenerator(one -> one == null ? "" : label(one));
    stays.setHelperText("Its class, owner and assignee count; the others lead to it");
    stays.setWidthFull();
    reason.setMaxLength(Merging.LONGEST_REASON);
    reason.setWidthFull();
    together.getElement().setAttribute("role", "status");
    problem.getElement().setAttribute("role", "alert");
    problem.getStyle().set("color", "var(--lumo-error-text-color)");
    Div form = new Div(exceptions, stays, together, reason, problem);
    form.addClassName(TillpostTheme.FORM_DIALOG);
    form.setWidthFull();
    add(form);
    exceptions.addValueChangeListener(_ -> show());
    exceptions.setValue(open.stream().filter(one -> chosen.contains(one.fingerprint())).toList());
    merge.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    merge.addClickListener(_ -> merge(merging, done));
    getFooter().add(new Button("Cancel", _ -> close()), merge);
    show();
  }

  private void show() {
    ExceptionSummary before = stays.getValue();
    List<ExceptionSummary> chosen = List.copyOf(exceptions.getValue());
    stays.setItems(chosen);
    if (!chosen.isEmpty()) {
      stays.setValue(before != null && chosen.contains(before) ? before : chosen.getFirst());
    }
    boolean several = chosen.size() > 1;
    merge.setEnabled(several);
    together.setText(
        several
            ? "Together %s · %s. What fails later like any of them belongs to it too."
                .formatted(
                    ExceptionGrid.counted(
                        chosen.stream().mapToLong(one -> one.group().messages()).sum(), "message"),
                    MoneyText.of(
                        chosen.stream()
                            .map(one -> one.group().money())
                            .reduce(MoneySum.NONE, MoneySum::plus)))
            : "Choose two or more.");
  }

  private void merge(Merging merging, Consumer<TriageAnswer> done) {
    ExceptionSummary into = stays.getValue();
    if (into == null) {
      return;
    }
    Set<Fingerprint> others =
        exceptions.getValue().stream()
            .map(ExceptionSummary::fingerprint)
            .filter(one -> !one.equals(into.fingerprint()))
            .collect(Collectors.toSet());
    switch (merging.merge(into.fingerprint(), others, reason.getValue())) {
      case TriageAnswer.Invalid invalid -> problem.setText(invalid.reason());
      case TriageAnswer.Done answer -> {
        close();
        done.accept(answer);
      }
    }
  }

  private static String label(ExceptionSummary one) {
    return "%s · %s · %s"
        .formatted(
            one.title(),
            one.group().workflow(),
            ExceptionGrid.counted(one.group().messages(), "message"));
  }
}
