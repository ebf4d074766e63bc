package io.tillpost.console.exceptions.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.notification.Notification;
import com.vaadin.flow.component.notification.NotificationVariant;
import io.tillpost.console.exceptions.Triage;
import io.tillpost.console.exceptions.TriageAnswer;
import io.tillpost.console.recovery.due.AutomaticNotice;
import io.tillpost.console.recovery.ui.AutomaticBadge;
import io.tillpost.failure.Fingerprint;
import io.tillpost.frontend.TillpostTheme;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What automatic retry does with an exception, and how to stop it and let it go on. */
final class AutomaticRetryLine extends Div {
  private final transient Triage triage;
  private final Runnable changed;
  private final Div badge = new Div();
  private final Span why = new Span();
  private final Button stop = new Button("Stop automatic retry…", _ -> stop());
  private final Button start = new Button("Start automatic retry again", _ -> start());
  private transient @Nullable Fingerprint exception;
  private transient @Nullable AutomaticNotice shown;

  /**
   * @param changed is told when something was done
   */
  AutomaticRetryLine(Triage triage, Runnable changed) {
    this.triage = triage;
    this.changed = changed;
    addClassName(TillpostTheme.TOOLBAR);
    why.addClassName(TillpostTheme.QUIET);
    add(badge, stop, start, why);
    setVisible(false);
  }

  void show(Fingerprint of, Optional<AutomaticNotice> notice) {
    boolean same = of.equals(exception);
    exception = of;
    setVisible(notice.isPresent());
    AutomaticNotice now = notice.orElse(null);
    if (now == null || (same && now.equals(shown))) {
      return;
    }
    shown = now;
    Optional<String> refusal = triage.automaticRetryObjection(of);
    stop.setEnabled(refusal.isEmpty());
    start.setEnabled(refusal.isEmpty());
    why.setText(refusal.orElse(""));
    badge.removeAll();
    badge.add(AutomaticBadge.of(now));
    boolean stopped = now.state() == AutomaticNotice.State.STOPPED;
    stop.setVisible(!stopped);
    start.setVisible(stopped);
  }

  private void stop() {
    Fingerprint asked = exception;
    if (asked != null) {
      new StopRetryDialog(reason -> triage.stopAutomaticRetry(asked, reason), changed).open();
    }
  }

  private void start() {
    if (exception != null) {
      switch (triage.startAutomaticRetry(exception)) {
        case TriageAnswer.Done _ -> changed.run();
        case TriageAnswer.Invalid invalid ->
            Notification.show(invalid.reason()).addThemeVariants(NotificationVariant.LUMO_ERROR);
      }
    }
  }
}
