package io.tillpost.console.recovery.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.notification.Notification;
import com.vaadin.flow.component.notification.NotificationVariant;
import io.tillpost.console.recovery.run.QuestionAnswer;
import java.util.UUID;
import java.util.function.Function;

/** A button that has the target asked; every press is a question of its own. */
final class AskTarget extends Button {
  /**
   * @param asking asks with that key
   * @param asked is run when the question is on its way
   */
  AskTarget(Function<String, QuestionAnswer> asking, Runnable asked) {
    super("Ask the target");
    setDisableOnClick(true);
    setTooltipText("Asks it by business key whether it has the message. Nothing is sent.");
    addClickListener(
        _ -> {
          // Whatever comes of it, also where the storage does not answer, it can be pressed again.
          try {
            tell(asking.apply(UUID.randomUUID().toString()), asked);
          } finally {
            setEnabled(true);
          }
        });
  }

  /** Makes it fit beside other things in a row. */
  AskTarget small() {
    addThemeVariants(ButtonVariant.LUMO_SMALL);
    return this;
  }

  private static void tell(QuestionAnswer answer, Runnable asked) {
    switch (answer) {
      case QuestionAnswer.Accepted _ -> {
        Notification.show("The target is being asked");
        asked.run();
      }
      case QuestionAnswer.Forbidden f -> complain(f.reason());
      case QuestionAnswer.Refused r -> complain(r.reason());
      case QuestionAnswer.NotFound n -> complain(n.reason());
      case QuestionAnswer.Invalid i -> complain(i.reason());
    }
  }

  private static void complain(String text) {
    Notification.show(text).addThemeVariants(NotificationVariant.LUMO_ERROR);
  }
}
