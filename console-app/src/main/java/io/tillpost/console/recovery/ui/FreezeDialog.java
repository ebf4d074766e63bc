package io.tillpost.console.recovery.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.notification.Notification;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.data.value.ValueChangeMode;
import io.tillpost.console.recovery.RetryRequest;
import io.tillpost.console.recovery.target.FreezeAnswer;
import io.tillpost.console.recovery.target.FreezeWish;
import io.tillpost.console.recovery.target.TargetStanding;
import io.tillpost.console.recovery.target.Targets;
import io.tillpost.frontend.MomentPicker;
import io.tillpost.frontend.TillpostTheme;
import io.tillpost.recovery.TargetFreeze;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Asks why a target is frozen and for how long. All clicks in one dialog are one request: they
 * carry the same key.
 */
final class FreezeDialog extends Dialog {
  private final String key = UUID.randomUUID().toString();
  private final TextArea reason = new TextArea("Why?");
  private final Select<End> end = new Select<>();
  private final MomentPicker until;
  private final Span problem = new Span();
  private final Button act = new Button("Freeze");
  private final transient TargetStanding target;
  private final transient Targets targets;
  private final transient ZoneId zone;
  private final transient Clock clock;
  private final transient Runnable changed;

  /**
   * Of a click without an answer: a second one is the same request, and so ends at the same time.
   */
  private transient @Nullable Instant sent;

  /** When it is over. */
  enum End {
    LIFTED("Until somebody lifts it", null),
    HOUR("For 1 hour", Duration.ofHours(1)),
    HOURS("For 4 hours", Duration.ofHours(4)),
    MOMENT("Until a moment", null);

    private final String words;
    private final @Nullable Duration length;

    End(String words, @Nullable Duration length) {
      this.words = words;
      this.length = length;
    }

    String words() {
      return words;
    }
  }

  /**
   * @param changed is told when it is frozen
   */
  FreezeDialog(TargetStanding target, Targets targets, ZoneId zone, Clock clock, Runnable changed) {
    this.target = target;
    this.targets = targets;
    this.zone = zone;
    this.clock = clock;
    this.changed = changed;
    this.until = new MomentPicker("It ends at (%s)".formatted(zone.getId()));
    setHeaderTitle("Freeze " + target.name());
    setWidth("min(32rem, 100%)");
    Paragraph words = new Paragraph(meaning(target));
    reason.setRequired(true);
    reason.setMaxLength(RetryRequest.LONGEST_REASON);
    reason.setPlaceholder("For example: the ERP answers with errors since 10:00");
    // With the first letter, and not when the button is pressed, which would move away then.
    reason.setValueChangeMode(ValueChangeMode.EAGER);
    reason.addValueChangeListener(_ -> problem.setText(""));
    reason.focus();
    end.setLabel("How long?");
    end.setItems(End.values());
    end.setItemLabelGenerator(End::words);
    end.setValue(End.LIFTED);
    end.addValueChangeListener(
        change -> {
          boolean moment = change.getValue() == End.MOMENT;
          until.setEnabled(moment);
          until.setValue(moment ? inTwoHours() : null);
          problem.setText("");
        });
    // It has its place from the start: one that came would push the buttons from under the pointer.
    until.setEnabled(false);
    until.setDateAriaLabel("Day it ends");
    until.setTimeAriaLabel("Time it ends");
    until.addValueChangeListener(_ -> problem.setText(""));
    problem.getElement().setAttribute("role", "alert");
    problem.getStyle().set("color", "var(--lumo-error-text-color)");
    Div form = new Div(words, reason, end, until, problem);
    form.addClassName(TillpostTheme.FORM_DIALOG);
    add(form);
    act.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    act.setDisableOnClick(true);
    act.addClickListener(_ -> send());
    getFooter().add(new Button("Cancel", _ -> close()), act);
  }

  private LocalDateTime inTwoHours() {
    return LocalDateTime.ofInstant(clock.instant(), zone)
        .truncatedTo(ChronoUnit.HOURS)
        .plusHours(2);
  }

  private static String meaning(TargetStanding target) {
    TargetFreeze before = target.freeze();
    String meaning =
        "Nothing more is sent to %s within two seconds, whoever asks for it. What is on its way is followed; operations wait, and go on by themselves afterwards."
            .formatted(target.name());
    return before == null
        ? meaning
        : "%s It is frozen by %s already (%s); yours takes its place."
            .formatted(meaning, before.frozenBy(), before.reason());
  }

  private void send() {
    // Whatever comes of it, also where the storage does not answer, it can be pressed again.
    try {
      if (end.getValue() == End.MOMENT && until.getValue() == null) {
        problem.setText("Choose a day and a time.");
        return;
      }
      answered(
          targets.freeze(
              target.name(), new FreezeWish(reason.getValue(), moment(), target.version(), key)));
    } finally {
      act.setEnabled(true);
    }
  }

  private @Nullable Instant moment() {
    End chosen = end.getValue();
    if (chosen == End.MOMENT) {
      return until.getValue().atZone(zone).toInstant();
    }
    if (sent == null) {
      sent = clock.instant();
    }
    return chosen.length == null ? null : sent.plus(chosen.length);
  }

  private void answered(FreezeAnswer answer) {
    sent = null;
    problem.setText("");
    switch (answer) {
      case FreezeAnswer.Done d -> {
        close();
        Notification.show("%s is frozen".formatted(d.target().name()));
        changed.run();
      }
      case FreezeAnswer.Invalid i -> problem.setText(i.reason());
      case FreezeAnswer.Refused r -> problem.setText(r.reason());
      case FreezeAnswer.NotFound n -> problem.setText(n.reason());
      case FreezeAnswer.Forbidden f -> problem.setText(f.reason());
    }
  }
}
