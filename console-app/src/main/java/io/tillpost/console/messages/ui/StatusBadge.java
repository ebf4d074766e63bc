package io.tillpost.console.messages.ui;

import io.tillpost.frontend.Severity;
import io.tillpost.frontend.SeverityBadge;
import io.tillpost.message.MessageStatus;
import io.tillpost.message.Stage;
import io.tillpost.store.Messages.StoredMessage;
import java.time.Instant;
import java.util.Locale;

/** How a message stands, in words and with the symbol of its severity. */
final class StatusBadge {
  private StatusBadge() {}

  /** The badge of this message at this moment. */
  static SeverityBadge of(StoredMessage stored, Instant now) {
    SeverityBadge badge = new SeverityBadge(Severity.INFO);
    set(badge, stored, now);
    return badge;
  }

  /** Makes it the badge of this message at this moment. */
  static void set(SeverityBadge badge, StoredMessage stored, Instant now) {
    boolean overdue = isOverdue(stored, now);
    badge.set(severity(stored, overdue), words(stored, overdue));
  }

  static String words(MessageStatus status) {
    return switch (status) {
      case IN_FLIGHT -> "In flight";
      case FAILED -> "Failed";
      case DEAD_LETTERED -> "Dead-lettered";
      case CONFIRMED -> "Confirmed";
      case DISCARDED -> "Discarded";
      case SUPERSEDED -> "Superseded";
    };
  }

  static boolean isOverdue(StoredMessage stored, Instant now) {
    return stored.message().status() == MessageStatus.IN_FLIGHT && stored.isBreachedAt(now);
  }

  private static String words(StoredMessage stored, boolean overdue) {
    MessageStatus status = stored.message().status();
    if (status != MessageStatus.IN_FLIGHT) {
      return words(status);
    }
    Stage stage = stored.message().stage();
    String where = stage == Stage.CAPTURED ? "unsent" : stage.name().toLowerCase(Locale.ROOT);
    return overdue ? "Overdue, " + where : "In flight, " + where;
  }

  private static Severity severity(StoredMessage stored, boolean overdue) {
    return switch (stored.message().status()) {
      case IN_FLIGHT -> overdue ? Severity.WARNING : Severity.INFO;
      case FAILED -> Severity.SERIOUS;
      case DEAD_LETTERED -> Severity.CRITICAL;
      case CONFIRMED -> Severity.OK;
      case DISCARDED, SUPERSEDED -> Severity.INFO;
    };
  }
}
