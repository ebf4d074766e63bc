package io.tillpost.console.live;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.UIDetachedException;
import com.vaadin.flow.shared.Registration;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;

/**
 * Ties a subscription to the time its component is attached. Used under the lock of the page only.
 */
final class Watching<T> implements Registration {

  private static final Logger log = LoggerFactory.getLogger(Watching.class);

  private final transient LiveUpdates updates;
  private final transient LiveKey key;
  private final transient Supplier<T> query;
  private final transient Consumer<Live<T>> show;
  private final Registration attach;
  private final Registration detach;
  private transient @Nullable Subscriber<T> subscriber;

  Watching(
      LiveUpdates updates,
      Component owner,
      LiveKey key,
      Supplier<T> query,
      Consumer<Live<T>> show) {
    this.updates = updates;
    this.key = key;
    this.query = query;
    this.show = show;
    this.attach = owner.addAttachListener(event -> start(event.getUI()));
    this.detach = owner.addDetachListener(event -> stop());
    owner.getUI().filter(ui -> owner.isAttached()).ifPresent(this::start);
  }

  @Override
  public void remove() {
    attach.remove();
    detach.remove();
    stop();
  }

  private void start(UI ui) {
    stop();
    Subscriber<T> created =
        new Subscriber<>(rightsOfThisThread(), task -> underLock(ui, task), this::showIfWatching);
    subscriber = created;
    updates.join(key, query, created);
  }

  private void stop() {
    Subscriber<T> ended = subscriber;
    if (ended != null) {
      subscriber = null;
      updates.leave(key, ended);
    }
  }

  private void showIfWatching(Live<T> result) {
    if (subscriber != null) {
      show.accept(result);
    }
  }

  private static void underLock(UI ui, Runnable task) {
    try {
      // A failure of the task goes to the session's error handler.
      var _ = ui.access(task::run);
    } catch (UIDetachedException e) {
      log.debug("The page was closed before a result came", e);
    }
  }

  private static SecurityContext rightsOfThisThread() {
    // A copy: the context itself may be cleared or changed when this request ends.
    SecurityContext copy = SecurityContextHolder.createEmptyContext();
    copy.setAuthentication(SecurityContextHolder.getContext().getAuthentication());
    return copy;
  }
}
