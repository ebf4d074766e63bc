package io.tillpost.console;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.DescriptionList;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.spring.annotation.SpringComponent;
import com.vaadin.flow.spring.annotation.UIScope;
import java.util.List;

/**
 * The list of keys, behind a button and behind the key {@code ?}. Features add theirs as {@link
 * Shortcut} beans.
 */
@SpringComponent
@UIScope
final class KeyboardHelp extends Button {

  private final transient List<Shortcut> shortcuts;

  KeyboardHelp(List<Shortcut> shortcuts) {
    super(VaadinIcon.KEYBOARD.create());
    this.shortcuts = shortcuts;
    addThemeVariants(ButtonVariant.LUMO_TERTIARY);
    setAriaLabel("Keyboard help");
    setTooltipText("Keyboard help (?)");
    addClickListener(event -> open());
  }

  @Override
  protected void onAttach(AttachEvent event) {
    // "?" has no key code of its own on all keyboards, and it must not be caught while somebody
    // writes.
    getElement()
        .executeJs(
            """
            const button = this;
            if (button.tillpostKeys) return;
            button.tillpostKeys = (e) => {
              const t = e.composedPath()[0];
              const writes = t.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(t.tagName);
              if (e.key === '?' && !writes && !e.ctrlKey && !e.metaKey && !e.altKey) { e.preventDefault(); button.click(); }
            };
            document.addEventListener('keydown', button.tillpostKeys);
            """);
  }

  private void open() {
    Dialog dialog = new Dialog("Keys");
    DescriptionList list = new DescriptionList();
    list.addClassName("tillpost-keys");
    list.add(new DescriptionList.Term("?"), new DescriptionList.Description("This list"));
    list.add(
        new DescriptionList.Term("Tab, Shift Tab"),
        new DescriptionList.Description("Next, previous control"));
    for (Shortcut shortcut : shortcuts) {
      list.add(
          new DescriptionList.Term(shortcut.keys()),
          new DescriptionList.Description(shortcut.where() + ": " + shortcut.does()));
    }
    dialog.add(list);
    Button close = new Button("Close", event -> dialog.close());
    close.setAutofocus(true);
    dialog.getFooter().add(close);
    dialog.open();
  }
}
