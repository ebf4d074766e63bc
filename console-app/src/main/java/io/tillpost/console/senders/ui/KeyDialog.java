package io.tillpost.console.senders.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.notification.Notification;
import com.vaadin.flow.component.textfield.TextField;
import io.tillpost.console.senders.SenderAnswer.KeyMade;
import io.tillpost.frontend.TillpostTheme;

/** Shows a new key, once. It closes by its button alone, so that no key is lost by a slip. */
final class KeyDialog extends Dialog {
  KeyDialog(KeyMade made) {
    setHeaderTitle("Key of " + made.sender().name());
    setWidth("min(34rem, 100%)");
    setCloseOnEsc(false);
    setCloseOnOutsideClick(false);
    Span words =
        new Span(
            "Copy it now: it is shown this once, and only its hash is kept. The sender shows it as"
                + " the header Authorization: Bearer <key>. It opens within seconds.");
    TextField key = new TextField("Key");
    key.setReadOnly(true);
    key.setValue(made.key().text());
    key.addClassName(TillpostTheme.CODE);
    Button copy =
        new Button(
            "Copy",
            _ -> {
              getElement()
                  .executeJs("return navigator.clipboard.writeText($0)", made.key().text())
                  .then(
                      _ -> Notification.show("Copied"),
                      _ -> Notification.show("Select the key and copy it by hand."));
            });
    Div form = new Div(words, key, copy);
    form.addClassName(TillpostTheme.FORM_DIALOG);
    add(form);
    Button close = new Button("I have it", _ -> close());
    close.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    getFooter().add(close);
  }
}
