package io.tillpost.alerting.notify;

import io.tillpost.alerting.evaluate.AffectedStore;
import io.tillpost.alerting.evaluate.Alert;
import io.tillpost.alerting.evaluate.AlertPhase;
import io.tillpost.location.Store;
import io.tillpost.location.StoreDirectory;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes the mail of an alert. */
final class MailWriter {
  private final MailSettings settings;
  private final StoreDirectory directory;
  private final ZoneId usualZone;
  private final boolean mailServer;

  MailWriter(
      MailSettings settings, StoreDirectory directory, ZoneId usualZone, boolean mailServer) {
    this.settings = settings;
    this.directory = directory;
    this.usualZone = usualZone;
    this.mailServer = mailServer;
  }

  /** The next mail of the alert, not sent yet. */
  Notification write(Alert alert, NotificationKind kind, Instant now) {
    String id = alert.id() + "-" + (alert.mailed().count() + 1);
    MailContent content =
        new MailContent(kind, alert, now, zone(alert), settings.linkTo(alert.id()));
    List<String> recipients = settings.recipients().getOrDefault(alert.severity(), List.of());
    Optional<String> obstacle = obstacle(alert, recipients);
    return new Notification(
        id,
        alert.id(),
        alert.rule(),
        alert.groupTitle(),
        alert.severity(),
        kind,
        now,
        settings.sender(),
        recipients,
        content.subject(),
        MailText.of(content),
        MailHtml.of(content),
        "<alert." + id + "." + now.toEpochMilli() + "@" + settings.domain() + ">",
        thread(alert),
        obstacle.isPresent() ? Outcome.NOT_SENT : Outcome.WAITING,
        0,
        obstacle.isPresent() ? null : now,
        null,
        obstacle.orElse(null));
  }

  private Optional<String> obstacle(Alert alert, List<String> recipients) {
    if (recipients.isEmpty()) {
      return Optional.of(
          "Nobody is configured for this severity: tillpost.alerting.recipients."
              + alert.severity().word());
    }
    return mailServer
        ? Optional.empty()
        : Optional.of("No mail server is configured: spring.mail.host");
  }

  /** An alert that fires anew after its all-clear begins a new thread. */
  private static @Nullable String thread(Alert alert) {
    return alert.mailed().phase() == AlertPhase.FIRING ? alert.mailed().threadId() : null;
  }

  /** The zone of the worst store, as that is where somebody has to look. */
  private ZoneId zone(Alert alert) {
    return alert.reading().stores().stream()
        .map(AffectedStore::storeId)
        .flatMap(id -> directory.find(id).stream())
        .map(Store::zone)
        .findFirst()
        .orElse(usualZone);
  }
}
