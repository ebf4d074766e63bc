package io.tillpost.console.exceptions.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.component.textfield.TextField;
import io.tillpost.console.exceptions.ExceptionSummary;
import io.tillpost.console.exceptions.Triage;
import io.tillpost.console.exceptions.TriageAnswer;
import io.tillpost.failure.IgnoredUntil;
import io.tillpost.frontend.TillpostTheme;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Lets an exception be until it becomes worse than is said here. */
final class IgnoreDialog extends Dialog {
  private static final List<Duration> TIMES =
      List.of(
          Duration.ofHours(1),
          Duration.ofHours(4),
          Duration.ofDays(1),
          Duration.ofDays(7),
          Duration.ofDays(30));

  private final Select<Duration> time = new Select<>();
  private final IntegerField messages = new IntegerField("Or more messages than");
  private final IntegerField stores = new IntegerField("Or more stores than");
  private final MoneyInput money;
  private final TextField reason = new TextField("Why may it wait?");

  IgnoreDialog(
      ExceptionSummary exception, Triage triage, Clock clock, Consumer<TriageAnswer> done) {
    setHeaderTitle("Ignore until it becomes worse");
    Span meaning =
        new Span(
            "It leaves the review, comes last in the list and comes back by itself. Its messages"
                + " stay failed and still count in the impact.");
    meaning.addClassName(TillpostTheme.QUIET);
    time.setLabel("For");
    time.setItems(TIMES);
    time.setItemLabelGenerator(t -> t == null ? "Any time" : Words.of(t));
    time.setEmptySelectionAllowed(true);
    time.setEmptySelectionCaption("Any time");
    time.setValue(Duration.ofDays(1));
    messages.setMin(1);
    messages.setStepButtonsVisible(true);
    messages.setValue(Math.toIntExact(Math.min(2 * exception.group().messages(), 1_000_000)));
    stores.setMin(1);
    stores.setStepButtonsVisible(true);
    stores.setClearButtonVisible(true);
    messages.setClearButtonVisible(true);
    money =
        new MoneyInput(
            "Or more money than",
            List.copyOf(exception.group().money().minorByCurrency().keySet()),
            null);
    reason.setRequired(true);
    reason.setMaxLength(1_000);
    // It may be any of the fields, or what became of the exception meanwhile.
    Span problem = new Span();
    problem.getElement().setAttribute("role", "alert");
    problem.getStyle().set("color", "var(--lumo-error-text-color)");
    Div form = new Div(meaning, time, messages, stores, money, reason, problem);
    form.addClassName(TillpostTheme.FORM_DIALOG);
    add(form);
    Button save =
        new Button(
            "Ignore",
            _ -> {
              if (!money.isRight()) {
                return;
              }
              TriageAnswer answer =
                  triage.ignore(exception.fingerprint(), until(clock.instant()), reason.getValue());
              if (answer instanceof TriageAnswer.Invalid invalid) {
                problem.setText(invalid.reason());
                reason.setInvalid(reason.getValue().isBlank());
              } else {
                close();
                done.accept(answer);
              }
            });
    save.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    getFooter().add(new Button("Cancel", _ -> close()), save);
  }

  private IgnoredUntil until(Instant now) {
    Duration length = time.getValue();
    return new IgnoredUntil(
        length == null ? null : now.plus(length),
        number(messages.getValue()),
        number(stores.getValue()),
        money.money());
  }

  private static @Nullable Long number(@Nullable Integer value) {
    return value == null ? null : Long.valueOf(value);
  }
}
