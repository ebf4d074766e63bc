package io.tillpost.alerting.notify;

import io.micrometer.core.instrument.MeterRegistry;
import io.tillpost.alerting.evaluate.Alert;
import io.tillpost.alerting.evaluate.AlertPhase;
import io.tillpost.alerting.evaluate.AlertStates;
import io.tillpost.alerting.evaluate.Mailed;
import io.tillpost.location.StoreDirectory;
import io.tillpost.store.DocumentStore;
import io.tillpost.store.Documents;
import io.tillpost.store.Documents.Versioned;
import io.tillpost.store.StoreUnavailableException;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.mail.javamail.JavaMailSender;

/**
 * The way of a notification, as in Alertmanager: mute, deduplicate, send and retry, record. First
 * every mail that is due is created in the log, once, by its number; then what is open in the log
 * is sent. Safe to run in several processes at once.
 */
public final class Notifier {
  private static final Logger LOG = LoggerFactory.getLogger(Notifier.class);

  private final AlertStates states;
  private final Documents<Notification> log;
  private final MailWriter writer;
  private final Timing timing;
  private final Clock clock;
  private final Delivery delivery;
  private final MeterRegistry meters;

  /**
   * A notifier.
   *
   * @param mailSender null where no mail server is configured: mails are written to the log only
   */
  public Notifier(
      DocumentStore documents,
      StoreDirectory directory,
      MailSettings settings,
      Timing timing,
      @Nullable JavaMailSender mailSender,
      Clock clock,
      MeterRegistry meters) {
    this.states = new AlertStates(documents);
    this.log = documents.of(Notification.DOCUMENTS);
    this.writer = new MailWriter(settings, directory, clock.getZone(), mailSender != null);
    this.timing = timing;
    this.clock = clock;
    this.meters = meters;
    this.delivery =
        new Delivery(
            log,
            Optional.ofNullable(mailSender)
                .map(sender -> new MailTransport(sender, settings.listId())),
            clock,
            meters);
  }

  /** Sends what is due now; one call at a time. Failures are recorded, never thrown. */
  public synchronized void run() {
    try {
      Instant now = clock.instant();
      for (Versioned<Alert> versioned : states.in(AlertPhase.FIRING, AlertPhase.RESOLVED)) {
        plan(versioned.value(), now);
      }
      delivery.run();
    } catch (StoreUnavailableException e) {
      LOG.warn("Notifications wait for the storage: {}", e.getMessage());
    }
  }

  private void plan(Alert alert, Instant now) {
    switch (Decision.of(alert, now, timing)) {
      case Decision.Due(NotificationKind kind) -> create(alert, kind, now);
      case Decision.Muted(String reason) ->
          LOG.debug("No mail for '{}': {}", alert.title(), reason);
      case Decision.Nothing() -> LOG.trace("Nothing to tell of '{}'", alert.title());
    }
  }

  /**
   * Creates the mail with the next number. Where there is one, another process was faster, or this
   * one died right after; then what that mail says counts.
   */
  private void create(Alert alert, NotificationKind kind, Instant now) {
    Notification written = writer.write(alert, kind, now);
    boolean created = log.create(written.id(), written);
    Notification valid =
        created ? written : log.get(written.id()).map(Versioned::value).orElse(written);
    if (created && written.outcome() == Outcome.NOT_SENT) {
      meters.counter("tillpost.alerting.notifications", "outcome", "not_sent").increment();
    }
    int number = alert.mailed().count() + 1;
    states.change(alert.id(), current -> told(current, valid, number));
  }

  private static Optional<Alert> told(Alert alert, Notification notification, int number) {
    if (alert.mailed().count() >= number) {
      return Optional.empty();
    }
    String first = notification.inReplyTo();
    return Optional.of(
        alert.with(
            new Mailed(
                number,
                notification.kind().phase(),
                notification.createdAt(),
                first == null ? notification.messageId() : first)));
  }

  /** How sending goes. */
  public Delivery delivery() {
    return delivery;
  }
}
