package io.tillpost.console;

import com.vaadin.flow.component.ComponentUtil;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.notification.Notification;
import com.vaadin.flow.component.notification.NotificationVariant;
import com.vaadin.flow.server.DefaultErrorHandler;
import com.vaadin.flow.server.ErrorEvent;
import com.vaadin.flow.server.ServiceInitEvent;
import com.vaadin.flow.server.VaadinServiceInitListener;
import io.tillpost.store.StoreUnavailableException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * What somebody did on a page and what failed inside: the page stays as it is, with all that was
 * typed, says what is known about it, and can be pressed again. Vaadin would show the error page in
 * its place, as if the page had failed to open.
 */
@Component
final class FailedActs extends DefaultErrorHandler implements VaadinServiceInitListener {
  private static final Logger log = LoggerFactory.getLogger(FailedActs.class);
  private static final Duration SHOWN = Duration.ofSeconds(15);

  /** Causes may go round in a circle. */
  private static final int DEEPEST = 20;

  @Override
  public void serviceInit(ServiceInitEvent event) {
    event.getSource().addSessionInitListener(init -> init.getSession().setErrorHandler(this));
  }

  @Override
  public void error(ErrorEvent event) {
    Throwable failure = event.getThrowable();
    UI ui = UI.getCurrent();
    if (ui == null || !shouldHandle(failure)) {
      super.error(event);
      return;
    }
    boolean act = event.getComponent().isPresent();
    event.getComponent().ifPresent(FailedActs::letPressAgain);
    Optional<StoreUnavailableException> away = away(failure);
    if (away.isPresent()) {
      log.warn("The storage did not answer to a page: {}", away.get().getMessage());
      say(
          ui,
          act,
          act
              ? "The storage does not answer for now, so it is not known whether that was done."
                  + " Look at it again in a moment, and press again if it was not."
              : "The storage does not answer for now, so not all on this page is up to date. Do again"
                  + " in a moment what you did last, if it does not come by itself.");
      return;
    }
    String reference = ErrorReference.next();
    log.error("[{}] What was done or shown on a page failed", reference, failure);
    say(
        ui,
        act,
        (act
                ? "Something went wrong inside Tillpost, so it is not known whether that was done."
                    + " Reload the page to see, before you press again."
                : "Something went wrong inside Tillpost, so not all on this page is up to date."
                    + " Reload it.")
            + " If it stays so, give an administrator the reference "
            + reference
            + ".");
  }

  /** What a key starts, and what runs for a page later, comes with others around it. */
  private static Optional<StoreUnavailableException> away(Throwable failure) {
    return Stream.<Throwable>iterate(failure, Objects::nonNull, Throwable::getCause)
        .limit(DEEPEST)
        .filter(StoreUnavailableException.class::isInstance)
        .map(StoreUnavailableException.class::cast)
        .findFirst();
  }

  private static void letPressAgain(com.vaadin.flow.component.Component pressed) {
    if (pressed instanceof Button button && button.isDisableOnClick()) {
      button.setEnabled(true);
    }
  }

  /** One at a time, and what fails without a press is not said while another one can be read. */
  private static void say(UI ui, boolean act, String words) {
    Notification before = ComponentUtil.getData(ui, Notification.class);
    if (before != null && before.isOpened()) {
      if (!act) {
        return;
      }
      before.close();
    }
    Notification notification = new Notification(words, Math.toIntExact(SHOWN.toMillis()));
    notification.addThemeVariants(NotificationVariant.LUMO_ERROR);
    notification.open();
    ComponentUtil.setData(ui, Notification.class, notification);
  }
}
