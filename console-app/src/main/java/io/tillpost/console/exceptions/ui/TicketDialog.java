package io.tillpost.console.exceptions.ui;

import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.textfield.TextField;
import io.tillpost.console.exceptions.TriageAnswer;
import io.tillpost.frontend.Complaint;
import io.tillpost.frontend.TillpostTheme;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Links a ticket in another system to an exception. */
final class TicketDialog extends Dialog {
  /**
   * @param link is told the address, blank for none
   * @param done is told when it was linked
   */
  TicketDialog(@Nullable String before, Function<String, TriageAnswer> link, Runnable done) {
    setHeaderTitle("Ticket");
    setWidth("min(32rem, 90vw)");
    TextField address = new TextField("Address of the ticket");
    address.setPlaceholder("https://");
    address.setHelperText("Leave it empty for none");
    address.setWidthFull();
    address.setValue(before == null ? "" : before);
    Div form = new Div(address);
    form.addClassName(TillpostTheme.FORM_DIALOG);
    add(form);
    Button save =
        new Button(
            "Link",
            _ -> {
              switch (link.apply(address.getValue())) {
                case TriageAnswer.Done _ -> {
                  close();
                  done.run();
                }
                case TriageAnswer.Invalid invalid -> Complaint.about(address, invalid.reason());
              }
            });
    save.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    // Of the form alone: Enter on a button presses that one.
    save.addClickShortcut(Key.ENTER).listenOn(form);
    getFooter().add(new Button("Cancel", _ -> close()), save);
    address.focus();
  }
}
