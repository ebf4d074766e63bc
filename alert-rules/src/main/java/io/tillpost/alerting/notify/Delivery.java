package io.tillpost.alerting.notify;

import io.micrometer.core.instrument.MeterRegistry;
import io.tillpost.store.DocumentQuery;
import io.tillpost.store.DocumentQuery.Condition;
import io.tillpost.store.Documents;
import io.tillpost.store.Documents.Versioned;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the mails of the log that are open. A mail is claimed by compare-and-set before it is sent;
 * a process that dies in between leaves a claim that runs out, and the mail is sent again, with the
 * same Message-ID: at least once, and twice only then.
 */
public final class Delivery {
  private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);
  private static final Duration CLAIM = Duration.ofMinutes(2);
  private static final Duration GIVE_UP_AFTER = Duration.ofHours(24);

  private final Documents<Notification> log;
  private final Optional<MailTransport> transport;
  private final Clock clock;
  private final MeterRegistry meters;
  private final AtomicReference<Optional<String>> lastError =
      new AtomicReference<>(Optional.empty());

  Delivery(
      Documents<Notification> log,
      Optional<MailTransport> transport,
      Clock clock,
      MeterRegistry meters) {
    this.log = log;
    this.transport = transport;
    this.clock = clock;
    this.meters = meters;
  }

  /** Why the last mail could not be sent; empty if it could, or if there was none. */
  public Optional<String> lastError() {
    return lastError.get();
  }

  /** Sends what can be sent now; the mails of one alert in their order. */
  void run() {
    if (transport.isEmpty()) {
      return;
    }
    Set<String> held = new HashSet<>();
    for (Versioned<Notification> open : open()) {
      String alert = open.value().alertId();
      if (!held.contains(alert) && !sent(open, transport.get())) {
        held.add(alert);
      }
    }
  }

  private Iterable<Versioned<Notification>> open() {
    return log.find(
            DocumentQuery.ALL
                .and(
                    new Condition.AnyOf(
                        "outcome", Set.of(Outcome.WAITING.name(), Outcome.SENDING.name())))
                .sorted("created_at", false))
        .items();
  }

  /** Whether the next mail of the same alert may follow. */
  private boolean sent(Versioned<Notification> open, MailTransport server) {
    Instant now = clock.instant();
    Notification notification = open.value();
    Instant next = notification.nextAttemptAt();
    if (next != null && next.isAfter(now)) {
      return false;
    }
    Notification claimed = notification.sending(now.plus(CLAIM));
    if (!log.replace(open, claimed)) {
      return false;
    }
    Optional<String> error = server.send(claimed);
    lastError.set(error);
    Notification done = error.map(e -> unsent(claimed, e)).orElseGet(() -> sent(claimed));
    log.get(open.id())
        .filter(current -> isSameClaim(current.value(), claimed))
        .ifPresent(current -> log.replace(current, done));
    return done.nextAttemptAt() == null;
  }

  /** A claim that ran out may have been taken over while the mail server kept us waiting. */
  private static boolean isSameClaim(Notification current, Notification claimed) {
    return current.outcome() == Outcome.SENDING && current.attempts() == claimed.attempts();
  }

  private Notification sent(Notification claimed) {
    meters.counter("tillpost.alerting.notifications", "outcome", "sent").increment();
    return claimed.sent(clock.instant());
  }

  private Notification unsent(Notification claimed, String error) {
    meters.counter("tillpost.alerting.notifications", "outcome", "failed").increment();
    LOG.warn("Mail '{}' was not accepted: {}", claimed.subject(), error);
    Instant now = clock.instant();
    return claimed.createdAt().plus(GIVE_UP_AFTER).isBefore(now)
        ? claimed.failed(error)
        : claimed.waiting(now.plus(BackOff.after(claimed.attempts())), error);
  }
}
