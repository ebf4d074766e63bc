package io.tillpost.console.ingest.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.textfield.TextField;
import io.tillpost.console.ingest.ParkedRecords;
import io.tillpost.frontend.Complaint;
import io.tillpost.frontend.TillpostTheme;
import java.util.Optional;
import java.util.function.Function;

/** Tells what sending all again does, and asks why. */
final class SendAllDialog extends Dialog {
  private final TextField why = new TextField("Why can they be stored now?");
  private final transient Function<String, Optional<String>> send;

  /**
   * About so many.
   *
   * @param words of their reason; empty for any
   * @param send gets the answer; tells what is wrong with it, or nothing
   */
  SendAllDialog(long total, String words, Function<String, Optional<String>> send) {
    this.send = send;
    setHeaderTitle("Send all again");
    setWidth("min(32rem, 100%)");
    Paragraph meaning =
        new Paragraph(
            "%s parked record%s%s: each message event among them is checked by the rules as they are now, and stored, or parked once more. An event that is stored already does not count twice. What was refused because its sender may not send for its store is left out: look at it and send it by itself."
                .formatted(
                    total == 1
                        ? "The one"
                        : total > ParkedRecords.MOST
                            ? "The oldest %,d of %,d".formatted(ParkedRecords.MOST, total)
                            : "All %,d".formatted(total),
                    total == 1 ? "" : "s",
                    words.isEmpty() ? "" : " with \"" + words + "\" in the reason"));
    meaning.addClassName(TillpostTheme.FORM_DIALOG);
    why.setPlaceholder("For example: the rule for times was mended");
    why.setRequired(true);
    why.setMaxLength(1_000);
    why.setWidthFull();
    why.focus();
    Button act = new Button("Send them", _ -> act());
    act.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    add(meaning, why);
    getFooter().add(new Button("Cancel", _ -> close()), act);
  }

  private void act() {
    send.apply(why.getValue()).ifPresentOrElse(wrong -> Complaint.about(why, wrong), this::close);
  }
}
