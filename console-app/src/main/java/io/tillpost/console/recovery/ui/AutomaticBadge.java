package io.tillpost.console.recovery.ui;

import io.tillpost.console.recovery.due.AutomaticNotice;
import io.tillpost.frontend.Severity;
import io.tillpost.frontend.SeverityBadge;

/** What automatic retry does, as a badge. */
public final class AutomaticBadge {
  private AutomaticBadge() {}

  /** A badge with its words. */
  public static SeverityBadge of(AutomaticNotice notice) {
    return new SeverityBadge(
        switch (notice.state()) {
          case WAITING, RUNNING -> Severity.INFO;
          case HELD_UP, STOPPED -> Severity.WARNING;
          case USED_UP -> Severity.SERIOUS;
        },
        notice.words());
  }
}
