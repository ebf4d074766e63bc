package io.tillpost.frontend;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.dom.Element;
import com.vaadin.flow.router.BeforeLeaveEvent;

/**
 * Asks before a page is left on which something was changed that is kept nowhere: within the
 * console by a dialog, and where the tab is closed or loaded anew by the browser itself.
 */
public final class Unsaved {
  /** What is typed into a field that has not been left yet is not known to the server. */
  private static final String ASK_IN_THE_BROWSER =
      """
      const page = this;
      let typed = false;
      page.addEventListener('input', () => typed = true);
      page.addEventListener('change', () => typed = false);
      const asks = (e) => {
        if (!page.isConnected) window.removeEventListener('beforeunload', asks);
        else if (typed || page.tillpostUnsaved) e.preventDefault();
      };
      window.addEventListener('beforeunload', asks);
      """;

  private final Element page;
  private boolean changed;

  /**
   * Nothing is changed yet.
   *
   * @param page of which it goes
   */
  public Unsaved(Element page) {
    this.page = page;
    page.executeJs(ASK_IN_THE_BROWSER);
  }

  /** From now on something is changed and not kept, or nothing is. */
  public void is(boolean nowChanged) {
    if (changed != nowChanged) {
      changed = nowChanged;
      page.executeJs("this.tillpostUnsaved = $0", changed);
    }
  }

  /** Keeps the page until somebody has said that it may be left. */
  public void ask(BeforeLeaveEvent leaving) {
    if (!changed) {
      return;
    }
    BeforeLeaveEvent.ContinueNavigationAction going = leaving.postpone();
    Dialog dialog = new Dialog("Leave what you changed?");
    dialog.setWidth("min(28rem, 100%)");
    Paragraph words = new Paragraph("It is kept nowhere yet: after leaving this page it is lost.");
    words.addClassName(TillpostTheme.FORM_DIALOG);
    dialog.add(words);
    Button leave =
        new Button(
            "Leave",
            _ -> {
              is(false);
              dialog.close();
              going.proceed();
            });
    leave.addThemeVariants(ButtonVariant.LUMO_ERROR);
    Button stay = new Button("Stay", _ -> dialog.close());
    stay.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    stay.focus();
    dialog.addOpenedChangeListener(
        opened -> {
          if (!opened.isOpened() && changed) {
            going.cancel();
          }
        });
    dialog.getFooter().add(leave, stay);
    dialog.open();
  }
}
