package io.tillpost.console;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.server.CustomizedSystemMessages;
import com.vaadin.flow.server.ServiceInitEvent;
import com.vaadin.flow.server.SystemMessages;
import com.vaadin.flow.server.VaadinServiceInitListener;
import org.springframework.stereotype.Component;

/**
 * What every page gets: the title's ending, and plain words for an ended session and a lost
 * connection.
 */
@Component
final class PageFrame implements VaadinServiceInitListener {

  private static final String TITLE_END = " · Tillpost";

  @Override
  public void serviceInit(ServiceInitEvent event) {
    event.getSource().setSystemMessagesProvider(info -> messages());
    event.getSource().addUIInitListener(init -> frame(init.getUI()));
  }

  private static void frame(UI ui) {
    // The router sets the title after its listeners ran, so ours has to wait for the response.
    ui.addAfterNavigationListener(
        navigation -> ui.beforeClientResponse(ui, context -> endTitle(ui)));
    ui.getReconnectDialogConfiguration()
        .setDialogText("The connection to Tillpost is lost. Trying again by itself…");
    ui.getReconnectDialogConfiguration()
        .setDialogTextGaveUp(
            "Tillpost cannot be reached. What is on the screen may be old. Reload when you are online.");
  }

  private static void endTitle(UI ui) {
    String title = ui.getInternals().getTitle();
    ui.getInternals().cancelPendingTitleUpdate();
    ui.getPage().setTitle(title == null || title.isBlank() ? "Tillpost" : withEnd(title));
  }

  private static String withEnd(String title) {
    return title.endsWith(TITLE_END) ? title : title + TITLE_END;
  }

  private static SystemMessages messages() {
    CustomizedSystemMessages messages = new CustomizedSystemMessages();
    messages.setSessionExpiredNotificationEnabled(true);
    messages.setSessionExpiredCaption("Your session has ended");
    messages.setSessionExpiredMessage(
        "Nothing that was saved is lost. Press here or the Escape key to log in again.");
    messages.setInternalErrorCaption("Something went wrong in Tillpost");
    messages.setInternalErrorMessage(
        "What you did last may not be saved. Press here or the Escape key to reload.");
    messages.setCookiesDisabledNotificationEnabled(true);
    messages.setCookiesDisabledCaption("Cookies are switched off");
    messages.setCookiesDisabledMessage(
        "Tillpost needs them for the login. Allow them for this address and reload.");
    return messages;
  }
}
