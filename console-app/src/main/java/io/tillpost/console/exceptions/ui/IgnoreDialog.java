package io.tillpost.console.exceptions.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.component.textfield.TextField;
import io.tillpost.failure.IgnoredUntil;
import io.tillpost.frontend.TillpostTheme;
import io.tillpost.store.FailureQueries.Group;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Lets exceptions be until they become worse than is said here, each against its own numbers. */
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
  private final TextField reason;
  private @Nullable Instant pressed;

  /**
   * @param exceptions at least one
   * @param ignore does it; a sentence where it was not done, and the dialog stays open
   */
  IgnoreDialog(
      List<Group> exceptions,
      BiFunction<IgnoredUntil, String, Optional<String>> ignore,
      Clock clock) {
    int count = exceptions.size();
    boolean one = count == 1;
    long largest = exceptions.stream().mapToLong(Group::messages).max().orElseThrow();
    setHeaderTitle(
        one
            ? "Ignore until it becomes worse"
            : "Ignore %,d exceptions until they become worse".formatted(count));
    // Else the sentences below would make it as wide as the page.
    setMaxWidth("33rem");
    reason = new TextField(one ? "Why may it wait?" : "Why may they wait?");
    Span meaning =
        new Span(
            one
                ? "It leaves the review, comes last in the list and comes back by itself. Its"
                    + " messages stay failed and still count in the impact."
                : "They leave the review, come last in the list and come back by themselves, each"
                    + " by its own numbers: the largest has %s now. Their messages stay failed and"
                        .formatted(ExceptionGrid.counted(largest, "message"))
                    + " still count in the impact.");
    meaning.addClassName(TillpostTheme.QUIET);
    time.setLabel("For");
    time.setItems(TIMES);
    time.setItemLabelGenerator(t -> t == null ? "Any time" : Words.of(t));
    time.setEmptySelectionAllowed(true);
    time.setEmptySelectionCaption("Any time");
    time.setValue(Duration.ofDays(1));
    messages.setMin(1);
    messages.setStepButtonsVisible(true);
    messages.setValue(Math.toIntExact(Math.min(2 * largest, 1_000_000)));
    stores.setMin(1);
    stores.setStepButtonsVisible(true);
    stores.setClearButtonVisible(true);
    messages.setClearButtonVisible(true);
    money =
        new MoneyInput(
            "Or more money than",
            exceptions.stream()
                .flatMap(group -> group.money().minorByCurrency().keySet().stream())
                .distinct()
                .toList(),
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
            one ? "Ignore" : "Ignore all selected",
            _ -> {
              if (!money.isRight()) {
                return;
              }
              Optional<String> objection =
                  ignore.apply(until(pressedFirst(clock)), reason.getValue());
              reason.setInvalid(objection.isPresent() && reason.getValue().isBlank());
              problem.setText(objection.orElse(""));
              if (objection.isEmpty()) {
                close();
              }
            });
    save.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    getFooter().add(new Button("Cancel", _ -> close()), save);
  }

  /** Who presses again, because it was not done to all, means the same end for all. */
  private Instant pressedFirst(Clock clock) {
    if (pressed == null) {
      pressed = clock.instant();
    }
    return pressed;
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
