package io.tillpost.console.exceptions.ui;

import com.vaadin.flow.component.notification.Notification;
import io.tillpost.console.exceptions.ExceptionDetail;
import io.tillpost.failure.Fingerprint;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Notices that the exception somebody looks at was merged meanwhile, by whomever. One that was
 * merged before is shown: its address tells where its messages are, and keeps its history.
 */
final class MergedWhileOpen {
  private static final int NOTICE_MILLIS = 8_000;

  /** The one that was seen last, as one of its own. */
  private @Nullable Fingerprint apart;

  /** Where to go now, of which the person is told; empty to stay. */
  Optional<Fingerprint> follow(ExceptionDetail shown) {
    if (shown.mergedInto().isEmpty()) {
      apart = shown.fingerprint();
      return Optional.empty();
    }
    if (!shown.fingerprint().equals(apart)) {
      return Optional.empty();
    }
    apart = null;
    shown
        .mergedInto()
        .ifPresent(
            merge ->
                Notification.show(
                    "“%s” was merged into “%s” by %s. This is where its messages are now."
                        .formatted(shown.title(), merge.intoTitle(), merge.by()),
                    NOTICE_MILLIS,
                    Notification.Position.BOTTOM_START));
    return Optional.of(shown.grouping().root(shown.fingerprint()));
  }
}
