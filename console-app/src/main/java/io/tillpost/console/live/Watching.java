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
  private transient LiveKey joined;

  Watching(
      LiveUpdates updates,
      Component owner,
      LiveKey key,
      Supplier<T> query,
      Consumer<Live<T>> show) {
    this.updates = updates;
    this.key = key;
    this.joined = key;
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
    // Read once, here: while the page's session is locked it is the session's own login.
    Rights rights = updates.rightsOfThisThread();
    Subscriber<T> created =
        new Subscriber<>(rights, task -> underLock(ui, task), this::showIfWatching);
    subscriber = created;
    joined = key.forRightsOf(rights.operator());
    updates.join(joined, query, created);
  }

  private void stop() {
    Subscriber<T> ended = subscriber;
    if (ended != null) {
      subscriber = null;
      updates.leave(joined, ended);
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
}
